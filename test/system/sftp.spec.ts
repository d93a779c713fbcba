import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { localHost } from "../../provider/delivery/local.js";
import { SftpClient } from "../../provider/delivery/sftp/client.js";
import { takeSftpLock } from "../../provider/delivery/sftp/lock.js";
import { SftpHost } from "../../provider/delivery/sftp/sftpHost.js";
import { withConnection } from "../../provider/delivery/ssh/pool.js";
import { RemoteHost } from "../../provider/delivery/ssh/remoteHost.js";
import { SshHost } from "../../provider/delivery/ssh/sshHost.js";
import { NO_TRIAL } from "../../provider/delivery/trial.js";
import { failureOf } from "../support/reject.js";
import { CutProxy } from "./cutProxy.js";
import { type CutScene, deliver, NEW, OLD, tryCutsOfLast } from "./sshCut.js";
import { type ServerOptions, type SshServer, startSshServer } from "./sshServer.js";

const ONLY_SFTP = ["ForceCommand internal-sftp", "Subsystem sftp internal-sftp"];
const SITE = { trial: NO_TRIAL };
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

async function startHost(options: ServerOptions = { config: ONLY_SFTP }) {
  const server = await startSshServer(options);
  return { server, etc: join(server.folder, "etc"), file: join(server.folder, "etc/config.toml") };
}

describe("a host with SFTP and nothing else", () => {
  let server: SshServer;
  let host: RemoteHost;
  let etc: string;
  let file: string;

  beforeEach(async () => {
    ({ server, etc, file } = await startHost());
    host = new RemoteHost(server.target, SITE);
  });

  it("gets its file by itself (transfer: auto), makes folders with 0700 and the file with 0600, and gives it back", async () => {
    const deep = join(etc, 'a/b c/it\'s $HOME `x` "config".toml');
    assert.equal(await host.read(deep), undefined);
    const text = "concurrent = 1 # ü 🚀 '\n\n\\n $x\n";
    await host.write(deep, text);
    assert.deepEqual([readFileSync(deep, "utf8"), await host.read(deep)], [text, text]);
    assert.deepEqual([modeOf(deep), modeOf(join(deep, "..")), modeOf(join(etc, "a"))], ["600", "700", "700"]);
    assert.deepEqual(readdirSync(join(deep, "..")).length, 1, "nothing is left beside it");
    const large = "x = 1 # long\n".repeat(40_000);
    await host.write(deep, large);
    assert.equal(await host.read(deep), large);
  }).timeout(60_000);

  it("replaces a file as a whole, keeps the last one, and only while it holds what was read", async () => {
    writeFileSync(file, "old", { mode: 0o644 });
    const old = statSync(file).ino;
    assert.equal(await host.swap(file, "other", "new"), false);
    assert.deepEqual([readFileSync(file, "utf8"), readdirSync(etc)], ["old", ["config.toml"]]);
    assert.equal(await host.swap(file, "old", "new"), true);
    assert.notEqual(statSync(file).ino, old);
    const last = join(etc, ".config.toml.pulumi-last-good");
    assert.deepEqual([readFileSync(file, "utf8"), modeOf(file)], ["new", "600"]);
    assert.deepEqual([readFileSync(last, "utf8"), modeOf(last)], ["old", "600"]);
    assert.deepEqual(readdirSync(etc), [".config.toml.pulumi-last-good", "config.toml"]);
  });

  it("follows symbolic links, also those that lead nowhere yet, and keeps them", async () => {
    mkdirSync(join(etc, "real"));
    symlinkSync("real", join(etc, "conf"));
    symlinkSync("../data/new/config.toml", join(etc, "real/config.toml"));
    await host.write(join(etc, "conf/config.toml"), "new");
    const real = join(etc, "data/new/config.toml");
    assert.equal(readFileSync(real, "utf8"), "new");
    await host.exclusively(join(etc, "conf/config.toml"), async (found) => assert.equal(found, real));
    await host.remove(join(etc, "conf/config.toml"));
    await host.remove(join(etc, "conf/config.toml"));
    assert.equal(existsSync(real), false);
    assert.ok(lstatSync(join(etc, "real/config.toml")).isSymbolicLink());
  });

  it("finds GitLab Runner's own place, and keeps private copies", async () => {
    const { home } = { home: process.getuid?.() === 0 ? "/etc/gitlab-runner" : `${process.env.HOME}/.gitlab-runner` };
    assert.equal(await host.locate(undefined), `${home}/config.toml`);
    writeFileSync(file, "mine", { mode: 0o644 });
    const copy = await host.keepCopy(file);
    assert.deepEqual([readFileSync(copy, "utf8"), modeOf(copy)], ["mine", "600"]);
  });

  it("says in words what SFTP has no words for", async () => {
    mkdirSync(join(etc, "dir"));
    const cases: [string, RegExp][] = [
      [join(etc, "dir"), /on \w+@127\.0\.0\.1:\d+ cannot be written \(Is a directory\)\. Name a file in it/],
      [join(etc, "dir/../dir"), /Is a directory/],
    ];
    writeFileSync(file, "x");
    cases.push([join(file, "below.toml"), /cannot be written \((Not a directory|No such file.*)\)/]);
    for (const [path, pattern] of cases) assert.match((await failureOf(host.write(path, "x"))).message, pattern);
    assert.deepEqual(readdirSync(etc).sort(), ["config.toml", "dir"]);
  });

  it("cannot check a file, nor call a hook, and says so", async () => {
    for (const trial of [
      { ...NO_TRIAL, check: "gitlab-runner" as const },
      { ...NO_TRIAL, hook: "true" },
    ]) {
      const { message } = await failureOf(new RemoteHost(server.target, { trial }).swap(file, undefined, "new"));
      assert.match(message, /runs no commands/);
      assert.equal(existsSync(file), false);
    }
  });
});

describe("how files go to a host", () => {
  it("is by its shell where SFTP is off, and by SFTP alone where that is asked for", async () => {
    const { server, file } = await startHost({});
    await new RemoteHost(server.target, SITE).write(file, "by shell");
    assert.equal(readFileSync(file, "utf8"), "by shell");
    const { message } = await failureOf(
      new RemoteHost({ ...server.target, transfer: "sftp" }, SITE).write(file, "by SFTP"),
    );
    assert.match(message, /has no SFTP .*Let its sshd have a Subsystem sftp/);
    const only = await startHost();
    const exec = new RemoteHost({ ...only.server.target, transfer: "exec" }, SITE);
    assert.match((await failureOf(exec.write(only.file, "x"))).message, /runs no commands/);
    const neither = await startHost({ inPlace: () => "echo 'not for you'; exit 1" });
    const both = await failureOf(new RemoteHost(neither.server.target, SITE).write(neither.file, "x"));
    assert.match(both.message, /runs no commands: not for you/);
  }).timeout(60_000);
});

describe("a host that changes its ways", () => {
  it("is reached the way that works, whichever it was before in this process", async () => {
    const { server, file } = await startHost();
    await new RemoteHost(server.target, SITE).write(file, "by SFTP");
    const config = join(server.folder, "sshd_config");
    const lines = readFileSync(config, "utf8").split("\n");
    const resume = await server.pause();
    writeFileSync(config, lines.filter((line) => !/sftp/.test(line)).join("\n"));
    await resume();
    const host = new RemoteHost(server.target, SITE);
    assert.equal(await host.exclusively(file, () => host.swap(file, "by SFTP", "by shell")), true);
    assert.equal(readFileSync(file, "utf8"), "by shell");
  }).timeout(30_000);
});

describe("the lock of a file over SFTP", () => {
  const config = ["Subsystem sftp internal-sftp"];
  const lockOf = (file: string) => join(file, "../.config.toml.pulumi-lock");

  it("is the same for SFTP, the shell and the host itself: none of 30 counts is lost", async () => {
    const { server, file } = await startHost({ config });
    writeFileSync(file, "0");
    const count = async (host: SftpHost | SshHost | typeof localHost, rounds: number) => {
      for (let round = 0; round < rounds; round++) {
        await host.exclusively(file, async () => host.write(file, String(Number(await host.read(file)) + 1)));
      }
    };
    const sftp = [1, 2].map(() => count(new SftpHost(server.target), 5));
    await Promise.all([...sftp, count(new SshHost(server.target), 5), count(localHost, 15)]);
    assert.deepEqual([readFileSync(file, "utf8"), readdirSync(join(file, ".."))], ["30", ["config.toml"]]);
  }).timeout(120_000);

  it("names its holder, and is broken only where that one is provably dead", async () => {
    const { server, file } = await startHost({ config });
    const wait = () =>
      withConnection(server.target, async (connection) => {
        const sftp = await SftpClient.open(server.target, connection);
        await takeSftpLock(sftp, file, 200)
          .then((giveBack) => giveBack())
          .finally(() => sftp.close());
      });
    await new SftpHost(server.target).exclusively(file, async () => {
      assert.match(
        (await failureOf(wait())).message,
        new RegExp(`is being changed by process ${process.pid} on \\S+ since \\d{4}-.*Z; waited 0\\.2 s`),
      );
    });
    mkdirSync(lockOf(file));
    const elsewhere = { pid: 1, host: "elsewhere", started: "", pidSpace: "", machine: "", boot: "" };
    writeFileSync(join(lockOf(file), "1-a.json"), JSON.stringify(elsewhere));
    assert.match((await failureOf(wait())).message, /process 1 on elsewhere/);
    assert.deepEqual(readdirSync(lockOf(file)), ["1-a.json"]);
  });

  it("is left by a cut, taken over by the next one of this process, and what lies beside the file then goes", async () => {
    const { server, file } = await startHost({ config });
    const proxy = await CutProxy.start(server.port);
    try {
      writeFileSync(join(server.folder, "all"), `* ${readFileSync(`${server.hostKey}.pub`, "utf8")}`);
      writeFileSync(file, OLD);
      const target = { ...server.target, port: proxy.port, knownHosts: join(server.folder, "all") };
      const host = new SftpHost(target);
      const cut = host.exclusively(file, async () => {
        writeFileSync(join(file, "../.config.toml.0123456789ab.tmp"), "left");
        writeFileSync(join(file, "../.config.toml.mine.tmp"), "mine");
        proxy.cutNow();
        await host.write(file, NEW);
      });
      assert.match((await failureOf(cut)).message, /was cut off/);
      assert.equal(readdirSync(lockOf(file)).length, 1);
      assert.equal(await new SftpHost(server.target).exclusively(file, async () => "in"), "in");
      assert.deepEqual(readdirSync(join(file, "..")).sort(), [".config.toml.mine.tmp", "config.toml"]);
      assert.equal(readFileSync(file, "utf8"), OLD);
    } finally {
      proxy.stop();
    }
  }).timeout(30_000);
});

describe("a delivery over SFTP that is disturbed", () => {
  it("leaves the old file or the new one, whole, wherever the connection is cut, and the next one goes well", async () => {
    const { server, file } = await startHost();
    const proxy = await CutProxy.start(server.port);
    try {
      writeFileSync(join(server.folder, "all"), `* ${readFileSync(`${server.hostKey}.pub`, "utf8")}`);
      const target = { ...server.target, knownHosts: join(server.folder, "all"), transfer: "sftp" as const };
      const scene: CutScene = { proxy, file, target };
      writeFileSync(file, OLD);
      assert.equal(await deliver(scene), true);
      const seen = await tryCutsOfLast(scene);
      assert.deepEqual([...seen].sort(), ["new", "old"], "cuts before and after the new file was in place");
      writeFileSync(file, OLD);
      assert.equal(await deliver(scene), true);
      assert.deepEqual(readdirSync(join(file, "..")).sort(), [".config.toml.pulumi-last-good", "config.toml"]);
    } finally {
      proxy.stop();
    }
  }).timeout(180_000);
});
