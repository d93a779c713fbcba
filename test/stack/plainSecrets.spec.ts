import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { Canaries, readFolder } from "../support/canaries.js";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, type Run, TestStack } from "../support/stack.js";

describe("secrets that a program gives as plain text, on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;
  let canaries: Canaries;

  beforeEach(async () => {
    canaries = new Canaries();
    gitlab = await makeGitLab();
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
  });

  /** The program, with a canary at every place that the key table or a name calls a secret. */
  function program(image: string, secret: (place: string) => string): string {
    const quoted = (place: string) => JSON.stringify(secret(place));
    return `
      const runner = new Runner("docker", { runnerType: "instance_type" });
      new ConfigToml("host", {
        path: file,
        sentryDsn: ${quoted("dsn")},
        extraToml: 'telemetry_token = ' + ${JSON.stringify(quoted("extra"))},
        runners: {
          docker: {
            runner,
            executor: "docker",
            environment: ["LANG=C", "DB_PASSWORD=" + ${quoted("environment")}],
            docker: { image: ${JSON.stringify(image)} },
            ssh: { password: ${quoted("ssh")} },
            cache: {
              type: "s3",
              s3: { accessKey: ${quoted("s3-access")}, secretKey: ${quoted("s3-secret")}, bucketName: "cache" },
              gcs: { privateKey: ${quoted("gcs")} },
              azure: pulumi.output({ accountName: "a", accountKey: ${quoted("azure")} }),
            },
            machine: { machineName: "m-%s", machineOptions: ["amazonec2-secret-key=" + ${quoted("machine")}] },
            kubernetes: {
              bearerToken: ${quoted("bearer")},
              containerLifecycle: { preStop: { httpGet: { httpHeaders: [{ name: "X-Auth", value: ${quoted("header")} }] } } },
            },
            autoscaler: {
              pluginConfig: { zone: "z", password: ${quoted("plugin")} },
              connectorConfig: { password: ${quoted("connector")} },
            },
            template: '[[runners]]\\n[runners.cache.s3]\\nSessionToken = ' + ${JSON.stringify(quoted("template"))},
          },
        },
      });`;
  }

  it("show in the file alone: in no state, preview, drift or error", async () => {
    const made = new Map<string, string>();
    const secret = (place: string) => {
      const value = made.get(place) ?? canaries.make(place);
      made.set(place, value);
      return value;
    };
    stack.program(program("alpine:3.20", secret));
    const runs: Record<string, Run> = {
      first: await stack.preview("--debug"),
      up: await stack.up("--diff", "--debug"),
    };
    const text = readFileSync(stack.file, "utf8");
    for (const place of made.keys()) canaries.assertReached(place, text);

    stack.program(program("alpine:3.21", secret));
    runs.changed = await stack.preview();
    writeFileSync(
      stack.file,
      text.replaceAll(/canary-[\w-]+/g, (value) => `${value}-edited`),
    );
    runs.drift = await stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "drift"]);
    runs.refreshed = await stack.preview("--refresh");
    runs.refresh = await stack.succeed("refresh", "--yes", "--skip-preview", "--diff");
    stack.program(program("alpine:3.21", secret).replace('bucketName: "cache"', "bucketName: 5"));
    runs.refused = await stack.failUp("--diff", "--debug");
    runs.exported = await stack.succeed("stack", "export");

    const said = Object.entries(runs).map(([what, { output }]) => [what, output] as const);
    canaries.assertNone({ "the state backend": readFolder(stack.path("state")), ...Object.fromEntries(said) });
  });
});
