import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type Run, script, useSandbox } from "./sandbox";

const getting = `
  import { getEngine } from ${script("engine/getEngine.mjs")};
  const engine = await getEngine({ env: process.env, searchPath: process.env.PATH });
  console.log(engine.cli);
`;
const name = `3.225.0-${process.platform}-${process.arch}`;
const archive = `pulumi-v3.225.0-${process.platform}-${process.arch}.tar.gz`;

describe("the official release of the engine", () => {
  const sandbox = useSandbox();
  let server: Server | undefined;
  let asked: string[] = [];

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it("is downloaded from the mirror, unpacked into the cache, and found there the next time", async () => {
    const mirror = await serve(bundle("v3.225.0"));
    const { stdout, stderr } = await get(mirror).ended;
    assert.equal(stdout.trim(), path.join(sandbox().cache, "engine", name, "pulumi"), stderr);
    assert.match(stderr, new RegExp(`downloading Pulumi 3.225.0 from ${mirror}; about 100 MB, once`));
    assert.deepEqual(cached(), [name]);

    const again = await get(mirror).ended;
    assert.deepEqual([again.stdout, again.stderr], [stdout, ""]);
    assert.equal(asked.length, 2);
  });

  it("is not used when its checksum is wrong", async () => {
    const mirror = await serve(bundle("v3.225.0"), "0".repeat(64));
    const { code, stderr } = await get(mirror).ended;
    assert.match(stderr, new RegExp(`${archive} is not what its checksum says; not using it`));
    assert.notEqual(code, 0);
    assert.deepEqual(cached(), []);
  });

  it("is not used when it does not run here", async () => {
    const { stderr } = await get(await serve(bundle("broken"))).ended;
    assert.match(stderr, /The downloaded pulumi does not say its version, but "broken"; not using it/);
    assert.deepEqual(cached(), []);
  });

  it("is downloaded again when the one in the cache has gone bad", async () => {
    const mirror = await serve(bundle("v3.225.0"));
    sandbox().writePulumi(`cache/engine/${name}`, "rubbish");
    const { stdout, stderr } = await get(mirror).ended;
    assert.equal(stdout.trim(), path.join(sandbox().cache, "engine", name, "pulumi"), stderr);
    assert.match(readFileSync(stdout.trim(), "utf8"), /v3\.225\.0/);
  });

  it("that cannot be reached costs one line that says why", async () => {
    const { stderr } = await get("http://127.0.0.1:1").ended;
    const line = /^set-up: http:\/\/127\.0\.0\.1:1\/pulumi-3\.225\.0-checksums\.txt cannot be had \(.+\)$/m;
    assert.match(stderr, line);
  });

  function get(mirror: string): Run {
    return sandbox().run(getting, { env: { PULUMI_GITLAB_RUNNER_RELEASES: mirror } });
  }

  function cached(): string[] {
    return readdirSync(path.join(sandbox().cache, "engine"));
  }

  /** A tarball like the official one, with shell scripts in it. */
  function bundle(version: string): Buffer {
    sandbox().writePulumi("release/pulumi", version);
    execFileSync("tar", ["-czf", archive, "pulumi"], { cwd: sandbox().path("release") });
    return readFileSync(sandbox().path("release", archive));
  }

  async function serve(content: Buffer, sha256 = createHash("sha256").update(content).digest("hex")): Promise<string> {
    asked = [];
    const files = new Map<string, string | Buffer>([
      ["/pulumi-3.225.0-checksums.txt", `${"1".repeat(64)}  another.tar.gz\n${sha256}  ${archive}\n`],
      [`/${archive}`, content],
    ]);
    const listening = createServer((request, response) => {
      asked.push(request.url ?? "");
      const file = files.get(request.url ?? "");
      response.writeHead(file === undefined ? 404 : 200).end(file);
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }
});
