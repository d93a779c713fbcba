import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import path from "node:path";
import { type Run, repository, script, useSandbox } from "./sandbox";

const getting = `
  import { getEngine } from ${script("engine/getEngine.mjs")};
  import { watchSignals } from ${script("setup/interrupt.mjs")};
  watchSignals();
  const engine = await getEngine({ env: process.env, searchPath: process.env.PATH });
  console.log(engine.cli);
`;

/** A Go that notes each call, and writes a shell script where a program is wanted. */
const go = `
  echo "$PWD $*" >> "$CALLS"
  while [ "$1" != -o ]; do shift; done
  mkdir -p "\${2%/*}"
  cp "$PROGRAM" "$2"
`;
/** A Go that writes half a program, and then lets a tool of its own work until we hang up on that one. */
const endlessGo = `
  while [ "$1" != -o ]; do shift; done
  mkdir -p "\${2%/*}"
  echo half > "$2"
  node -e 'require("net").connect(process.env.TOOL_PORT).resume()' &
  wait
`;

describe("the engine from source", () => {
  const sandbox = useSandbox();
  let server: Server | undefined;
  let line: Socket | undefined;

  it("is built where there is neither a Pulumi nor a release, and found in the cache the next time", async () => {
    const run = get(go);
    const { stdout, stderr } = await run.ended;
    const [built, ...others] = cached();
    assert.deepEqual(others, []);
    assert.match(built ?? "", /^3\.225\.0-\w+-\w+-[0-9a-f]{12}$/);
    assert.equal(stdout.trim(), path.join(sandbox().cache, "engine", built ?? "", "pulumi"), stderr);
    assert.match(stderr, /building the Pulumi CLI 3\.225\.0 from source; about .+ once/);
    assert.equal(calls().length, 2);

    const again = await get(go).ended;
    assert.deepEqual([again.stdout, again.stderr, calls().length], [stdout, "", 2]);
  });

  it("is built with the version that its Go module pins", async () => {
    await get(go).ended;
    const pinned = readFileSync(path.join(repository, "scripts", "engine", "cli", "go.mod"), "utf8");
    const version = /pulumi\/pkg\/v3 (v\S+)/.exec(pinned)?.[1];
    assert.match(calls().at(-1) ?? "", new RegExp(`/version\\.Version=${version} `));
  });

  it("is built once when two processes need it at the same time", async () => {
    const runs = [get(go), get(go)];
    const endings = await Promise.all(runs.map((run) => run.ended));
    assert.deepEqual([...new Set(endings.map(({ code }) => code))], [0]);
    assert.equal(calls().length, 2);
  });

  it("leaves Go's own words, and the other way, when it cannot be built", async () => {
    const { code, stderr } = await get("echo 'go: downloading x' >&2; echo 'go: no such module' >&2; exit 1").ended;
    assert.equal(code, 1);
    assert.match(stderr, /go build failed \(exit code 1\)\. Its words:\n\ngo: no such module\n/);
    assert.match(stderr, /https:\/\/www\.pulumi\.com\/docs\/install\//);
    assert.deepEqual(cached(), []);
  });

  for (const [signal, exitCode] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const]) {
    it(`leaves nothing behind, not even a running tool of Go, when ${signal} interrupts it`, async () => {
      const port = await listen();
      const run = get(endlessGo, port);
      const tool = await toolCalling();
      const toolIsGone = once(tool, "close");
      run.child.kill(signal);
      const { code, stderr } = await run.ended;
      assert.equal(code, exitCode, stderr);
      assert.deepEqual(cached(), []);
      await toolIsGone;
    });
  }

  it("is built anew after its builder was killed outright, and what that one left is swept", async () => {
    const port = await listen();
    const killed = get(endlessGo, port);
    await toolCalling();
    killed.child.kill("SIGKILL");
    await killed.ended;
    const [partial, ...others] = cached().filter((name) => name !== "lock");
    assert.match(partial ?? "", /^partial-/);
    assert.deepEqual(others, []);

    const { code, stderr } = await get(go).ended;
    assert.equal(code, 0, stderr);
    assert.match(stderr, new RegExp(`process ${killed.child.pid} is gone without giving its lock back; taking over`));
    assert.match(cached().join(), /^3\.225\.0-[^,]+$/);
  });

  afterEach(() => {
    line?.destroy();
    server?.close();
  });

  async function listen(): Promise<number> {
    server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }

  /** The line to the tool of the endless Go, once it works; it lasts as long as the tool. */
  async function toolCalling(): Promise<Socket> {
    assert.ok(server);
    const [socket] = (await once(server, "connection")) as [Socket];
    line = socket.on("error", () => {});
    return line;
  }

  function get(goProgram: string, port = 0): Run {
    sandbox().writeProgram("go/go", goProgram);
    const program = sandbox().writeProgram("program", "echo v3.225.0");
    return sandbox().run(getting, {
      folders: [sandbox().path("go")],
      env: { CALLS: sandbox().path("calls"), PROGRAM: program, TOOL_PORT: String(port) },
    });
  }

  function cached(): string[] {
    return readdirSync(path.join(sandbox().cache, "engine"));
  }

  function calls(): string[] {
    return readFileSync(sandbox().path("calls"), "utf8").trim().split("\n");
  }
});
