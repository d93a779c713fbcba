import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { makeFolder } from "./folder.js";
import { ROOT } from "./stack.js";

/** A forward proxy in a process of its own. */
export interface ForwardProxy {
  /** `127.0.0.1:port`. */
  host: string;
  /** One line per request that came to it: `CONNECT gitlab.example.test:443`, `GET http://…/api/v4/…`. */
  readLog(): string[];
}

/** How the proxy of a test behaves. */
export interface ProxyOptions {
  /** Wants these as `name:password`. */
  credentials?: string;
  /** Lets nothing through, and answers with this status. */
  refuses?: number;
}

const running: ChildProcess[] = [];

/**
 * Starts the proxy of npm's package `proxy`, until the test ends. Names below `.test` lead to this machine for the proxy,
 * and nowhere for anybody else: what reaches them came by the proxy.
 */
export async function startForwardProxy(options: ProxyOptions = {}): Promise<ForwardProxy> {
  const log = join(makeFolder(), "log");
  writeFileSync(log, "");
  const script = join(ROOT, "test/support/forwardProxy.mjs");
  const child = spawn(process.execPath, [script, JSON.stringify({ ...options, log })], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  assert.ok(child.stdout);
  const [port] = (await once(createInterface(child.stdout), "line")) as string[];
  return { host: `127.0.0.1:${port}`, readLog: () => readFileSync(log, "utf8").split("\n").slice(0, -1) };
}

afterEach(async () => {
  for (const child of running.splice(0)) {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  }
});
