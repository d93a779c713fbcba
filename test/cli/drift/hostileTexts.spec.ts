import assert from "node:assert/strict";
import { FORMATS } from "../../../provider/cli/drift/formats.js";
import { judge } from "../../../provider/cli/drift/judge.js";
import type { DriftReport } from "../../../provider/cli/drift/report.js";
import { makeVisible } from "../../../provider/cli/visible.js";
import fc from "../../support/chance.js";
import { makeEvidence, makeFile, makeRunner } from "../../support/driftEvidence.js";
import { hostileText } from "../../support/hostileText.js";

/** One resource of each kind, with this text wherever others may have put one. */
function reportOf(text: string): DriftReport {
  const runner = makeRunner(text, 1, {
    differences: [{ path: text, declared: text, observed: { [text]: [text] } }],
    notices: [text],
  });
  const gone = makeRunner(`${text}2`, 2, { result: "gone" }, `https://gitlab.example.com/${text}`);
  const file = makeFile(text, text, { result: "unknown", reason: text });
  file.state.path = text;
  const ignore = { pattern: text, matches: () => false };
  return judge(makeEvidence([runner, gone, file], { problem: `one\n${text}`, ignores: [ignore] }));
}

function write(format: string, text: string): string {
  return FORMATS[format]?.(reportOf(text)) ?? assert.fail(format);
}

const withTexts = (check: (text: string) => void) => fc.assert(fc.property(hostileText, check), { numRuns: 300 });

describe("texts of others in a report", () => {
  for (const format of Object.keys(FORMATS)) {
    it(`never reach a terminal as more than what can be seen: ${format}`, () => {
      withTexts((text) => {
        assert.doesNotMatch(write(format, text).replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      });
    });
  }

  it("are told whole by JSON", () => {
    withTexts((text) => {
      assert.deepEqual(JSON.parse(write("json", text)), JSON.parse(JSON.stringify(reportOf(text))));
    });
  });

  it("add no line to the text report", () => {
    const lines = (text: string) => write("text", text).split("\n").length;
    withTexts((text) => {
      assert.equal(lines(text) - (`one\n${text}`.split(/\r?\n/).length - 2), lines("plain"));
    });
  });

  it("add no mark-up to the page", () => {
    const tags = (page: string) => page.match(/<[!/?a-z][^\s>]*/gi);
    const expected = tags(write("html", "plain"));
    withTexts((text) => assert.deepEqual(tags(write("html", text)), expected));
  });

  it("are mark-up of no kind in Markdown, but the text of code spans", async () => {
    const { lexer, walkTokens } = await import("marked");
    const read = (text: string) => {
      const found = { kinds: new Set<string>(), spans: [] as string[], links: [] as string[] };
      walkTokens(lexer(write("markdown", text)), (token) => {
        found.kinds.add(token.type);
        if (token.type === "codespan") found.spans.push(token.text);
        if (token.type === "link") found.links.push(token.text);
      });
      return found;
    };
    const plain = read("plain");
    withTexts((text) => {
      const { kinds, spans, links } = read(text);
      assert.deepEqual([...kinds].sort(), [...plain.kinds].sort());
      assert.deepEqual(links, plain.links);
      assert.ok(
        spans.includes(makeVisible(`Runner ${text}`).replace(/ $/, "")) ||
          spans.includes(makeVisible(`Runner ${text}`)),
        spans.join("\n"),
      );
    });
  });
});
