import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
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
import { DeliveryError } from "../../provider/delivery/host.js";
import { localHost } from "../../provider/delivery/local.js";
import { makeFolder } from "../support/folder.js";
import { ended, hear, startProcess } from "../support/process.js";

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

async function failureOf(act: Promise<unknown>): Promise<DeliveryError> {
  const error = await act.then(
    () => assert.fail("it went well"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DeliveryError, String(error));
  return error;
}

describe("delivery to this machine", () => {
  it("makes missing folders with 0700 and the file with 0600", async () => {
    const file = join(makeFolder(), "a/b/config.toml");
    await localHost.write(file, "concurrent = 1\n");
    assert.equal(readFileSync(file, "utf8"), "concurrent = 1\n");
    assert.deepEqual([modeOf(file), modeOf(join(file, ".."))], ["600", "700"]);
  });

  it("replaces a file as a whole, narrows its mode and leaves nothing beside it", async () => {
    const folder = makeFolder();
    const file = join(folder, "config.toml");
    writeFileSync(file, "old", { mode: 0o644 });
    const old = statSync(file).ino;
    await localHost.write(file, "new");
    assert.notEqual(statSync(file).ino, old, "written in place: a crash could leave half a file");
    assert.deepEqual([readFileSync(file, "utf8"), modeOf(file), readdirSync(folder)], ["new", "600", ["config.toml"]]);
  });

  it("swaps a text only while the file still holds what was read, and leaves nothing beside it otherwise", async () => {
    const folder = makeFolder();
    const file = join(folder, "config.toml");
    assert.equal(await localHost.swap(file, undefined, "one"), true);
    for (const from of [undefined, "other"]) assert.equal(await localHost.swap(file, from, "two"), false);
    assert.deepEqual([readFileSync(file, "utf8"), readdirSync(folder)], ["one", ["config.toml"]]);
    assert.equal(await localHost.swap(file, "one", "two"), true);
    assert.equal(readFileSync(file, "utf8"), "two");
  });

  it("gives what is no UTF-8 as half a character, so that nobody takes it for text, and keeps a byte order mark", async () => {
    const file = join(makeFolder(), "config.toml");
    writeFileSync(file, Buffer.from([0x61, 0xff, 0x62]));
    assert.equal(await localHost.read(file), "a\uDC80b");
    writeFileSync(file, "\uFEFFx \uFFFD");
    assert.equal(await localHost.read(file), "\uFEFFx \uFFFD");
  });

  it("lets one act on a file at a time, also by the names of links, and gives the file's own path", async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "real.toml"), "old");
    symlinkSync("real.toml", join(folder, "config.toml"));
    const steps: string[] = [];
    const act = (name: string) =>
      localHost.exclusively(join(folder, name), async (file) => {
        steps.push(`${name} in`, file);
        await new Promise((done) => setImmediate(done));
        steps.push(`${name} out`);
      });
    await Promise.all([act("config.toml"), act("real.toml")]);
    const real = join(folder, "real.toml");
    assert.deepEqual(
      steps.filter((step) => step !== real).map((step) => step.split(" ")[1]),
      ["in", "out", "in", "out"],
    );
    assert.equal(steps.filter((step) => step === real).length, 2);
  });

  it("takes away what a killed process has left beside the file, and nothing else", async () => {
    const folder = makeFolder();
    const file = join(folder, "config.toml");
    const names = () => readdirSync(folder).sort();
    const others = [".config.toml.0123456789ab.tmp.bak", ".other.toml.0123456789ab.tmp"];
    for (const name of others) writeFileSync(join(folder, name), "");
    writeFileSync(file, "old");
    const killed = startProcess(join(__dirname, "lockWorker.js"), "replace", file);
    assert.equal(await hear(killed), "placed");
    killed.kill("SIGKILL");
    await ended(killed);
    assert.equal(names().filter((name) => /\.[0-9a-f]{12}\.old$/.test(name)).length, 1);
    await localHost.exclusively(file, (path) => localHost.swap(path, "half-way", "new"));
    assert.equal(readFileSync(file, "utf8"), "new");
    assert.deepEqual(names(), [...others, ".config.toml.pulumi-last-good", "config.toml"].sort());
  });

  it("replaces the file that a symbolic link names, and keeps the link", async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "real.toml"), "old");
    symlinkSync("real.toml", join(folder, "config.toml"));
    await localHost.write(join(folder, "config.toml"), "new");
    assert.equal(readFileSync(join(folder, "real.toml"), "utf8"), "new");
  });

  it("makes the file that a symbolic link names, where it leads nowhere yet", async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, "etc"));
    symlinkSync("etc", join(folder, "conf"));
    symlinkSync("../data/new/config.toml", join(folder, "etc/config.toml"));
    await localHost.write(join(folder, "conf/config.toml"), "new");
    assert.equal(readFileSync(join(folder, "data/new/config.toml"), "utf8"), "new");
    assert.equal(modeOf(join(folder, "data/new/config.toml")), "600");
  });

  it("removes the file that a symbolic link names: it holds the tokens", async () => {
    const folder = makeFolder();
    const link = join(folder, "config.toml");
    symlinkSync("real.toml", link);
    await localHost.write(link, "new");
    await localHost.remove(link);
    await localHost.remove(link);
    assert.equal(existsSync(join(folder, "real.toml")), false);
    assert.ok(lstatSync(link).isSymbolicLink(), "the link is not ours");
  });

  it("refuses what is no file, and does not wait for it", async () => {
    const pipe = join(makeFolder(), "config.toml");
    execFileSync("mkfifo", [pipe]);
    const acts = [() => localHost.write(pipe, "x"), () => localHost.read(pipe), () => localHost.read("/dev/zero")];
    for (const act of acts) {
      assert.match(
        (await failureOf(act())).message,
        /cannot be (written|read) \(ENXIO\)\. It is a pipe, a socket or a device/,
      );
    }
    assert.ok(lstatSync(pipe).isFIFO());
  });

  it("reads undefined where there is no file or folder", async () => {
    const folder = makeFolder();
    assert.equal(await localHost.read(join(folder, "config.toml")), undefined);
    assert.equal(await localHost.read(join(folder, "no/such/config.toml")), undefined);
  });

  it("removes a file, and a missing one without an error", async () => {
    const file = join(makeFolder(), "config.toml");
    writeFileSync(file, "x");
    await localHost.remove(file);
    await localHost.remove(file);
    assert.equal(await localHost.read(file), undefined);
  });

  it("keeps a private copy beside the file", async () => {
    const folder = makeFolder();
    const file = join(folder, "config.toml");
    writeFileSync(file, "mine", { mode: 0o644 });
    const copy = await localHost.keepCopy(file);
    assert.match(copy, /config\.toml\.\d{8}T\d{6}Z-[0-9a-f]{4}\.bak$/);
    assert.deepEqual([readFileSync(copy, "utf8"), modeOf(copy), readdirSync(folder).length], ["mine", "600", 2]);
  });

  it("refuses a directory in place of the file, and leaves it as it is", async () => {
    const folder = makeFolder();
    const path = join(folder, "config.toml");
    mkdirSync(path);
    for (const act of [localHost.write(path, "x"), localHost.read(path)]) {
      assert.match(
        (await failureOf(act)).message,
        /^path: .*config\.toml cannot be (written|read) \(EISDIR\)\. Name a file in it/,
      );
    }
    assert.deepEqual([readdirSync(folder), readdirSync(path)], [["config.toml"], []]);
  });

  it("says what to do where a part of the path is a file, or the file system refuses", async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "file"), "");
    const error = await failureOf(localHost.write(join(folder, "file/config.toml"), "x"));
    assert.match(error.message, /\(ENOTDIR\)\. A part of the path is a file/);
    const long = `${"c".repeat(245)}.toml`;
    assert.match(
      (await failureOf(localHost.write(join(folder, long), "x"))).message,
      /\(ENAMETOOLONG\)\. The file's name, .* is too long: choose a shorter one/,
    );
    for (const path of ["/proc/config.toml", "/proc/no/such/config.toml"]) {
      assert.match(
        (await failureOf(localHost.write(path, "x"))).message,
        /^path: \/proc\S+ cannot be written \(\w+\)\. /,
      );
    }
  });
});
