import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeConfiguration } from "../../provider/config/encode.js";
import { loadTable } from "../../provider/config/load.js";
import { parseToml } from "../../provider/config/toml.js";
import type { Table } from "../../provider/config/value.js";

const RUNS = join(__dirname, "../../../test/fixtures/register-runs");

function rewrite(text: string): string {
  return encodeConfiguration(loadTable("GlobalConfiguration", parseToml(text)).table);
}

/** Runs after which the Runner had saved the file itself. */
function listSavedFiles(): string[] {
  const files = readdirSync(RUNS).map((run) => join(RUNS, run, "after.toml"));
  return files.filter((file) => existsSync(file) && /^concurrent/.test(readFileSync(file, "utf8")));
}

describe("encodeConfiguration", () => {
  it("writes every file that the real Runner saved byte for byte as the Runner did", () => {
    const files = listSavedFiles();
    assert.ok(files.length >= 70, `only ${files.length} recorded files found`);
    for (const file of files) {
      const text = readFileSync(file, "utf8");
      // Times with nanoseconds occur after `reset-token` only, which no command of ours runs.
      if (!/\.\d{9}Z/.test(text)) assert.equal(rewrite(text), text, file);
    }
  });

  it("keeps floats floats and writes integers without separators", () => {
    const machine: Table = { IdleScaleFactor: 0, IdleCount: 1800n, MachineDriver: "", MachineName: "" };
    const text = encodeConfiguration({ runners: [{ machine }] });
    assert.match(text, /IdleScaleFactor = 0\.0\n/);
    assert.match(text, /IdleCount = 1800\n/);
  });

  it("writes integers beyond 2^53 exactly", () => {
    const text = encodeConfiguration({ runners: [{ cache: { MaxUploadedArchiveSize: 9223372036854775807n } }] });
    assert.match(text, /MaxUploadedArchiveSize = 9223372036854775807\n/);
  });

  it("quotes keys that are not bare and escapes control characters", () => {
    const docker: Table = { sysctls: { "net.ipv4.ip_forward": "1" }, image: 'a"b\\c\u0001\n' };
    const text = encodeConfiguration({ runners: [{ docker }] });
    assert.match(text, /"net\.ipv4\.ip_forward" = "1"/);
    assert.ok(text.includes('image = "a\\"b\\\\c\\u0001\\n"'), text);
  });

  it("sorts maps by bytes", () => {
    const text = encodeConfiguration({ labels: { b: "2", B: "1", a: "3" } });
    assert.match(text, /B = "1"\n {2}a = "3"\n {2}b = "2"/);
  });

  it("writes free-form tables with their kinds", () => {
    const plugin_config: Table = { zone: "a", count: 3n, ratio: 2, nested: { deep: true, list: [1n, 2n] } };
    const text = encodeConfiguration({ runners: [{ autoscaler: { plugin_config } }] });
    assert.match(text, /count = 3\n/);
    assert.match(text, /ratio = 2\.0\n/);
    assert.match(text, /\[runners\.autoscaler\.plugin_config\.nested\]\n\s+deep = true\n\s+list = \[1, 2\]/);
  });
});
