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
import { SshHost } from "../../provider/delivery/ssh/sshHost.js";
import { type SshServer, startSshServer } from "./sshServer.js";

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("delivery over SSH", () => {
  let server: SshServer;
  let host: SshHost;
  let etc: string;

  beforeEach(async () => {
    server = await startSshServer();
    host = new SshHost(server.target);
    etc = join(server.folder, "etc");
  });

  it("makes missing folders with 0700 and the file with 0600, and reads it back", async () => {
    const file = join(etc, 'a/b c/it\'s $HOME `x` "config".toml');
    assert.equal(await host.read(file), undefined);
    const text = "concurrent = 1 # ü 🚀 '\n\n\\n $x\n";
    await host.write(file, text);
    assert.deepEqual([readFileSync(file, "utf8"), await host.read(file)], [text, text]);
    assert.deepEqual([modeOf(file), modeOf(join(file, "..")), modeOf(join(etc, "a"))], ["600", "700", "700"]);
    assert.equal(readdirSync(join(file, "..")).length, 1, "nothing is left beside it");
  });

  it("replaces a file as a whole, narrows its mode and leaves nothing beside it", async () => {
    const file = join(etc, "config.toml");
    writeFileSync(file, "old", { mode: 0o644 });
    const old = statSync(file).ino;
    await host.write(file, "");
    assert.notEqual(statSync(file).ino, old);
    assert.deepEqual([readFileSync(file, "utf8"), modeOf(file), readdirSync(etc)], ["", "600", ["config.toml"]]);
    const large = "x = 1 # long\n".repeat(40_000);
    await host.write(file, large);
    assert.equal(readFileSync(file, "utf8"), large);
    assert.equal(await host.read(file), large);
  }).timeout(60_000);

  it("swaps a text only while the file still holds what was read", async () => {
    const file = join(etc, "config.toml");
    assert.equal(await host.swap(file, undefined, "one"), true);
    for (const from of [undefined, "other"]) assert.equal(await host.swap(file, from, "two"), false);
    assert.deepEqual([readFileSync(file, "utf8"), readdirSync(etc)], ["one", ["config.toml"]]);
    assert.equal(await host.swap(file, "one", ""), true);
    assert.equal(await host.swap(file, "", "three"), true);
    assert.equal(readFileSync(file, "utf8"), "three");
  });

  it("gives bytes that are no UTF-8 as half a character", async () => {
    writeFileSync(join(etc, "config.toml"), Buffer.from([0x61, 0xff, 0x62]));
    assert.equal(await host.read(join(etc, "config.toml")), "a\uDC80b");
  });

  it("follows symbolic links, also those that lead nowhere yet, and keeps them", async () => {
    mkdirSync(join(etc, "real"));
    symlinkSync("real", join(etc, "conf"));
    symlinkSync("../data/new/config.toml", join(etc, "real/config.toml"));
    await host.write(join(etc, "conf/config.toml"), "new");
    assert.equal(readFileSync(join(etc, "data/new/config.toml"), "utf8"), "new");
    await host.exclusively(join(etc, "conf/config.toml"), async (file) =>
      assert.equal(file, join(etc, "data/new/config.toml")),
    );
    await host.remove(join(etc, "conf/config.toml"));
    await host.remove(join(etc, "conf/config.toml"));
    assert.equal(existsSync(join(etc, "data/new/config.toml")), false);
    assert.ok(lstatSync(join(etc, "real/config.toml")).isSymbolicLink());
  });

  it("keeps a private copy beside the file", async () => {
    const file = join(etc, "config.toml");
    writeFileSync(file, "mine", { mode: 0o644 });
    const copy = await host.keepCopy(file);
    assert.match(copy, /config\.toml\.\d{8}T\d{6}Z-[0-9a-f]{4}\.bak$/);
    assert.deepEqual([readFileSync(copy, "utf8"), modeOf(copy)], ["mine", "600"]);
  });

  it("reuses one connection, for eight at once and more", async () => {
    const files = Array.from({ length: 12 }, (_, index) => join(etc, `${index}.toml`));
    await Promise.all(files.map((file) => new SshHost(server.target).write(file, file)));
    assert.deepEqual(
      files.map((file) => readFileSync(file, "utf8")),
      files,
    );
    assert.equal(server.log().match(/Accepted publickey/g)?.length, 1);
  }).timeout(60_000);
});
