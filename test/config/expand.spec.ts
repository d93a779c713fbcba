import assert from "node:assert/strict";
import { expandVariables } from "../../provider/config/expand.js";

describe("variables in addresses and tokens, as Go expands them", () => {
  const environment = { A: "1", A_2: "two", "x y": "blank" };
  // From the rules of os.Expand: names of letters, digits and _; one special character; broken braces vanish.
  const rows: [text: string, expected: string][] = [
    ["$A", "1"],
    ["$A_2/x", "two/x"],
    [`$${"{A}"}b`, "1b"],
    [`$${"{x y}"}`, "blank"],
    ["$NOTHING-", "-"],
    ["a$", "a$"],
    ["a$ b", "a$ b"],
    ["$$A", "A"],
    ["$1x", "x"],
    [`$${"{}"}x`, "x"],
    [`$${"{"}A`, "A"],
    [`$${"{*}"}.`, "."],
    ["é$A", "é1"],
  ];
  for (const [text, expected] of rows) {
    it(`${text} becomes ${expected}`, () => assert.equal(expandVariables(text, environment), expected));
  }
});
