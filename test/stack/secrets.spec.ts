import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { Canaries, readFolder } from "../support/canaries.js";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, type Run, TestStack } from "../support/stack.js";

/** Characters that JSON, TOML and URLs write in another way. */
const ODD = '"\\é/+&';

describe("secrets on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;
  let canaries: Canaries;

  beforeEach(async () => {
    canaries = new Canaries();
    gitlab = await makeGitLab({ token: canaries.make("gitlab-token"), nextTokens: [canaries.make("runner-token")] });
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
  });

  const drift = () => stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "drift"]);

  /** State and its history, and all that the runs said. */
  function assertNoLeak(runs: Record<string, Run>): void {
    const said = Object.entries(runs).flatMap(([what, { stdout, stderr }]) => [
      [`${what}, stdout`, `${stdout} `] as const,
      [`${what}, stderr`, `${stderr} `] as const,
    ]);
    canaries.assertNone({ "the state backend": readFolder(stack.path("state")), ...Object.fromEntries(said) });
  }

  it("are in no state, log, diff, JSON or report: inputs, replies, and what stands in the file", async () => {
    const note = canaries.make("note", ODD);
    const image = canaries.make("image", "/x");
    const variable = canaries.make("variable", ODD);
    const template = canaries.make("template");
    const member = canaries.make("member", ODD);
    const foreign = canaries.make("foreign");
    stack.program(`
      const runner = new Runner("docker", { runnerType: "instance_type", maintenanceNote: pulumi.secret(${JSON.stringify(note)}) });
      new ConfigToml("host", {
        path: file,
        runners: {
          docker: {
            runner,
            executor: "docker",
            docker: { image: pulumi.secret(${JSON.stringify(image)}), sysctls: { "net.a": pulumi.secret(${JSON.stringify(member)}) } },
            environment: ["A=1", pulumi.secret(${JSON.stringify(variable)})],
            template: pulumi.secret('[[runners]]\\n[runners.docker]\\nhostname = "${template}"\\n'),
          },
          given: { runner: { url: "https://gitlab.example.com", id: 5, token: ${JSON.stringify(foreign)} }, executor: "shell" },
        },
      });
      const content = new ConfigToml("content", { runners: { docker: { runner, executor: "shell" } } });
      exports.content = content.content;
    `);
    const up = await stack.up("--diff", "--debug");
    const text = readFileSync(stack.file, "utf8");
    for (const place of ["image", "variable", "template", "foreign", "runner-token", "member"])
      canaries.assertReached(place, text);
    canaries.assertReached("note", gitlab.runners.get(1).maintenanceNote ?? "");
    canaries.assertReached("gitlab-token", JSON.stringify(gitlab.requests.list()));
    assertNoLeak({ up });

    // Somebody writes secrets into GitLab and the file; a refresh must not bring them into state.
    gitlab.runners.update(1, {
      description: `token ${gitlab.runners.get(1).token}`,
      maintenanceNote: canaries.make("new-note"),
    });
    writeFileSync(
      stack.file,
      text
        .replace("A=1", `B=${canaries.make("found-variable")}`)
        .replace(foreign, canaries.make("found-token"))
        .replace(/"net\.a" = .*/, `"net.a" = "${canaries.make("found-member")}"`)
        .replace(
          "concurrent = 1",
          `concurrent = 7\nmystery = "${canaries.make("found-unknown")}"\nsentry_dsn = "https://${canaries.make("found-dsn")}@s.example.com/1"`,
        )
        .replace(image, `${image}-${canaries.make("found-image")}`),
    );
    appendFileSync(
      stack.file,
      `\n[[runners]]\nname = "x ${gitlab.runners.get(1).token}"\nurl = "https://x.example.com"\nid = 9\ntoken = "${canaries.make("somebody-else")}"\nexecutor = "shell"\n`,
    );
    const edited = readFileSync(stack.file, "utf8");
    for (const place of [
      "found-variable",
      "found-token",
      "found-unknown",
      "found-dsn",
      "found-image",
      "found-member",
      "somebody-else",
    ])
      canaries.assertReached(place, edited);

    const runs: Record<string, Run> = {
      preview: await stack.preview("--refresh", "--debug"),
      json: await stack.succeed("preview", "--refresh", "--json", "--debug"),
      drift: await drift(),
      refresh: await stack.succeed("refresh", "--yes", "--skip-preview", "--diff", "--debug"),
      refused: await stack.failUp("--diff", "--debug"),
      exported: await stack.succeed("stack", "export"),
    };
    assert.equal(runs.drift?.code, 2);
    assert.match(
      runs.refused?.output ?? "",
      /holds entries that are not declared here:\s+"x \[secret\]" \(url https:\/\/x\.example\.com, id 9\)/,
    );
    assertNoLeak(runs);
  });

  it("are in nothing that a creation leaves which failed half-way, nor in GitLab's words", async () => {
    const note = canaries.make("note", ODD);
    const echo = { message: `403 Forbidden - ${gitlab.token} may not see ${gitlab.nextTokens[0]} with ${note}` };
    gitlab.faults.add({
      method: "GET",
      path: "/api/v4/runners/*",
      count: "all",
      kind: "reply",
      status: 403,
      body: echo,
    });
    stack.program(
      `new Runner("docker", { runnerType: "instance_type", maintenanceNote: pulumi.secret(${JSON.stringify(note)}) });`,
    );
    const up = await stack.failUp("--diff", "--debug");
    assert.match(up.output, /could not be read back: GET .* 403/);
    canaries.assertReached("note", gitlab.runners.get(1).maintenanceNote ?? "");
    canaries.assertReached("runner-token", gitlab.runners.get(1).token);
    const drifted = await drift();
    assert.equal(drifted.code, 1);
    assertNoLeak({ up, drifted });
  });

  it("stay secret in stack config and on an explicit Provider", async () => {
    const config = gitlab.createToken({ userId: gitlab.userId, scopes: ["api"], token: canaries.make("config-token") });
    delete stack.env.GITLAB_TOKEN;
    delete stack.env.GITLAB_BASE_URL;
    await stack.succeed("config", "set", "gitlab-runner:baseUrl", gitlab.url);
    await stack.succeed("config", "set", "--secret", "gitlab-runner:token", config.token);
    stack.program(`
      new Runner("default", { runnerType: "instance_type" });
      const provider = new Provider("other", { baseUrl: ${JSON.stringify(gitlab.url)}, token: ${JSON.stringify(gitlab.token)} });
      new Runner("explicit", { runnerType: "instance_type" }, { provider });
    `);
    const up = await stack.up("--diff", "--debug");
    const used = new Set(gitlab.requests.list().map(({ headers }) => String(headers.authorization)));
    assert.deepEqual([...used].sort(), [`Bearer ${config.token}`, `Bearer ${gitlab.token}`].sort());
    assertNoLeak({ up, preview: await stack.preview("--refresh") });
    // Neither destroy nor refresh runs the program: both must find the tokens again.
    await stack.destroy();
    assert.equal(gitlab.runners.size, 0);
  });

  it("are found by the search when one is planted", () => {
    canaries.make("planted", ODD);
    const value = canaries.make("planted-too");
    for (const form of [
      value,
      encodeURIComponent(value),
      Buffer.from(`x${value}y`).toString("base64"),
      JSON.stringify({ value }),
    ]) {
      assert.notDeepEqual(canaries.find(`something ${form} something`), [], form);
    }
  });
});
