import assert from "node:assert/strict";
import { chownSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { startSshServer } from "./sshServer.js";

const ONLY_SFTP = ["ForceCommand internal-sftp", "Subsystem sftp internal-sftp"];

function factsOf(file: string): unknown[] {
  const { uid, gid, mode } = statSync(file);
  return [uid, gid, (mode & 0o777).toString(8)];
}

describe("a pinned system id on another machine", () => {
  for (const [way, config] of [
    ["by its shell", []],
    ["by SFTP", ONLY_SFTP],
  ] as const) {
    it(`has owner and mode of the config.toml, also where the folder is another's: ${way}`, async () => {
      const server = await startSshServer({ config: [...config] });
      const file = join(server.folder, "etc/config.toml");
      writeFileSync(file, "", { mode: 0o600 });
      // Only root can give files away; anybody else's have one owner anyway.
      if (process.getuid?.() === 0) chownSync(file, 64_001, 64_002);
      const runner = { url: "https://gitlab.example.com", id: 7, token: { value: "glrt-FAKE" } };
      const { inputs, failures } = await lifecycle.check(
        {},
        {
          path: file,
          target: { ssh: server.target },
          systemId: "s_abcdefabcdef",
          replaceExisting: true,
          runners: { web: { runner, executor: "shell" } },
        },
      );
      assert.deepEqual(failures, []);
      const { outs } = await lifecycle.create(inputs);
      assert.equal((outs as Record<string, unknown>).systemId, "s_abcdefabcdef");
      const id = join(file, "../.runner_system_id");
      assert.equal(readFileSync(id, "utf8"), "s_abcdefabcdef");
      assert.equal(factsOf(file)[2], "600");
      assert.deepEqual(factsOf(id), factsOf(file));
    }).timeout(30_000);
  }
});
