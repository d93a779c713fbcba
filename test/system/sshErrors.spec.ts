import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { RemoteHost } from "../../provider/delivery/ssh/remoteHost.js";
import { SshHost } from "../../provider/delivery/ssh/sshHost.js";
import type { SshTarget } from "../../provider/delivery/target.js";
import { NO_TRIAL } from "../../provider/delivery/trial.js";
import { makeFolder } from "../support/folder.js";
import { failureOf } from "../support/reject.js";
import { fingerprintOf, makeKey, type ServerOptions, type SshServer, startSshServer } from "./sshServer.js";

const OLD = "concurrent = 1\n";

/** A host with a file that is to stay as it is. */
async function startHost(options?: ServerOptions) {
  const server = await startSshServer(options);
  const file = join(server.folder, "etc/config.toml");
  writeFileSync(file, OLD);
  return { server, file };
}

/** What is said where the file cannot be replaced; it is then as it was, with nothing beside it. */
async function refusal({ server, file }: { server: SshServer; file: string }, change: Partial<SshTarget>) {
  const { message } = await failureOf(new SshHost({ ...server.target, ...change }).write(file, "new"));
  assert.equal(readFileSync(file, "utf8"), OLD);
  assert.deepEqual(readdirSync(join(file, "..")), ["config.toml"]);
  assert.match(message, /127\.0\.0\.1/, "the host is named");
  return message;
}

describe("who a host is", () => {
  it("is told by known_hosts: unknown, changed and revoked keys are refused, with the key that was shown", async () => {
    const scene = await startHost();
    const { server } = scene;
    const shown = fingerprintOf(server.hostKey);
    const knownHosts = join(server.folder, "other_known");
    const other = readFileSync(`${makeKey(join(server.folder, "other"), "ed25519")}.pub`, "utf8");
    const right = readFileSync(server.target.knownHosts ?? "", "utf8");

    writeFileSync(knownHosts, `127.0.0.1 ${other}`);
    const unknown = await refusal(scene, { knownHosts });
    assert.ok(unknown.includes(`is not in ${knownHosts}; it showed ${shown} (ssh-ed25519)`), unknown);
    assert.ok(unknown.includes(`ssh-keyscan -p ${server.port} 127.0.0.1`), unknown);

    writeFileSync(knownHosts, `[127.0.0.1]:${server.port} ${other}`);
    const changed = await refusal(scene, { knownHosts });
    assert.ok(changed.includes(`showed another key than ${knownHosts} has: ${shown}`), changed);

    writeFileSync(knownHosts, `${right}@revoked * ${right.split(" ").slice(1).join(" ")}`);
    assert.match(await refusal(scene, { knownHosts }), /showed a key that is revoked/);

    assert.match(await refusal(scene, { knownHosts: "/no/such" }), /knownHosts cannot be read \(ENOENT\)/);
    assert.doesNotMatch(server.log(), /Accepted/, "nobody logged in");
  }).timeout(60_000);

  it("is told by hashed lines and patterns, as ssh-keygen writes them", async () => {
    const { server, file } = await startHost();
    execFileSync("ssh-keygen", ["-q", "-H", "-f", server.target.knownHosts ?? ""], { stdio: "ignore" });
    assert.match(readFileSync(server.target.knownHosts ?? "", "utf8"), /^\|1\|/);
    assert.equal(await new SshHost(server.target).read(file), OLD);
    const key = readFileSync(`${server.hostKey}.pub`, "utf8");
    const other = readFileSync(`${makeKey(join(server.folder, "other"), "rsa")}.pub`, "utf8");
    const lines = [`# all\n[127.0.0.?]:*,!other ${key}`, `127.0.0.1 ${key}`, `127.0.0.1 ${other}127.* ${key}`];
    for (const [index, line] of lines.entries()) {
      writeFileSync(server.target.knownHosts ?? "", line);
      // Another agent, another connection.
      assert.equal(await new SshHost({ ...server.target, agent: `/x${index}` }).read(file), OLD);
    }
  });

  it("is told by a pinned fingerprint, of whichever of its keys", async () => {
    const rsa = makeKey(join(makeFolder(), "rsa"), "rsa");
    const scene = await startHost({ config: [`HostKey ${rsa}`] });
    const { knownHosts, ...target } = scene.server.target;
    for (const key of [rsa, scene.server.hostKey]) {
      assert.equal(await new SshHost({ ...target, hostKey: fingerprintOf(key) }).read(scene.file), OLD);
    }
    const wrong = await refusal(scene, { knownHosts: undefined, hostKey: `SHA256:${"A".repeat(43)}` });
    for (const key of [rsa, scene.server.hostKey]) assert.ok(wrong.includes(fingerprintOf(key)), wrong);
    assert.match(wrong, /is not the host whose key is pinned/);
  }).timeout(60_000);
});

describe("logging in to a host", () => {
  it("says what is wrong with the key, and never shows it", async () => {
    const scene = await startHost();
    const { folder, target } = scene.server;
    const stranger = makeKey(join(folder, "stranger"), "ed25519");
    const locked = join(folder, "locked");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "a phrase", "-f", locked]);
    const cases: [Partial<SshTarget>, RegExp][] = [
      [
        { privateKeyPath: stranger },
        /lets nobody in as \w+ with the key .*stranger\. See that the user exists, and that the public key/,
      ],
      [{ user: "no-such-user" }, /no-such-user@127\.0\.0\.1:\d+ lets nobody in as no-such-user/],
      [{ privateKeyPath: "/no/such" }, /the key \/no\/such cannot be read \(ENOENT\)/],
      [
        { privateKeyPath: locked },
        /the key is locked by a passphrase\. Give target\.ssh\.passphraseEnv or passphrase, or add the key/,
      ],
      [{ privateKeyPath: undefined, privateKey: "canary-no-key" }, /the key is no private key in a form that we know/],
      [{ privateKeyPath: `${stranger}.pub` }, /the key is a public one\. Give the private key: .* without \.pub/],
      [{ privateKeyPath: undefined, privateKeyEnv: "NO_SUCH_KEY" }, /the environment variable NO_SUCH_KEY is not set/],
      [{ privateKeyPath: undefined, password: "canary-word" }, /lets nobody in as \w+ with target\.ssh\.password/],
      [{ privateKeyPath: undefined, agent: "/no/such/agent" }, /cannot be logged in to: the SSH agent does not answer/],
    ];
    for (const [change, pattern] of cases) {
      const message = await refusal(scene, change);
      assert.match(message, pattern);
      assert.doesNotMatch(message, /canary|PRIVATE KEY/);
    }
    const text = readFileSync(target.privateKeyPath ?? "", "utf8").trim();
    assert.equal(await new SshHost({ ...target, privateKeyPath: undefined, privateKey: text }).read(scene.file), OLD);
  }).timeout(60_000);

  it("says that there is no agent", async () => {
    const { SSH_AUTH_SOCK } = process.env;
    delete process.env.SSH_AUTH_SOCK;
    try {
      assert.match(
        await refusal(await startHost(), { privateKeyPath: undefined }),
        /there is no agent \(SSH_AUTH_SOCK is not set\)/,
      );
    } finally {
      if (SSH_AUTH_SOCK !== undefined) process.env.SSH_AUTH_SOCK = SSH_AUTH_SOCK;
    }
  });

  it("uses an agent", async () => {
    const { server, file } = await startHost();
    const agent = join(server.folder, "agent");
    const out = execFileSync("ssh-agent", ["-a", agent], { encoding: "utf8" });
    try {
      const env = { ...process.env, SSH_AUTH_SOCK: agent };
      execFileSync("ssh-add", ["-q", server.target.privateKeyPath ?? ""], { env, stdio: "ignore" });
      assert.equal(await new SshHost({ ...server.target, privateKeyPath: undefined, agent }).read(file), OLD);
    } finally {
      process.kill(Number(/AGENT_PID=(\d+)/.exec(out)?.[1]));
    }
  });
});

describe("a host that is not there", () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  const listen = (act: (socket: Socket) => void): Promise<number> =>
    new Promise((resolve) => {
      const server = createServer((socket) => {
        sockets.push(socket.on("error", () => {}));
        act(socket);
      });
      servers.push(server);
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
    });

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  const failure = async (change: Partial<SshTarget>) => {
    const target = {
      host: "127.0.0.1",
      user: "deploy",
      password: "canary",
      hostKey: `SHA256:${"A".repeat(43)}`,
      timeout: 1,
    };
    return (await failureOf(new SshHost({ ...target, ...change }).read("/etc/x"))).message;
  };

  it("is told apart: no name, no port, no SSH, no answer, closed at once", async () => {
    const port = await listen(() => {});
    servers.pop()?.close();
    assert.match(
      await failure({ port }),
      /^target\.ssh: deploy@127\.0\.0\.1:\d+ refuses connections \(ECONNREFUSED\)\. Look at target\.ssh\.port/,
    );
    assert.match(
      await failure({ host: "no-such-host.invalid" }),
      /^target\.ssh: deploy@no-such-host\.invalid has no address/,
    );
    assert.match(await failure({ port: await listen(() => {}) }), /does not answer/);
    assert.match(
      await failure({ port: await listen((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")) }),
      /speaks no SSH|ended the connection/,
    );
    assert.match(await failure({ port: await listen((socket) => socket.destroy()) }), /ended the connection/);
  }).timeout(30_000);

  it("is named behind its jump host, too", async () => {
    const { server } = await startHost();
    const port = await listen(() => {});
    servers.pop()?.close();
    const message = await failure({ port, proxyJump: server.target });
    assert.match(
      message,
      /^target\.ssh: deploy@127\.0\.0\.1:\d+ cannot be reached through 127\.0\.0\.1 \(.*\)\. Look whether it is up/,
    );
  });
});

describe("a host that does not do what is asked", () => {
  it("says that its shell runs no commands, or that sudo gives no root, in the host's own words", async () => {
    const shell = await startHost({ inPlace: () => "echo 'This account is currently not available.'; exit 1" });
    assert.match(
      await refusal(shell, {}),
      /runs no commands: This account is currently not available\.\. Give \w+ a login shell/,
    );
    const bin = makeFolder();
    writeFileSync(join(bin, "sudo"), "#!/bin/sh\necho 'sudo: a password is required' >&2; exit 1\n", { mode: 0o755 });
    const sudo = await startHost({
      inPlace: () => `PATH=${bin}:$PATH; export PATH; exec sh -c "$SSH_ORIGINAL_COMMAND"`,
    });
    assert.match(
      await refusal(sudo, { sudo: true }),
      /gives no root by sudo: sudo: a password is required\. Let \w+ run sh by sudo without a password/,
    );
  });

  it("gets its files one after the other where it opens few sessions at once, or one", async () => {
    for (const most of [1, 3]) {
      const { server } = await startHost({ config: [`MaxSessions ${most}`, "Subsystem sftp internal-sftp"] });
      const write = (transfer: "exec" | "sftp", name: string) =>
        new RemoteHost({ ...server.target, transfer }, { trial: NO_TRIAL }).write(
          join(server.folder, "etc", name),
          name,
        );
      const names = ["a", "b", "c", "d", "e", "f"];
      await Promise.all(names.map((name, index) => write(index % 2 === 0 ? "exec" : "sftp", name)));
      assert.deepEqual(readdirSync(join(server.folder, "etc")), [
        ...names.slice(0, 3),
        "config.toml",
        ...names.slice(3),
      ]);
    }
    const { server } = await startHost({ config: ["MaxSessions 0"] });
    assert.match(
      (await failureOf(new SshHost(server.target).read("/etc/x"))).message,
      /opens no session .*MaxSessions there$/,
    );
  }).timeout(30_000);

  it("does not mind what the host's own scripts print", async () => {
    const { server, file } = await startHost({
      inPlace: () => 'echo "Welcome =x"; echo oops >&2; sh -c "$SSH_ORIGINAL_COMMAND"; echo bye',
    });
    const host = new SshHost(server.target);
    assert.equal(await host.swap(file, OLD, "new"), true);
    assert.equal(await host.read(file), "new");
  });

  it("says that the path is a folder, a pipe, leads through a file, or has too long a name", async () => {
    const scene = await startHost();
    const { folder, target } = scene.server;
    mkdirSync(join(folder, "dir"));
    execFileSync("mkfifo", [join(folder, "pipe")]);
    const host = new SshHost(target);
    const cases: [string, RegExp][] = [
      [
        join(folder, "dir"),
        /on \w+@127\.0\.0\.1:\d+ cannot be (written|read) \(.*Is a directory\)\. Name a file in it/,
      ],
      [join(folder, "pipe"), /cannot be (written|read) \(.*No regular file\)\. It is a pipe/],
      [
        join(scene.file, "config.toml"),
        /cannot be (written|read) \(.*(Not a directory|File exists)\)\. A part of the path is a file/,
      ],
    ];
    for (const [path, pattern] of cases) {
      assert.match((await failureOf(host.write(path, "x"))).message, pattern);
      assert.match((await failureOf(host.read(path))).message, pattern);
    }
    const long = join(folder, `${"c".repeat(245)}.toml`);
    assert.match(
      (await failureOf(host.write(long, "x"))).message,
      /name too long\)\. .* is too long: choose a shorter/i,
    );
  }).timeout(30_000);

  it("says that the user may not write there", async () => {
    // Root may write everywhere: its commands are then run by somebody who may not.
    const drop = "exec setpriv --reuid 65534 --regid 65534 --clear-groups";
    const isRoot = process.getuid?.() === 0;
    const scene = await startHost(isRoot ? { inPlace: () => `${drop} sh -c "$SSH_ORIGINAL_COMMAND"` } : {});
    chmodSync(scene.server.folder, 0o755);
    chmodSync(join(scene.file, ".."), 0o555);
    const message = await refusal(scene, {});
    assert.match(
      message,
      /cannot be written \(.*Permission denied.*\)\. Give \w+ the right to do this there, set target\.ssh\.sudo: true/,
    );
    chmodSync(join(scene.file, ".."), 0o755);
  });

  it("says that the file system is read-only", async () => {
    const scene = await startHost({
      inPlace: (folder) =>
        `exec unshare -rm sh -c 'mount --bind ${folder}/etc ${folder}/etc && mount -o remount,bind,ro ${folder}/etc && exec sh -c "$SSH_ORIGINAL_COMMAND"'`,
    });
    assert.match(
      await refusal(scene, {}),
      /cannot be written \(.*Read-only file system\)\. The file system is read-only there/,
    );
  });

  it("leaves the old file whole on a full disk, and nothing beside it", async () => {
    const scene = await startHost({
      inPlace: (folder) =>
        `exec unshare -rm sh -c 'mkdir -p ${folder}/after && mount -t tmpfs -o size=64k tmpfs ${folder}/etc && printf old > ${folder}/etc/config.toml && sh -c "$SSH_ORIGINAL_COMMAND"; cp -a ${folder}/etc/. ${folder}/after'`,
    });
    const host = new SshHost(scene.server.target);
    const { message } = await failureOf(
      host.exclusively(scene.file, () => host.swap(scene.file, "old", "x".repeat(200_000))),
    );
    assert.match(message, /cannot be written \(.*No space left on device\)\. Free some space on the disk there/);
    const after = join(scene.server.folder, "after");
    assert.deepEqual([readdirSync(after), readFileSync(join(after, "config.toml"), "utf8")], [["config.toml"], "old"]);
  });
});
