import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import ts from "typescript";
import { validateXML } from "xmllint-wasm";
import { FORMATS } from "../../../provider/cli/drift/formats.js";
import { parseIgnore } from "../../../provider/cli/drift/ignore.js";
import { type Evidence, judge } from "../../../provider/cli/drift/judge.js";
import fc from "../../support/chance.js";
import { makeEvidence, makeFile, makeFleet, makeRunner } from "../../support/driftEvidence.js";
import { makeFolder } from "../../support/folder.js";
import { hostileText } from "../../support/hostileText.js";
import { ROOT } from "../../support/stack.js";

const fixture = (name: string) => readFileSync(join(ROOT, "test/fixtures/reports", name), "utf8");

const write = (format: string, evidence: Evidence): string => FORMATS[format]?.(judge(evidence)) ?? assert.fail(format);

/** A fleet of resources with such names, settings, values and reasons as somebody may have chosen. */
function makeHostileFleet(): Evidence {
  const texts = fc.sample(hostileText, 150);
  const told = texts.flatMap((text, index) => [
    makeRunner(text, index, { differences: [{ path: text, declared: text, observed: [text] }], notices: [text] }),
    makeFile(`${text}${index}`, text, { result: "unknown", reason: text }),
  ]);
  return makeEvidence(told, { problem: texts.join("\n") });
}

/** What TypeScript says of reports as lists of the issues that `codeclimate-types` describes. */
function findTypeErrors(reports: readonly string[]): string[] {
  const file = join(makeFolder(), "reports.ts");
  const types = JSON.stringify(join(ROOT, "node_modules/codeclimate-types/index.js"));
  writeFileSync(
    file,
    `import type { Issue } from ${types};\nexport const reports: Issue[][] = [${reports.join(",")}];\n`,
  );
  const options = {
    strict: true,
    noEmit: true,
    types: [],
    lib: ["lib.es5.d.ts"],
    moduleDetection: ts.ModuleDetectionKind.Force,
  };
  const found = ts.getPreEmitDiagnostics(ts.createProgram([file], options));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const CASES: [string, Evidence][] = [
  ["a fleet with all kinds of drift", makeFleet()],
  ["a clean one", makeEvidence([makeRunner("docker", 1)])],
  ["an empty one", makeEvidence([])],
  [
    "one that could not be read",
    makeEvidence([], { state: { resources: [] }, preview: undefined, problem: "no stack" }),
  ],
  ["hostile names and values", makeHostileFleet()],
];

describe("reports of drift in forms that GitLab reads", () => {
  const validate = new Ajv().compile(JSON.parse(fixture("codequality.schema.json")) as object);

  for (const [name, evidence] of CASES) {
    it(`are valid JUnit and Code Quality: ${name}`, async () => {
      const xml = write("junit", evidence);
      const { valid, errors } = await validateXML({
        xml: { fileName: "report.xml", contents: xml },
        schema: { fileName: "junit.xsd", contents: fixture("junit-10.xsd") },
        // It has less memory otherwise than a fleet's report takes.
        initialMemoryPages: 1024,
        maxMemoryPages: 4096,
      });
      assert.deepEqual([valid, errors.slice(0, 3)], [true, []]);
      const issues = JSON.parse(write("codequality", evidence)) as { fingerprint: string }[];
      assert.ok(validate(issues), JSON.stringify(validate.errors));
      assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
    });
  }

  it("are Code Quality as others describe it (codeclimate-types)", () => {
    const reports = CASES.map(([, evidence]) => write("codequality", evidence));
    assert.deepEqual(findTypeErrors(reports), []);
    const broken = reports.map((report) => report.replace('"severity": "critical"', '"severity": "grave"'));
    assert.match(findTypeErrors(broken).join(), /"grave"/);
  });

  it("count in JUnit what its tests say, and tell each difference with its severity", () => {
    const xml = write("junit", makeFleet());
    const count = (tag: string) => xml.split(`<${tag} `).length - 1;
    assert.match(xml, /<testsuite name="drift of runners\/prod" tests="39" failures="9" errors="1" skipped="0"/);
    assert.deepEqual([count("testcase"), count("failure"), count("error")], [39, 9, 1]);
    assert.match(
      xml,
      /<failure type="drifted" message="2 settings drifted">major: paused: applied false, now true\ninfo: /,
    );
  });

  it("keep an issue's fingerprint whatever the values and lines are, and give each stack's its own", () => {
    const prints = (evidence: Evidence) =>
      (JSON.parse(write("codequality", evidence)) as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
    const drifted = (observed: number, line: number) => [
      makeFile("host", "a@b", { differences: [{ path: "concurrent", declared: 4, observed, line }] }),
    ];
    const first = prints(makeEvidence(drifted(5, 3)));
    assert.deepEqual(prints(makeEvidence(drifted(6, 9))), first);
    const elsewhere = makeEvidence(drifted(5, 3));
    elsewhere.state.stack = "test";
    assert.notDeepEqual(prints(elsewhere), first);
  });

  it("are placed where the program declares the resource, else at the project's file", () => {
    const known = makeRunner("docker", 1, { result: "gone" });
    const old = makeRunner("old", 2, { result: "gone" });
    old.state.place = undefined;
    const issues = JSON.parse(write("codequality", makeEvidence([known, old]))) as { location: object }[];
    assert.deepEqual(
      issues.map(({ location }) => location),
      [
        { path: "infra/index.ts", lines: { begin: 14, end: 14 } },
        { path: "infra/Pulumi.yaml", lines: { begin: 1, end: 1 } },
      ],
    );
  });

  it("tell in each form what to do, and count what is ignored nowhere but by itself", () => {
    const evidence = makeFleet();
    const ignore = parseIgnore("*.maintenanceNote");
    assert.ok("matches" in ignore);
    evidence.ignores = [ignore];
    for (const [format, words] of Object.entries({
      text: ["ignored  Runner linux-03: maintenanceNote", "1 difference ignored"],
      markdown: ["1 difference ignored"],
      junit: ["ignored: maintenanceNote"],
      html: ["<b>1</b> ignored", "--ignore"],
      json: ['"ignored": 1', '"isIgnored": true'],
      codequality: [],
    })) {
      const text = write(format, evidence);
      for (const word of [...words, "pulumi up --refresh --stack prod"])
        assert.ok(text.includes(word), `${format}: ${word}`);
    }
    assert.ok(!write("codequality", evidence).includes("OPS-1187"));
  });

  it("tell in each form what has to be known beside that", () => {
    const differences = [{ path: "file", observed: "not valid TOML" }];
    const evidence = makeEvidence([makeFile("host", "a@b", { differences, notices: ["first something else"] })]);
    for (const format of Object.keys(FORMATS)) assert.match(write(format, evidence), /first something else/, format);
  });

  it("fit into a note of GitLab, however much drifted", () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      makeRunner(`runner-${index}`, index, { differences: [{ path: "description", observed: "x".repeat(500) }] }),
    );
    const text = write("markdown", makeEvidence(many));
    assert.ok(text.length < 1_000_000, String(text.length));
    assert.match(text, /… and \d+ more, which the other reports have\./);
  });
});
