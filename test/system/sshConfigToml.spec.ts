import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SshTarget } from "../../provider/delivery/target.js";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { REPORT_VARIABLE } from "../../provider/lifecycle/report.js";
import { makeFolder } from "../support/folder.js";
import { failureOf } from "../support/reject.js";
import { makeKey, type SshServer, startSshServer } from "./sshServer.js";

type Properties = Record<string, unknown>;

const runner = (id: number) => ({ url: "https://gitlab.example.com", id, token: { value: `glrt-token-${id}` } });
const SHELL = { runner: runner(8), executor: "shell" };
const FOREIGN =
  '[[runners]]\n  name = "theirs"\n  url = "https://gitlab.example.com"\n  id = 99\n  token = "glrt-theirs"\n';

async function checked(args: Properties): Promise<Properties> {
  const { inputs, failures } = await lifecycle.check({}, args);
  assert.deepEqual(failures, []);
  return inputs;
}

async function make(args: Properties): Promise<{ id: string; outs: Properties }> {
  return (await lifecycle.create(await checked(args))) as unknown as { id: string; outs: Properties };
}

describe("a ConfigToml with an SSH target", () => {
  let server: SshServer;
  let path: string;
  let target: { ssh: SshTarget };

  beforeEach(async () => {
    server = await startSshServer();
    path = join(server.folder, "etc/config.toml");
    target = { ssh: server.target };
  });

  it("is written, found unchanged, found changed, repaired and removed, through a jump host with a key of its own", async () => {
    const jump = await startSshServer();
    target = { ssh: { ...server.target, proxyJump: jump.target } };
    const { id, outs } = await make({ path, target, runners: { web: SHELL } });
    assert.match(readFileSync(path, "utf8"), /token = "glrt-token-8"/);
    assert.match(jump.log(), /Accepted publickey/);
    const seen = await lifecycle.read(id, outs);
    assert.deepEqual([seen.id, seen.props], [id, outs]);

    const { ino, mtimeMs } = statSync(path);
    await lifecycle.update(id, outs, await checked({ path, target, runners: { web: SHELL } }));
    assert.deepEqual([statSync(path).ino, statSync(path).mtimeMs], [ino, mtimeMs], "an equal file is not written");

    writeFileSync(path, readFileSync(path, "utf8").replace(/^concurrent = 1$/m, "concurrent = 9"));
    const drifted = (await lifecycle.read(id, outs)) as { props: Properties };
    assert.deepEqual(drifted.props.drift, { concurrent: 9 });
    await lifecycle.update(id, drifted.props, await checked({ path, target, runners: { web: SHELL } }));
    assert.match(readFileSync(path, "utf8"), /^concurrent = 1$/m);

    await lifecycle.delete(id, outs);
    assert.equal(existsSync(path), false);
    assert.deepEqual(await lifecycle.read(id, outs), { id: "", props: {} });
  }).timeout(60_000);

  it("leaves a file alone that holds others' entries, names the host, and shares it when asked to", async () => {
    writeFileSync(path, FOREIGN);
    const { message } = await failureOf(make({ path, target, runners: { web: SHELL } }));
    assert.ok(
      message.startsWith(
        `path: ${path} on ${server.target.user}@127.0.0.1:${server.port} is not this ConfigToml's alone`,
      ),
      message,
    );
    assert.equal(readFileSync(path, "utf8"), FOREIGN);
    const shared = { path, target, runners: { web: SHELL }, ownership: "entries", stack: { id: "s", name: "dev" } };
    const { id, outs } = await make(shared);
    assert.ok(readFileSync(path, "utf8").startsWith(FOREIGN));
    assert.match(readFileSync(path, "utf8"), /glrt-token-8/);
    await lifecycle.delete(id, outs);
    assert.deepEqual([readFileSync(path, "utf8"), readdirSync(join(path, ".."))], [FOREIGN, ["config.toml"]]);
    const { outs: replaced } = await make({ path, target, runners: { web: SHELL }, replaceExisting: true });
    const names = readdirSync(join(path, ".."));
    assert.equal(names.filter((name) => name.endsWith(".bak")).length, 1, names.join());
    assert.ok(replaced.fingerprint);
  }).timeout(60_000);

  it("moves when host or port change, and is changed in place when only the way there does", async () => {
    const { id, outs } = await make({ path, target, runners: { web: SHELL } });
    const differ = async (ssh: Partial<SshTarget> | undefined) =>
      lifecycle.diff(
        id,
        outs,
        await checked({ path, ...(ssh && { target: { ssh: { ...server.target, ...ssh } } }), runners: { web: SHELL } }),
      );
    assert.deepEqual(await differ({}), { changes: false });
    assert.deepEqual(await differ({ user: "other", timeout: 5, sudo: true }), { changes: true });
    for (const ssh of [{ host: "other" }, { port: 1 }, undefined]) {
      assert.deepEqual(await differ(ssh), { changes: true, replaces: ["target"] });
    }
  });

  it("is unknown to drift when its host cannot be reached, and due for an update after a refresh", async () => {
    const { id, outs } = await make({ path, target, runners: { web: SHELL } });
    await server.stop();
    const gone = {
      ...outs,
      target: {
        ssh: {
          ...server.target,
          timeout: 5,
          user: "nobody",
          hostKey: `SHA256:${"A".repeat(43)}`,
          knownHosts: undefined,
          privateKeyPath: undefined,
          password: "x",
        },
      },
    };
    const refreshed = (await lifecycle.read(id, gone)) as { id: string; props: Properties };
    assert.deepEqual([refreshed.id, refreshed.props.drift], [id, { file: "unknown: it could not be read" }]);
    const report = join(makeFolder(), "report");
    writeFileSync(report, "", { mode: 0o600 });
    process.env[REPORT_VARIABLE] = report;
    try {
      assert.equal((await lifecycle.read(id, gone)).id, id);
    } finally {
      delete process.env[REPORT_VARIABLE];
    }
    const finding = JSON.parse(readFileSync(report, "utf8"));
    assert.deepEqual([finding.result, finding.id], ["unknown", id]);
    assert.match(finding.reason, /nobody@127\.0\.0\.1:\d+ refuses connections/);
  });

  it("goes by sudo -n where that is asked for, and keeps the owner of the file", async () => {
    // A sudo that takes what the real one takes, and lets it: this machine need not have a rule for us.
    const bin = makeFolder();
    const script = '#!/bin/sh\n[ "$1" = -n ] || exit 1\nshift\nexec "$@"\n';
    writeFileSync(join(bin, "sudo"), script, { mode: 0o755 });
    const other = await startSshServer({
      inPlace: () => `PATH=${bin}:$PATH; export PATH; exec sh -c "$SSH_ORIGINAL_COMMAND"`,
    });
    const file = join(other.folder, "etc/config.toml");
    writeFileSync(file, "concurrent = 1\n");
    const { uid, gid } = statSync(file);
    await make({ path: file, target: { ssh: { ...other.target, sudo: true } }, runners: { web: SHELL } });
    const stat = statSync(file);
    assert.deepEqual([stat.uid, stat.gid, stat.mode & 0o777], [uid, gid, 0o600]);
    assert.match(readFileSync(file, "utf8"), /glrt-token-8/);
  });

  it("lets the process end by itself", async () => {
    const module = join(__dirname, "../../provider/delivery/ssh/sshHost.js");
    const script = `
      const { SshHost } = require(${JSON.stringify(module)});
      new SshHost(${JSON.stringify(server.target)}).write(${JSON.stringify(path)}, "new").then(() => console.log("done"));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], { timeout: 20_000 });
    assert.deepEqual([stdout, readFileSync(path, "utf8")], ["done\n", "new"]);
  });

  it("takes an RSA key, and hosts that offer no other kind", async () => {
    const other = await startSshServer({ keyType: "rsa" });
    const key = makeKey(join(other.folder, "rsa_login"), "rsa");
    writeFileSync(join(other.folder, "authorized_keys"), readFileSync(`${key}.pub`));
    const file = join(other.folder, "etc/config.toml");
    await make({ path: file, target: { ssh: { ...other.target, privateKeyPath: key } }, runners: { web: SHELL } });
    assert.match(readFileSync(file, "utf8"), /glrt-token-8/);
  }).timeout(30_000);
});
