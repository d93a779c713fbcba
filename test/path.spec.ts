import assert from "node:assert/strict";
import { formatPath, parsePath } from "../provider/path.js";
import fc from "./support/chance.js";

describe("a path", () => {
  const step = fc.oneof(
    fc.nat(),
    fc.string({ minLength: 1 }),
    fc.string({ unit: "binary", minLength: 1 }),
    fc.constantFrom("a.b", '"', "\\", "[0]", "runners"),
  );

  it("is read back from what is written of it, whatever its steps are", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (path) => {
        assert.deepEqual(parsePath(formatPath(path)), path);
      }),
    );
  });

  it("is one step where the text is no path", () => {
    for (const text of [
      '[[runners]] "old" (url https://x, id 3)',
      "",
      "a b",
      ".a",
      "a..b",
      "a.",
      "a[",
      "a[0",
      "[0]a",
    ]) {
      assert.deepEqual(parsePath(text), [text], text);
    }
  });
});
