import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Canaries, readFolder } from "../support/canaries.js";
import { issue, makeAuthority, writeFiles } from "../support/certificates.js";
import { startForwardProxy } from "../support/forwardProxy.js";
import { makeGitLab } from "../support/gitlab.js";
import { TestStack } from "../support/stack.js";
import { startTlsFront } from "../support/tlsFront.js";

describe("the way to GitLab on the engine", () => {
  it("goes through a proxy, to a server with an own CA that wants a client certificate; look-ups too", async () => {
    const gitlab = await makeGitLab();
    const authority = await makeAuthority();
    const [server, client] = [await issue(authority, "gitlab.example.test"), await issue(authority, "pulumi")];
    const demand = { ca: authority.cert, requestCert: true, rejectUnauthorized: true };
    const front = await startTlsFront(gitlab.url, { ...server, ...demand });
    const canaries = new Canaries();
    const password = canaries.make("proxy-password");
    const proxy = await startForwardProxy({ credentials: `user:${password}` });
    const files = writeFiles({ cacertFile: authority.cert, clientCert: client.cert, clientKey: client.key });
    // Pulumi's own processes would talk to each other by https_proxy in small letters.
    const stack = await new TestStack({ HTTPS_PROXY: `http://user:${password}@${proxy.host}` }).init();
    const settings = { baseUrl: `https://gitlab.example.test:${front.port}`, token: gitlab.token, ...files };
    stack.program(`
      const provider = new Provider("behind", ${JSON.stringify(settings)});
      const runner = new Runner("docker", { runnerType: "instance_type", description: "ours" }, { provider });
      const found = gitlabRunner.getRunnersOutput({ wholeInstance: true }, { provider, dependsOn: runner });
      exports.found = found.apply((runners) => runners.map(({ description }) => description).join());
    `);
    assert.match((await stack.preview()).output, /found/);
    assert.equal(gitlab.requests.count(), 0);
    const up = await stack.up("--debug");
    assert.match(up.output, /found\s*: "ours"/);
    await stack.destroy();
    assert.equal(gitlab.runners.size, 0);
    assert.ok(proxy.readLog().length >= 2, proxy.readLog().join());
    assert.deepEqual([...new Set(proxy.readLog())], [`CONNECT gitlab.example.test:${front.port}`]);
    assert.deepEqual([new Set(front.clients), front.clients.length], [new Set(["pulumi"]), gitlab.requests.count()]);
    canaries.assertNone({ state: readFolder(stack.path("state")), debug: up.output });
  });

  it("names the resource whose token lacks a scope, and sends nothing", async () => {
    const gitlab = await makeGitLab();
    const { token } = gitlab.createToken({ userId: gitlab.userId, scopes: ["read_api"] });
    const stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: token }).init();
    stack.program('new Runner("docker", { runnerType: "instance_type" });');
    const { output } = await stack.failUp();
    assert.match(
      output,
      /Runner docker: POST \/api\/v4\/user\/runners at .* was not sent\. The token lacks the scope create_runner/,
    );
    assert.equal(
      gitlab.requests.count(({ method }) => method !== "GET"),
      0,
    );
  });

  it("is closed to a plugin whose CLI was killed: it ends, and nothing was made", async () => {
    const gitlab = await makeGitLab();
    const stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    stack.program('for (let i = 0; i < 5; i++) new Runner("r" + i, { runnerType: "instance_type" });');
    // The plugin sits here, before its first POST, while the CLI is killed.
    gitlab.faults.add({ path: "/personal_access_tokens/self", kind: "delay", delayMs: 3000 });
    const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--parallel", "5"];
    const cli = spawn("pulumi", args, { cwd: stack.path("project"), env: stack.env, stdio: "ignore" });
    await until(() => gitlab.requests.count() > 0);
    // With all creations noted nothing is written any more: a kill in the middle of that leaves half a file.
    await until(() => countPending(stack.path("state/.pulumi/stacks/test/dev.json")) === 5);
    const plugins = findPlugins(cli.pid ?? 0);
    assert.notEqual(plugins.length, 0);
    const ended = once(cli, "exit");
    cli.kill("SIGKILL");
    await ended;
    await until(() => !plugins.some(isAlive));
    assert.deepEqual([gitlab.requests.count(({ method }) => method === "POST"), gitlab.runners.size], [0, 0]);
    await stack.succeed("cancel", "--yes");
    await stack.up();
    assert.equal(gitlab.runners.size, 5);
    await stack.destroy();
  });
});

/** The processes below another one that run dynamic providers. */
function findPlugins(ancestor: number): number[] {
  const lines = execFileSync("ps", ["-axww", "-o", "pid=,ppid=,command="], { encoding: "utf8" }).trim().split("\n");
  const processes = lines
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, ppid, ...command]) => ({
      pid: Number(pid),
      parent: Number(ppid),
      isPlugin: /node .*dynamic-provider/.test(command.join(" ")),
    }));
  const isBelow = (pid: number): boolean => {
    const { parent } = processes.find((process) => process.pid === pid) ?? {};
    return parent !== undefined && parent > 1 && (parent === ancestor || isBelow(parent));
  };
  return processes.filter(({ pid, isPlugin }) => isPlugin && isBelow(pid)).map(({ pid }) => pid);
}

function countPending(file: string): number {
  try {
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as StateFile;
    return checkpoint.latest?.pending_operations?.length ?? 0;
  } catch (error) {
    if (error instanceof SyntaxError) return 0;
    throw error;
  }
}

interface StateFile {
  checkpoint: { latest?: { pending_operations?: unknown[] } };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Looks again and again; the test's own time limit is the end. */
async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !isSo(); await wait(20)) assert.ok(Date.now() < end, "it never came to that");
}
