import assert from "node:assert/strict";
import { formatDuration, parseDuration } from "../../provider/config/duration.js";

describe("durations in Go's syntax", () => {
  const rows: [string, string][] = [
    ["0", "0s"],
    ["90s", "1m30s"],
    ["1h30m", "1h30m0s"],
    ["1.5h", "1h30m0s"],
    ["100ms", "100ms"],
    ["1500us", "1.5ms"],
    ["5ns", "5ns"],
    ["-2m", "-2m0s"],
    [".5s", "500ms"],
    ["2562047h47m16.854775807s", "2562047h47m16.854775807s"],
  ];
  for (const [text, printed] of rows) {
    it(`prints ${text} as ${printed}`, () => assert.equal(formatDuration(parseDuration(text) ?? -1n), printed));
  }

  for (const text of ["", "5", "1 h", "h", "1d", "1h-2m", "--1s", "2562047h47m16.854775808s"]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseDuration(text), undefined));
  }
});
