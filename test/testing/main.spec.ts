import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { openGitLab } from "./support.js";

const main = join(__dirname, "../../provider/testing/main.js");

interface Started {
  url: string;
  token: string;
  groupId: number;
  projectId: number;
}

const children: ChildProcessWithoutNullStreams[] = [];

function run(...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [main, ...args]);
  children.push(child);
  return child;
}

async function start(...args: string[]): Promise<{ child: ChildProcessWithoutNullStreams; started: Started }> {
  const child = run(...args);
  const [line] = await once(createInterface(child.stdout), "line");
  return { child, started: JSON.parse(String(line)) as Started };
}

async function finish(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = run(...args);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, "close");
  return { code: code as number | null, stdout, stderr };
}

describe("stand-in GitLab: main", function () {
  this.timeout(20_000);

  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  it("prints one line of JSON and serves", async () => {
    const { child, started } = await start("--runner-id-start", "500");
    let more = "";
    child.stdout.on("data", (chunk) => {
      more += chunk;
    });
    assert.deepEqual(Object.keys(started), ["url", "token", "groupId", "projectId"]);
    assert.match(started.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${started.url}/api/v4/user/runners`, {
      method: "POST",
      headers: { "PRIVATE-TOKEN": started.token, "content-type": "application/json" },
      body: JSON.stringify({ runner_type: "group_type", group_id: started.groupId }),
    });
    assert.equal(((await response.json()) as { id: number }).id, 500);
    const state = await fetch(`${started.url}/-/stand-in/state`);
    assert.equal(state.status, 200);
    assert.equal(more, "");
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`exits with 0 on ${signal}, promptly, though connections are kept alive`, async () => {
      const { child, started } = await start();
      await (await fetch(`${started.url}/api/v4/runners`)).text();
      const begin = performance.now();
      child.kill(signal);
      const [code] = await once(child, "exit");
      assert.equal(code, 0);
      assert.ok(performance.now() - begin < 1500);
    });
  }

  it("listens where it is told", async () => {
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const address = probe.address();
    const port = typeof address === "object" && address ? address.port : 0;
    probe.close();
    await once(probe, "close");
    const { started } = await start("--port", String(port), "--host", "localhost");
    assert.equal(started.url, `http://localhost:${port}`);
    assert.equal((await fetch(`${started.url}/api/v4/version`)).status, 401);
  });

  it("--help explains the options", async () => {
    const { code, stdout, stderr } = await finish("--help");
    assert.equal(code, 0);
    for (const option of ["--port", "--host", "--runner-id-start", "--help"])
      assert.ok(stdout.includes(option), option);
    assert.equal(stderr, "");
  });

  const wrong: [string[], RegExp][] = [
    [["--prot", "1"], /--prot/],
    [["--port", "abc"], /--port takes a whole number from 0 to 65535, not "abc"/],
    [["--port", "70000"], /--port takes a whole number/],
    [["--runner-id-start", "0"], /--runner-id-start takes a whole number from 1/],
    [["stray"], /stray/],
  ];
  for (const [args, message] of wrong) {
    it(`refuses ${args.join(" ")} with a message and exit code 1`, async () => {
      const { code, stdout, stderr } = await finish(...args);
      assert.equal(code, 1);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /);
      assert.equal(stdout, "");
    });
  }

  it("refuses a busy port with a message and exit code 1", async () => {
    const gitlab = await openGitLab();
    const { port } = new URL(gitlab.url);
    const { code, stderr } = await finish("--port", port);
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`Port ${port} on 127.0.0.1 is taken`));
  });

  it("refuses an address that is not this machine's", async () => {
    const { code, stderr } = await finish("--host", "192.0.2.1");
    assert.equal(code, 1);
    assert.match(stderr, /Cannot listen on 192.0.2.1:0/);
  });
});
