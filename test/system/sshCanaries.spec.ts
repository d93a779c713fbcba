import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { Canaries } from "../support/canaries.js";
import { watchProcesses } from "./processes.js";
import { startSshServer } from "./sshServer.js";
import { startSudoHost } from "./sudoHost.js";

describe("the secrets of a target", () => {
  it("are in no process list of either end: passwords, passphrase, key and the file's token", async () => {
    const canaries = new Canaries();
    const [sudoPassword, passphrase, token] = ["sudo", "phrase", "token"].map((name) => canaries.make(name)) as [
      string,
      string,
      string,
    ];
    const sudo = await startSudoHost({ password: sudoPassword });
    const sftp = await startSshServer({ config: ["ForceCommand internal-sftp", "Subsystem sftp internal-sftp"] });
    const locked = join(sudo.folder, "locked");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-C", "", "-f", locked]);
    for (const { folder } of [sudo, sftp])
      writeFileSync(join(folder, "authorized_keys"), readFileSync(`${locked}.pub`));
    const privateKey = readFileSync(locked, "utf8");
    canaries.add("key", privateKey.split("\n")[3] ?? "");
    const runner = { url: "https://gitlab.example.com", id: 7, token: { value: token } };
    const login = { privateKeyPath: undefined, privateKey, passphrase };
    const targets = [
      { ssh: { ...sudo.target, ...login, sudo: true, sudoPassword }, hook: "echo done" },
      { ssh: { ...sftp.target, ...login } },
    ];
    const live = async (target: object, folder: string) => {
      const args = { path: join(folder, "etc/config.toml"), target, runners: { web: { runner, executor: "shell" } } };
      const { inputs, failures } = await lifecycle.check({}, args);
      assert.deepEqual(failures, []);
      const { id, outs } = (await lifecycle.create(inputs)) as unknown as { id: string; outs: Record<string, unknown> };
      const { inputs: next } = await lifecycle.check(outs, { ...args, concurrent: 2 });
      const changed = (await lifecycle.update(id, outs, next)).outs as unknown as Record<string, unknown>;
      await lifecycle.read(id, changed);
      await lifecycle.delete(id, changed);
    };
    const processes = await watchProcesses(async () => {
      await live(targets[0] as object, sudo.folder);
      await live(targets[1] as object, sftp.folder);
    });
    assert.match(processes, /sudo -k -S -p/, "the session was seen");
    canaries.assertNone({ "the process lists": processes, "sshd's logs": sudo.log() + sftp.log() });
  }).timeout(60_000);
});
