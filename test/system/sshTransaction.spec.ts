import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localHost } from "../../provider/delivery/local.js";
import { takeRemoteLock } from "../../provider/delivery/ssh/lock.js";
import { withConnection } from "../../provider/delivery/ssh/pool.js";
import { Session } from "../../provider/delivery/ssh/session.js";
import { SshHost } from "../../provider/delivery/ssh/sshHost.js";
import { makeFolder } from "../support/folder.js";
import { failureOf } from "../support/reject.js";
import { CutProxy } from "./cutProxy.js";
import { type CutScene, deliver, NEW, OLD, tryCutsOfLast, untilTidy } from "./sshCut.js";
import { type ServerOptions, type SshServer, startSshServer } from "./sshServer.js";

const lockOf = (file: string) => join(file, "../.config.toml.pulumi-lock");
/** Who holds the lock: a process on the host. */
const holderOf = (file: string): { pid: number; by: string } => {
  const [name = ""] = readdirSync(lockOf(file));
  return JSON.parse(readFileSync(join(lockOf(file), name), "utf8"));
};

async function startHost(options?: ServerOptions): Promise<{ server: SshServer; file: string }> {
  const server = await startSshServer(options);
  return { server, file: join(server.folder, "etc/config.toml") };
}

describe("the lock of a file on a host", () => {
  it("is one lock for those who come over SSH and those on the host itself: none of 30 counts is lost", async () => {
    const { server, file } = await startHost();
    writeFileSync(file, "0");
    const count = async (host: SshHost | typeof localHost, rounds: number) => {
      for (let round = 0; round < rounds; round++) {
        await host.exclusively(file, async () => host.write(file, String(Number(await host.read(file)) + 1)));
      }
    };
    const remote = Array.from({ length: 3 }, () => count(new SshHost(server.target), 5));
    await Promise.all([...remote, count(localHost, 15)]);
    assert.deepEqual([readFileSync(file, "utf8"), readdirSync(join(file, ".."))], ["30", ["config.toml"]]);
  }).timeout(120_000);

  it("names its holder, which is a process there, and is waited for no longer than said", async () => {
    const { server, file } = await startHost();
    await new SshHost(server.target).exclusively(file, async () => {
      const { pid, by } = holderOf(file);
      const waiting = withConnection(server.target, async (connection) => {
        const session = await Session.open(server.target, connection);
        await session.run("place", [file]);
        await takeRemoteLock(session, file, 200).finally(() => session.close());
      });
      const { message } = await failureOf(waiting);
      assert.equal(by, `process ${process.pid} on ${by.split(" ").at(-1)}`);
      assert.match(
        message,
        new RegExp(`is being changed by process ${pid} on \\S+ \\(for ${by}\\) since \\d{4}-.*Z; waited 0\\.2 s`),
      );
      assert.match(message, /remove the folder \/.*\.config\.toml\.pulumi-lock there first$/);
      assert.equal(readdirSync(lockOf(file)).length, 1);
    });
    assert.deepEqual(readdirSync(join(file, "..")), []);
  });

  it("is broken when its holder was killed, and what that one left beside the file goes", async () => {
    const { server, file } = await startHost();
    writeFileSync(file, OLD);
    const host = new SshHost(server.target);
    const killed = host.exclusively(file, async () => {
      writeFileSync(join(file, "../.config.toml.0123456789ab.tmp"), "left");
      writeFileSync(join(file, "../.config.toml.mine.tmp"), "mine");
      process.kill(holderOf(file).pid, "SIGKILL");
      await host.write(file, NEW);
    });
    assert.match((await failureOf(killed)).message, /was cut off\. Whether it did the last step is not known/);
    assert.equal(readdirSync(lockOf(file)).length, 1, "it had no chance to give it back");
    assert.equal(await new SshHost(server.target).exclusively(file, async () => "in"), "in");
    assert.deepEqual(readdirSync(join(file, "..")).sort(), [".config.toml.mine.tmp", "config.toml"]);
    assert.equal(readFileSync(file, "utf8"), OLD);
  }).timeout(30_000);

  it("is not broken where nothing proves that its holder is dead", async () => {
    const { server, file } = await startHost();
    for (const holder of [
      "",
      "{}",
      JSON.stringify({ pid: 1, host: "elsewhere", started: "", pidSpace: "", machine: "", boot: "" }),
    ]) {
      mkdirSync(lockOf(file), { recursive: true });
      writeFileSync(join(lockOf(file), "1-a.json"), holder);
      const waiting = withConnection(server.target, async (connection) => {
        const session = await Session.open(server.target, connection);
        await session.run("place", [file]);
        await takeRemoteLock(session, file, 50).finally(() => session.close());
      });
      assert.match((await failureOf(waiting)).message, /is being changed by/);
      assert.deepEqual(readdirSync(lockOf(file)), ["1-a.json"]);
    }
  });
});

describe("a delivery over SSH that is disturbed", () => {
  let proxy: CutProxy;

  afterEach(() => proxy?.stop());

  it("leaves the old file or the new one, whole, wherever the connection is cut, and the next one goes well", async () => {
    const { server, file } = await startHost();
    proxy = await CutProxy.start(server.port);
    const scene: CutScene = {
      proxy,
      file,
      target: { ...server.target, hostKey: undefined, knownHosts: join(server.folder, "all") },
    };
    writeFileSync(join(server.folder, "all"), `* ${readFileSync(`${server.hostKey}.pub`, "utf8")}`);
    writeFileSync(file, OLD);
    assert.equal(await deliver(scene), true);
    const seen = await tryCutsOfLast(scene);
    assert.ok(!seen.has("half"));
    assert.deepEqual([...seen].sort(), ["new", "old"], "cuts before and after the new file was in place");
    writeFileSync(file, OLD);
    assert.equal(await deliver(scene), true);
    await untilTidy(file);
  }).timeout(180_000);

  it("is undone when the host does not give back what it was sent", async () => {
    // A disk that spoils what is renamed into place.
    const bin = makeFolder();
    writeFileSync(
      join(bin, "mv"),
      '#!/bin/sh\n/bin/mv "$@" || exit 1\ncase $2 in *.tmp) echo spoiled >> "$3" ;; esac\n',
    );
    chmodSync(join(bin, "mv"), 0o755);
    const { server, file } = await startHost({
      inPlace: () => `PATH=${bin}:$PATH; export PATH; exec sh -c "$SSH_ORIGINAL_COMMAND"`,
    });
    writeFileSync(file, OLD);
    const { ino } = statSync(file);
    const { message } = await failureOf(new SshHost(server.target).swap(file, OLD, NEW));
    assert.match(message, /on \S+ was not stored as it was sent\. The file that was there before is back\./);
    assert.deepEqual(
      [readFileSync(file, "utf8"), statSync(file).ino, readdirSync(join(file, ".."))],
      [OLD, ino, [".config.toml.pulumi-last-good", "config.toml"]],
    );
  });

  it("shows neither content nor key in the command lines on the host", async () => {
    const bin = makeFolder();
    const log = join(bin, "log");
    for (const tool of [
      "dd",
      "od",
      "tr",
      "sed",
      "ls",
      "mv",
      "cat",
      "rm",
      "ln",
      "sync",
      "cp",
      "mkdir",
      "wc",
      "chmod",
      "printf",
      "date",
    ]) {
      writeFileSync(
        join(bin, tool),
        `#!/bin/bash\nprintf '%s ' "$0" "$@" >> ${log}\nPATH=/usr/bin:/bin; exec ${tool} "$@"\n`,
      );
      chmodSync(join(bin, tool), 0o755);
    }
    const { server, file } = await startHost({
      inPlace: () => `PATH=${bin}:$PATH; export PATH; exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"`,
    });
    const host = new SshHost(server.target);
    await host.exclusively(file, async () => {
      await host.swap(file, undefined, 'token = "glrt-canary-0001"\n');
      await host.swap(file, await host.read(file), 'token = "glrt-canary-0002"\n');
      await host.keepCopy(file);
    });
    const words = readFileSync(log, "utf8");
    assert.ok(words.includes("/dd ") && words.includes("/mv "), "the tools were seen");
    const hidden = ["canary", Buffer.from("canary").toString("hex"), "63 61 6e"];
    assert.deepEqual(
      hidden.filter((word) => words.includes(word)),
      [],
    );
  }).timeout(30_000);
});
