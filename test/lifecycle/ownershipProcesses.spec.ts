import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseToml } from "../../provider/config/toml.js";
import { makeFolder } from "../support/folder.js";
import { ended, startProcess } from "../support/process.js";

const WORKER = join(__dirname, "ownershipWorker.js");
const FOREIGN =
  '# theirs\nconcurrent = 20\n\n[[runners]]\n  name = "theirs"\n  url = "https://gitlab.example.com"\n  id = 99\n';

/** Every stretch of a file that is read while others write it. */
function readIds(file: string): number[] {
  const { runners } = parseToml(readFileSync(file, "utf8")) as unknown as { runners: { id: bigint }[] };
  return runners.map(({ id }) => Number(id)).sort((one, other) => one - other);
}

describe("one file shared by two stacks in four processes", () => {
  it("loses no entry in 50 rounds, is whole at every moment, and leaves no lock", async () => {
    const file = join(makeFolder(), "config.toml");
    writeFileSync(file, FOREIGN);
    const starts = [1, 11, 21, 31];
    const children = starts.map((first, index) =>
      startProcess(WORKER, file, `stack-${index % 2}`, String(first), "50"),
    );
    let isRunning = true;
    const all = Promise.all(children.map(ended)).finally(() => {
      isRunning = false;
    });
    let reads = 0;
    for (const seen = new Set<number>(); isRunning; reads++) {
      const ids = new Set(readIds(file));
      assert.ok(ids.has(99) && [...seen].every((id) => ids.has(id)), `an entry is missing: ${[...ids]}`);
      for (const first of starts) if (ids.has(first)) seen.add(first);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(await all, [0, 0, 0, 0]);
    assert.deepEqual(readIds(file), [...starts.flatMap((first) => [first, first + 1]), 99]);
    assert.ok(readFileSync(file, "utf8").startsWith(FOREIGN));
    assert.ok(reads > 50, `${reads} reads`);
    const names = [".config.toml.pulumi-last-good", ".config.toml.pulumi-owners.json", "config.toml"];
    assert.deepEqual(readdirSync(join(file, "..")), names);
    const record = JSON.parse(readFileSync(join(file, "../.config.toml.pulumi-owners.json"), "utf8"));
    assert.equal(record.entries.length, 8);
  }).timeout(120_000);
});
