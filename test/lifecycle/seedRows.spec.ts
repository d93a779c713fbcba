import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import nock from "nock";
import * as configToml from "../../provider/lifecycle/configToml.js";
import * as runner from "../../provider/lifecycle/runner.js";
import { makeFolder } from "../support/folder.js";
import { useGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import { ROOT } from "../support/stack.js";

// Importing nock puts it between every test of this process and its sockets.
nock.restore();

const README = readFileSync(join(ROOT, "README.md"), "utf8").replace(/\s+/g, " ");

function entry(url: string, id: number): object {
  return { runner: { url, id, token: { value: `glrt-not-a-token-${id}` } }, executor: "shell" };
}

async function make(args: object): Promise<Record<string, unknown>> {
  const { inputs, failures } = await configToml.check({}, { ...args });
  assert.deepEqual(failures, []);
  return (await configToml.create(inputs)).outs as Record<string, unknown>;
}

describe("the acceptance rows of GitLab's page on registering runners, beside the command", () => {
  afterEach(() => {
    nock.cleanAll();
    nock.restore();
  });

  it("seed row 1: the README names the versions; an old server's plain text for a verification is refused clearly", async () => {
    assert.match(README, /needs GitLab 16\.0 or later/);
    useGitLab({ url: "https://old.example.com", token: "glpat-not-a-token" });
    nock.activate();
    const api = nock("https://old.example.com").persist();
    api.get(/.*/).reply(404, { message: "404 Not found" });
    api.post("/api/v4/runners/verify").reply(200, "Credentials are valid", { "Content-Type": "text/plain" });
    const { inputs } = await runner.check({}, { authenticationToken: "glrt-not-a-token" });
    const failure = await failureOf(runner.create(inputs));
    assert.match(
      failure.message,
      /POST \/api\/v4\/runners\/verify at https:\/\/old\.example\.com answered 200: .*text\/plain/,
    );
    assert.doesNotMatch(failure.message, /glrt-not-a-token|glpat-not-a-token/);
  });

  it("seed row 2: entries of several instances stand in one file", async () => {
    const runners = { a: entry("https://one.example.com", 7), b: entry("https://two.example.com", 7) };
    const { content } = await make({ concurrent: 2, runners });
    assert.deepEqual(String(content).match(/url = ".*"/g), [
      'url = "https://one.example.com"',
      'url = "https://two.example.com"',
    ]);
  });

  it("seed row 3: the README says that GitLab Runner is installed on another host, or as an image", () => {
    assert.match(README, /install on the hosts, not on GitLab's own .* image `gitlab\/gitlab-runner`/);
  });

  it("seed row 33: the file goes where the container's volume is", async () => {
    const path = join(makeFolder(), "srv/gitlab-runner/config/config.toml");
    await make({ path, runners: { a: entry("https://one.example.com", 7) } });
    assert.ok(existsSync(path));
    assert.equal(statSync(join(path, "..")).mode & 0o777, 0o700);
  });

  it("seed row 34: the README tells of reload and restart, and no code of ours runs or restarts gitlab-runner", () => {
    assert.match(README, /reads a changed file within 3 seconds, without a restart/);
    assert.match(README, /restart the container from outside/);
    const starters = listSources(join(ROOT, "provider")).filter((file) =>
      /child_process/.test(readFileSync(file, "utf8")),
    );
    assert.deepEqual(
      starters.map((file) => file.slice(join(ROOT, "provider/").length)),
      ["cli/pulumi.ts", "delivery/command.ts"],
    );
    const commands = listSources(join(ROOT, "provider/delivery")).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/(?:exec |")gitlab-runner(?:", \[")? ?(\w+)/g)].map(([, word]) => word),
    );
    assert.deepEqual([...new Set(commands)], ["lint"]);
  });
});

function listSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    const path = join(folder, item.name);
    return item.isDirectory() ? listSources(path) : [path];
  });
}
