import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./stack.js";

/**
 * Compares a text with the one kept under `test/golden/`. To accept a new text, read it as a user would, then run the
 * tests once with `UPDATE_GOLDEN=1`.
 */
export function matchGolden(name: string, text: string): void {
  const file = join(ROOT, "test/golden", name);
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  assert.ok(existsSync(file), `test/golden/${name} is missing; the text is:\n${text}`);
  assert.equal(text, readFileSync(file, "utf8"), `test/golden/${name} differs`);
}
