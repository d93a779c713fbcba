import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exchange, requireText } from "../../provider/delivery/exchange.js";
import { makeFolder } from "../support/folder.js";
import { failureOf } from "../support/reject.js";

describe("a file that takes another one's place", () => {
  let folder: string;
  let target: string;
  let temporary: string;
  const isStill = async () => true;

  beforeEach(() => {
    folder = makeFolder();
    target = join(folder, "config.toml");
    temporary = join(folder, ".config.toml.0.tmp");
    writeFileSync(temporary, "new");
  });

  const spoil = async () => {
    writeFileSync(target, "spoiled");
    await requireText(target, "new");
  };

  it("gives way to the last good one when it does not read back as it was written, and this is said", async () => {
    writeFileSync(target, "old");
    const { ino } = statSync(target);
    const { message } = await failureOf(exchange({ target, temporary, isStill, confirm: spoil }));
    assert.match(
      message,
      /^path: .*config\.toml was not stored as it should be \(it reads back otherwise\)\. What was there before is back/,
    );
    assert.deepEqual(
      [readFileSync(target, "utf8"), statSync(target).ino, readdirSync(folder)],
      ["old", ino, ["config.toml"]],
    );
  });

  it("goes again where there was none before", async () => {
    await failureOf(exchange({ target, temporary, isStill, confirm: spoil }));
    assert.deepEqual(readdirSync(folder), []);
  });

  it("does not undo what somebody else has put there meanwhile", async () => {
    writeFileSync(target, "old");
    const confirm = async () => {
      const other = join(folder, "other");
      writeFileSync(other, "theirs");
      (await import("node:fs")).renameSync(other, target);
      await requireText(target, "new");
    };
    assert.equal(await exchange({ target, temporary, isStill, confirm }), true);
    assert.deepEqual([readFileSync(target, "utf8"), readdirSync(folder)], ["theirs", ["config.toml"]]);
  });

  it("keeps the last good one until it is confirmed, and nothing after that", async () => {
    writeFileSync(target, "old");
    const confirm = async () => {
      assert.equal(readFileSync(join(folder, ".config.toml.0.old"), "utf8"), "old");
      await requireText(target, "new");
    };
    assert.equal(await exchange({ target, temporary, isStill, confirm }), true);
    assert.deepEqual([readFileSync(target, "utf8"), readdirSync(folder)], ["new", ["config.toml"]]);
    assert.equal(existsSync(temporary), false);
  });
});
