import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../support/folder.js";
import { makeGitLab } from "../support/gitlab.js";
import { FOLDER, SECRET, settle } from "../support/importFixtures.js";

const MAIN = join(__dirname, "../../provider/cli/main.js");

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

function importConfig(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const options = { cwd: makeFolder(), env: { PATH: process.env.PATH, ...env } };
  const child = spawn(process.execPath, [MAIN, "import-config", ...args], options);
  const run: Run = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (run.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (run.stderr += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...run, code })));
}

describe("pulumi-gitlab-runner import-config", () => {
  it("adopts the runners that GitLab tells of, with their attributes, and only reads there", async () => {
    const a = await makeGitLab({ runnerIdStart: 77 });
    const b = await makeGitLab({ runnerIdStart: 77 });
    const file = settle("14-several-gitlabs.toml", makeFolder(), { a, b });
    const env = { GITLAB_BASE_URL: a.url, GITLAB_TOKEN: a.token, B_TOKEN: b.token };
    const { code, stdout, stderr } = await importConfig(["--no-config", "--gitlab", `${b.url}=B_TOKEN`, file], env);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^import \{ ConfigToml, Provider, Runner \} from "pulumi-gitlab-runner";$/m);
    assert.ok(
      stdout.includes(`new Provider("${b.url.slice(7)}", {\n  baseUrl: "${b.url}",\n  tokenEnv: "B_TOKEN",\n});`),
      stdout,
    );
    const runner = {
      adopt: 'adopt: {\n    runnerId: 77,\n    token: config.requireSecret("buildToken"),',
      attributes: `runnerType: "project_type",\n  projectId: ${a.projectId},\n  description: "runner 77",\n  maintenanceNote: 'ask "ops"',`,
    };
    for (const part of Object.values(runner)) assert.ok(stdout.includes(part), `${part}\nis not in\n${stdout}`);
    assert.match(stdout, /\{ provider: \w+ \},\n\);/);
    assert.match(stderr, /entry "unknown to us" .* keeps its credentials.*no token for/);
    assert.match(stderr, /entry "from the time before ids" .* has no id, so it stays in the file.*write "id = …"/);
    assert.match(
      stdout,
      /\n {2}\/\/ Not in this program: entry "from the time before ids" .*, which has no id\. Write "id = …".*\n {2}runners: \{\n/,
    );
    assert.doesNotMatch(stdout + stderr, SECRET);
    for (const gitlab of [a, b])
      assert.deepEqual(new Set(gitlab.requests.list().map(({ method }) => method)), new Set(["GET"]));
  });

  it("says why GitLab does not tell of a runner, and uses its credentials", async () => {
    const a = await makeGitLab();
    const file = settle("09-ssh.toml", makeFolder(), { a, b: a });
    a.runners.remove(1);
    const { code, stdout, stderr } = await importConfig(["--no-config", file], {
      GITLAB_BASE_URL: a.url,
      GITLAB_TOKEN: a.token,
    });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /entry "ssh" .* keeps its credentials.*answered 404/s);
    assert.match(stdout, /runner: \{\n {8}url: /);
  });

  it("prints no program for a file that a ConfigToml would refuse, and names each place", async () => {
    const file = join(makeFolder(), "config.toml");
    writeFileSync(file, 'concurrent = "x"\n[[runners]]\nurl = "https://u:canary@x.example"\nname = "a"\n');
    const { code, stdout, stderr } = await importConfig([file]);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    for (const place of [
      ":1:1: concurrent",
      ":3:1: runners[0].url",
      ":2:3: runners[0].token",
      ":2:3: runners[0].executor",
    ])
      assert.ok(stderr.includes(place), `${place} is not in ${stderr}`);
    assert.doesNotMatch(stderr, SECRET);
  });

  it("tells which secrets the program needs where there is no Pulumi project, and writes to no file that is there", async () => {
    const output = join(makeFolder(), "index.ts");
    const { code, stdout, stderr } = await importConfig(["--output", output, join(FOLDER, "09-ssh.toml")]);
    assert.equal(code, 0, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, /is in no Pulumi project/);
    assert.match(stderr, /^ {2}pulumi config set --secret sshSshPassword$/m);
    assert.match(readFileSync(output, "utf8"), /new ConfigToml\(/);
    const again = await importConfig(["--output", output, join(FOLDER, "09-ssh.toml")]);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /is there already/);
  });
});
