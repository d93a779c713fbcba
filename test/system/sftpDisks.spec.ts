import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SftpHost } from "../../provider/delivery/sftp/sftpHost.js";
import { failureOf } from "../support/reject.js";
import { startSshServer } from "./sshServer.js";

/** Where systems have the program; internal-sftp would run in the sshd's own view of the disks. */
const SFTP_SERVER = ["/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/lib/ssh/sftp-server"];

/** A host whose SFTP sees the folder `etc` as `mount` makes it; what it leaves there is copied to `after`. */
async function startHost(mount: (etc: string) => string) {
  const program = SFTP_SERVER.find((path) => existsSync(path)) ?? assert.fail("no sftp-server is installed");
  const server = await startSshServer({
    config: [`Subsystem sftp ${program}`],
    inPlace: (folder) =>
      `exec unshare -rm sh -c '${mount(`${folder}/etc`)} && ${program}; cp -a ${folder}/etc/. ${folder}/after'`,
  });
  mkdirSync(join(server.folder, "after"));
  return { host: new SftpHost(server.target), folder: server.folder, file: join(server.folder, "etc/config.toml") };
}

describe("a disk that does not take a file over SFTP", () => {
  it("is told to be read-only; the old file is as it was", async () => {
    const { host, folder, file } = await startHost(
      (etc) => `mount --bind ${etc} ${etc} && mount -o remount,bind,ro ${etc}`,
    );
    writeFileSync(file, "old");
    for (const act of [
      () => host.write(file, "new"),
      () => host.exclusively(file, () => host.swap(file, "old", "new")),
    ]) {
      const { message } = await failureOf(act());
      assert.match(message, /cannot be written \(.*Read-only file system.*\)\. The file system is read-only there/);
    }
    assert.deepEqual([readFileSync(file, "utf8"), readdirSync(join(folder, "etc"))], ["old", ["config.toml"]]);
  });

  it("is told to be full; the old file is whole, and nothing lies beside it", async () => {
    for (const lastGood of [false, true]) {
      const { host, folder, file } = await startHost(
        (etc) => `mount -t tmpfs -o size=64k tmpfs ${etc} && printf old > ${etc}/config.toml`,
      );
      const large = "x".repeat(200_000);
      const { message } = await failureOf(
        lastGood ? host.exclusively(file, () => host.swap(file, "old", large)) : host.write(file, large),
      );
      assert.match(message, /cannot be written \(.*No space left on device.*\)\. Free some space on the disk there/);
      const after = join(folder, "after");
      await untilThere(join(after, "config.toml"));
      assert.deepEqual(
        [readdirSync(after), readFileSync(join(after, "config.toml"), "utf8")],
        [["config.toml"], "old"],
      );
    }
  });
});

/** The server copies when its session has ended. */
async function untilThere(file: string): Promise<void> {
  while (!existsSync(file) || readFileSync(file, "utf8") === "") await new Promise((resolve) => setImmediate(resolve));
}
