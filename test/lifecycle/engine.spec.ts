import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { on, once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findEngine, requireLivingEngine } from "../../provider/lifecycle/engine.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { make } from "../support/runners.js";
import { ROOT } from "../support/stack.js";

const SCRIPT = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");

/** A process that listens as an engine does, and tells its port. */
const LISTENER = `
  const server = require("node:net").createServer().listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

const running: ChildProcess[] = [];

async function startEngine(): Promise<{ engine: ChildProcess; args: string[] }> {
  const engine = spawn(process.execPath, ["-e", LISTENER], { stdio: ["ignore", "pipe", "inherit"] });
  running.push(engine);
  assert.ok(engine.stdout);
  const [port] = (await once(createInterface(engine.stdout), "line")) as string[];
  return { engine, args: [process.execPath, SCRIPT, `127.0.0.1:${port}`] };
}

/** A process that is started as Pulumi starts the plugin; it carries out what it is asked by one line. */
const PLUGIN = `
  const { asMethod } = require(${JSON.stringify(join(ROOT, "build/provider/lifecycle/method.js"))});
  const { requireLivingEngine } = require(${JSON.stringify(join(ROOT, "build/provider/lifecycle/engine.js"))});
  const runner = require(${JSON.stringify(join(ROOT, "build/provider/lifecycle/runner.js"))});
  let finish;
  const acts = {
    create: asMethod(async () => (await requireLivingEngine(), "created")),
    begin: asMethod(() => new Promise((resolve) => { finish = () => resolve("begun and ended"); })),
    finish: async () => (setImmediate(finish), "finished"),
    destroy: (made) => runner.delete(made.id, made.outs),
  };
  process.on("message", ({ id, act, given }) => {
    acts[act](given).catch((error) => error.name + ": " + error.message).then((answer) => process.send({ id, answer }));
  });
`;

function startPlugin(address: string) {
  const folder = join(makeFolder(), "cmd/dynamic-provider");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.js"), PLUGIN);
  const child = spawn(process.execPath, [folder, address], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  running.push(child);
  let asked = 0;
  const ask = async (act: string, given?: unknown): Promise<string> => {
    const id = ++asked;
    child.send({ id, act, given });
    for await (const [message] of on(child, "message", { close: ["exit"] }))
      if (message.id === id) return message.answer;
    return assert.fail("the plugin ended without an answer");
  };
  return { ask, end: once(child, "exit").then(([code]) => code as number) };
}

async function kill(engine: ChildProcess): Promise<void> {
  const ended = once(engine, "exit");
  engine.kill("SIGKILL");
  await ended;
}

describe("a plugin whose engine may be gone", () => {
  afterEach(async () => {
    for (const engine of running.splice(0))
      if (engine.exitCode === null && engine.signalCode === null) await kill(engine);
  });

  it("finds the engine's address in its arguments, behind flags too", () => {
    assert.deepEqual(findEngine(["node", SCRIPT, "127.0.0.1:4711"]), { host: "127.0.0.1", port: 4711 });
    assert.deepEqual(findEngine(["node", SCRIPT, "-v=9", "[::1]:4711"]), { host: "::1", port: 4711 });
    assert.deepEqual(findEngine(["node", SCRIPT.replace(/\/index\.js$/, ""), "localhost:1"]), {
      host: "localhost",
      port: 1,
    });
  });

  it("knows of no engine where none started the process: a test, a program, a command", async () => {
    assert.equal(findEngine(["node", "/usr/bin/mocha", "127.0.0.1:4711"]), undefined);
    assert.equal(findEngine(["node", SCRIPT]), undefined);
    await requireLivingEngine(["node", "/usr/bin/mocha", "127.0.0.1:1"]);
    await requireLivingEngine();
  });

  it("goes on while the engine listens, and stops once it was killed", async () => {
    const { engine, args } = await startEngine();
    const plugin = startPlugin(args[2] ?? "");
    assert.equal(await plugin.ask("create"), "created");
    await kill(engine);
    const late = await plugin.ask("create");
    assert.match(
      late,
      /^OrphanedPluginError: .*is gone \(ECONNREFUSED\).*nothing was sent or written.*"pulumi cancel"/,
    );
    assert.equal(await plugin.end, 1);
  });

  it("first brings to an end what it has begun", async () => {
    const { engine, args } = await startEngine();
    const plugin = startPlugin(args[2] ?? "");
    const begun = plugin.ask("begin");
    await kill(engine);
    assert.match(await plugin.ask("create"), /^OrphanedPluginError/);
    assert.equal(await plugin.ask("finish"), "finished");
    assert.deepEqual([await begun, await plugin.end], ["begun and ended", 1]);
  });

  it("waits no longer for a runner's jobs, and lets the runner that it has paused take jobs again", async () => {
    const gitlab = await makeGitLab();
    useGitLab(gitlab);
    const made = await make({ runnerType: "instance_type", drain: { timeout: "1h" } });
    const runnerId = Number(made.id);
    gitlab.createJob({ projectId: gitlab.projectId, runnerId, name: "long", userId: gitlab.userId });
    const { engine, args } = await startEngine();
    const plugin = startPlugin(args[2] ?? "");
    const deletion = plugin.ask("destroy", made);
    await gitlab.requests.waitFor({ path: `/api/v4/runners/${runnerId}/jobs`, status: 200 });
    assert.equal(gitlab.runners.get(runnerId).paused, true);
    await kill(engine);
    assert.match(await deletion, /^AbortError/);
    assert.deepEqual([gitlab.runners.size, gitlab.runners.get(runnerId).paused, await plugin.end], [1, false, 1]);
  });

  it("ends by itself when it was killed, with nothing left to do", async () => {
    const { engine, args } = await startEngine();
    const plugin = startPlugin(args[2] ?? "");
    assert.equal(await plugin.ask("create"), "created");
    await kill(engine);
    assert.equal(await plugin.end, 1);
  });
});
