import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { findEngine, OrphanedPluginError, requireLivingEngine } from "../../provider/lifecycle/engine.js";
import { failureOf } from "../support/reject.js";

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
    await requireLivingEngine(args);
    await kill(engine);
    const error = await failureOf(requireLivingEngine(args));
    assert.ok(error instanceof OrphanedPluginError);
    assert.match(error.message, /is gone \(ECONNREFUSED\).*nothing was sent or written.*"pulumi cancel"/);
  });
});
