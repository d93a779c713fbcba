import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planCommand } from "../../provider/cli/importCommand.js";
import { planImport } from "../../provider/cli/importConfig.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { readFolder } from "../support/canaries.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { NAMES, SECRET, settle } from "../support/importFixtures.js";
import { ROOT, type Run, TestStack } from "../support/stack.js";
import { toJavaScript } from "../support/typescript.js";

const MAIN = join(ROOT, "build/provider/cli/main.js");

describe("import-config on the engine", () => {
  let a: StandInGitLab;
  let b: StandInGitLab;
  let stack: TestStack;

  beforeEach(async () => {
    a = await makeGitLab({ runnerIdStart: 77 });
    b = await makeGitLab({ runnerIdStart: 77 });
    useGitLab(a);
    process.env.B_TOKEN = b.token;
    stack = await new TestStack({ GITLAB_BASE_URL: a.url, GITLAB_TOKEN: a.token, B_TOKEN: b.token }).init();
    mkdirSync(stack.path("host"));
  });

  afterEach(() => {
    delete process.env.B_TOKEN;
  });

  const attributes = () =>
    [a, b].map((gitlab) => gitlab.runners.all().map(({ managers, contactedAt, ...rest }) => structuredClone(rest)));

  const assertNoSecret = (run: Run, what: string) => assert.doesNotMatch(run.output, SECRET, what);

  it("takes over fifteen files and their runners without a change, and goes on without one", async () => {
    const files = new Map<string, string>();
    const secrets: string[] = [];
    for (const name of NAMES) {
      const file = settle(name, stack.path("host"), { a, b });
      const plan = await planImport(file, { gitlab: [`${b.url}=B_TOKEN`] });
      // All in one stack, so that the engine starts once: their resources need names of their own.
      const program = plan.program
        .replace('ConfigToml("config"', `ConfigToml("${name}"`)
        .replace('Provider("', `Provider("${name}-`);
      writeFileSync(stack.path("project", `${name}.js`), toJavaScript(program));
      secrets.push(...plan.secrets.map(({ key, value }) => `${key}=${value}`));
      files.set(file, readFileSync(file, "utf8"));
    }
    stack.program(NAMES.map((name) => `require("./${name}.js");`).join("\n"));
    await stack.succeed("config", "set-all", ...secrets.flatMap((secret) => ["--secret", secret]));
    const before = attributes();

    const up = await stack.up("--diff");
    assert.doesNotMatch(up.output, /the program wants|~ pulumi-nodejs|- pulumi-nodejs/);
    for (const [file, text] of files) assert.equal(readFileSync(file, "utf8"), text, file);
    assert.deepEqual(attributes(), before);
    const refreshed = await stack.succeed("preview", "--diff", "--refresh", "--expect-no-changes");
    for (const [what, run] of Object.entries({ up, refreshed })) assertNoSecret(run, what);
    assert.doesNotMatch(JSON.stringify(readFolder(stack.path("state"))), SECRET);
  });

  it("puts each secret into stack config by standard input, once, and over nobody's value", async () => {
    const file = settle("02-docker-services.toml", stack.path("host"), { a, b });
    const log = spyOnPulumi();
    const env = { PATH: `${stack.path("bin")}:${stack.env.PATH}` };
    const run = () => stack.command(process.execPath, [MAIN, "import-config", file], env);
    const first = await run();
    assert.equal(first.code, 0, first.output);
    assert.match(first.stderr, /secrets are in the config of the stack: .*sentryDsn/);
    const keys = [...first.stdout.matchAll(/requireSecret\("(\w+)"\)/g)].map(([, key]) => key as string);
    assert.ok(keys.length >= 3);
    const { stdout } = await stack.succeed("config", "--show-secrets", "--json");
    const config = JSON.parse(stdout) as Record<string, { value: string; secret: boolean }>;
    for (const key of keys) assert.equal(config[`test:${key}`]?.secret, true, key);
    assert.equal(config["test:sentryDsn"]?.value, "https://canary-dsn:canary-dsn-secret@sentry.example.com/3");
    const words = readFileSync(log, "utf8");
    assert.match(words, /config set --secret sentryDsn/);
    assert.doesNotMatch(words + first.output, SECRET);

    // Its key ends with a line end, which must not get lost on the way.
    const withKey = settle("15-everything-global.toml", stack.path("host"), { a, b });
    for (const found of [/config set --secret measuredCacheGcsPrivateKey/, undefined]) {
      writeFileSync(log, "");
      const run = await stack.command(process.execPath, [MAIN, "import-config", withKey], env);
      assert.equal(run.code, 0, run.output);
      if (found) assert.match(readFileSync(log, "utf8"), found);
      else assert.doesNotMatch(readFileSync(log, "utf8"), /config set/);
    }

    writeFileSync(log, "");
    const second = await run();
    assert.equal(second.stdout, first.stdout);
    assert.doesNotMatch(readFileSync(log, "utf8"), /config set/);

    await stack.succeed("config", "set", "--secret", "sentryDsn", "https://another.example.com");
    const third = await run();
    assert.equal(third.code, 1);
    assert.equal(third.stdout, "");
    assert.match(third.stderr, /stack config holds other values under the keys sentryDsn:.*Nothing was set/);
  });

  it("does from a program what a register command would have done", async () => {
    const { token } = a.createRunner({ runnerType: "instance_type", description: "made in the UI" });
    const command = `gitlab-runner register -n --url ${a.url} --token ${token} --executor docker --docker-image alpine:3.20 --name made`;
    const environment = { GITLAB_BASE_URL: a.url };
    const plan = planCommand(command.split(" "), { environment, path: stack.file, "token-env": "GITLAB_TOKEN" });
    writeFileSync(stack.path("project", "command.js"), toJavaScript(plan.program));
    stack.program('require("./command.js");');
    await stack.succeed(
      "config",
      "set-all",
      ...plan.secrets.flatMap(({ key, value }) => ["--secret", `${key}=${value}`]),
    );
    const up = await stack.up();
    const text = readFileSync(stack.file, "utf8");
    for (const line of [
      'name = "made"',
      "id = 77",
      `token = "${token}"`,
      'image = "alpine:3.20"',
      'volumes = ["/cache"]',
    ])
      assert.ok(text.includes(line), `${line}\nis not in\n${text}`);
    assert.ok(!up.output.includes(token));
    await stack.succeed("preview", "--diff", "--expect-no-changes");
    await stack.destroy();
    assert.equal(a.runners.get(77).token, token, "the runner was made elsewhere");
  });

  /** A `pulumi` before the real one that notes its arguments; the result is where. */
  function spyOnPulumi(): string {
    const log = stack.path("words.txt");
    mkdirSync(stack.path("bin"));
    const script = `#!/bin/sh\necho "$@" >> "${log}"\nPATH="${stack.env.PATH}" exec pulumi "$@"\n`;
    writeFileSync(stack.path("bin", "pulumi"), script);
    chmodSync(stack.path("bin", "pulumi"), 0o755);
    return log;
  }
});
