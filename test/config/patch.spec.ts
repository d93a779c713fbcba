import assert from "node:assert/strict";
import { parse as parseOther } from "@iarna/toml";
import { readConfigFile } from "../../provider/config/file.js";
import { type ConfigPatch, patchConfig, UnpatchableError } from "../../provider/config/patch/patch.js";
import { provePatch } from "../../provider/config/patch/proof.js";
import { parseToml } from "../../provider/config/toml.js";
import { NO_TIME, type Table } from "../../provider/config/value.js";
import fc from "../support/chance.js";
import { foreignFiles } from "../support/tomlText.js";

const NOTHING: ConfigPatch = { added: [], replaced: new Map(), removed: new Map(), globals: {} };

function ours(id: number, settings: Table = {}): Table {
  return {
    name: `ours ${id}`,
    url: "https://gitlab.example.com",
    id: BigInt(id),
    token: `glrt-ours-${id}`,
    token_obtained_at: NO_TIME,
    token_expires_at: NO_TIME,
    executor: "shell",
    ...settings,
  };
}

const settings = fc.record<Table>(
  {
    limit: fc.bigInt({ min: 1n, max: 9n }),
    environment: fc.array(fc.constantFrom("A=1", 'B="x"', "C=\n#"), { minLength: 1, maxLength: 3 }),
    docker: fc.record<Table>(
      { image: fc.constantFrom("alpine", "a\\b"), privileged: fc.boolean() },
      { noNullPrototype: true },
    ),
    feature_flags: fc.constant<Table>({ "a.b": true }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const globals = fc.record<Table>(
  {
    concurrent: fc.bigInt({ min: 2n, max: 9n }),
    log_level: fc.constantFrom("debug", "warn"),
    session_server: fc.record<Table>(
      { session_timeout: fc.constant(60n), listen_address: fc.constant(":8093") },
      { noNullPrototype: true },
    ),
    labels: fc.record<Table>({ env: fc.constant("prod"), "a.b": fc.constant("x") }, { noNullPrototype: true }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** Places of our entries, by what they hold: a patch is told places. */
function placesOf(text: string, ids: number[]): number[] {
  const { entries } = readConfigFile(text);
  return ids.map((id) => entries.findIndex((entry) => entry.id === BigInt(id)));
}

describe("patching a config.toml of others", () => {
  it("gives back 500 random files byte for byte after create, update and delete", () => {
    fc.assert(
      fc.property(foreignFiles(), fc.array(settings, { minLength: 1, maxLength: 3 }), settings, (file, own, later) => {
        const ids = own.map((_, index) => index + 1);
        const created = patchConfig(file.text, { ...NOTHING, added: own.map((one, index) => ours(index + 1, one)) });
        if (!file.isInline) assert.ok(created.text.startsWith(file.text));
        const places = placesOf(created.text, ids);
        const replaced = new Map([[places[0] ?? -1, ours(1, later)]]);
        const updated = patchConfig(created.text, { ...NOTHING, replaced });
        assert.deepEqual(
          parseToml(updated.text),
          parseToml(
            patchConfig(file.text, {
              ...NOTHING,
              added: [ours(1, later), ...own.slice(1).map((one, index) => ours(index + 2, one))],
            }).text,
          ),
        );
        const removed = new Map(placesOf(updated.text, ids).map((place, index) => [place, created.gaps[index] ?? ""]));
        assert.equal(patchConfig(updated.text, { ...NOTHING, removed }).text, file.text);
      }),
      { numRuns: 500, endOnFailure: true },
    );
  }).timeout(60_000);

  it("adds and changes global settings and nothing else, in 500 random files", () => {
    fc.assert(
      fc.property(foreignFiles(), globals, (file, declared) => {
        const { text } = patchConfig(file.text, { ...NOTHING, globals: declared });
        const { concurrent, log_level, session_server, labels } = parseToml(text);
        const { concurrent: _c, log_level: _l, session_server: _s, labels: _a, ...rest } = parseToml(text);
        assert.deepEqual(
          { concurrent, log_level, session_server, labels },
          { concurrent: undefined, log_level: undefined, session_server: undefined, labels: undefined, ...declared },
        );
        assert.deepEqual(rest, parseToml(file.text));
        assert.equal(patchConfig(text, { ...NOTHING, globals: declared }).text, text, "done twice");
      }),
      { numRuns: 500, endOnFailure: true },
    );
  }).timeout(60_000);

  it("leaves what older parsers can read readable for them", () => {
    let compared = 0;
    fc.assert(
      fc.property(foreignFiles({ version: "1.0" }), settings, globals, (file, own, declared) => {
        // Of a time without a date it loses its way on the next line.
        if (/[=[,\s]\d\d:\d\d:\d\d/.test(file.text)) return;
        try {
          // It takes no comment before a CRLF, but one at the end of the file: so with the line end that we may add.
          parseOther(`${file.text.replace(/^\uFEFF/, "")}${file.eol}`);
        } catch {
          return;
        }
        const { text } = patchConfig(file.text, { ...NOTHING, added: [ours(1, own)], globals: declared });
        compared++;
        const read = parseOther(text.replace(/^\uFEFF/, "")) as { runners: { name: string }[] };
        assert.equal(read.runners.at(-1)?.name, "ours 1");
      }),
      { numRuns: 400, endOnFailure: true },
    );
    assert.ok(compared > 100, `${compared} files could be read`);
  }).timeout(60_000);
});

const THEIRS = '[[runners]]\nname = "theirs"\n';
const OURS = [
  "[[runners]]",
  '  name = "ours 1"',
  '  url = "https://gitlab.example.com"',
  "  id = 1",
  '  token = "glrt-ours-1"',
  "  token_obtained_at = 0001-01-01T00:00:00Z",
  "  token_expires_at = 0001-01-01T00:00:00Z",
  '  executor = "shell"',
  "",
].join("\n");
const INLINE =
  '{name = "ours 1", url = "https://gitlab.example.com", id = 1, token = "glrt-ours-1", ' +
  'token_obtained_at = 0001-01-01T00:00:00Z, token_expires_at = 0001-01-01T00:00:00Z, executor = "shell"}';

/** What, the text before, the patch, the text after. */
const cases: [string, string, Partial<ConfigPatch>, string][] = [
  ["an entry to an empty file", "", { added: [ours(1)] }, OURS],
  ["an entry behind a blank line", `${THEIRS}\n`, { added: [ours(1)] }, `${THEIRS}\n${OURS}`],
  [
    "an entry under the spelling of the file",
    '[[Runners]]\nname = "x"\n',
    { added: [ours(1)] },
    `[[Runners]]\nname = "x"\n\n${OURS.replace("runners", "Runners")}`,
  ],
  ["an entry to an empty list", "runners = [] # none\n", { added: [ours(1)] }, `runners = [${INLINE}] # none\n`],
  [
    "an entry to a list with a comma at its end",
    "runners = [\n  {id = 5}, # five\n]\n",
    { added: [ours(1)] },
    `runners = [\n  {id = 5}, ${INLINE}, # five\n]\n`,
  ],
  [
    "an entry in a list",
    "runners = [{id = 5},{ id=1 }]\n",
    { replaced: new Map([[1, ours(1)]]) },
    `runners = [{id = 5},${INLINE}]\n`,
  ],
  [
    "comments beside the settings that they stood beside, also of sub-tables that came after other tables",
    '[[runners]] # head\n# above url\nurl = "x" # at url\n[other]\na = 1\n[runners.docker] # docker\n# about gone\ngone = 1\n# theirs\n',
    { replaced: new Map([[0, ours(1)]]) },
    `# docker\n# about gone\n${OURS.replace("]]", "]] # head").replace("  url", "  # above url\n  url").replace('.com"', '.com" # at url')}[other]\na = 1\n# theirs\n`,
  ],
];

const removals: [string, string, [number, string][], string][] = [
  ["with its blank line", `${THEIRS}\n${OURS}`, [[1, "\n"]], THEIRS],
  ["and no blank line that was there before", `${THEIRS}\n${OURS}`, [[1, ""]], `${THEIRS}\n`],
  ["and keeps the lines around it apart", `a = 1\n\n${OURS}# theirs\n`, [[0, "\n\n"]], "a = 1\n# theirs\n"],
  [
    "and leaves its comments and what stands between its tables",
    '[[runners]] # one\n# two\nid = 1\n# three\n[other]\n\n[runners.docker]\nimage = "x" # four\n# five\n',
    [[0, ""]],
    "# one\n# two\n# three\n[other]\n\n# four\n# five\n",
  ],
  [
    "from the middle of a list",
    "runners = [{id = 5}, {id = 1}, {id = 6}]\n",
    [[1, ""]],
    "runners = [{id = 5}, {id = 6}]\n",
  ],
  [
    "from the start of a list, two at once",
    "runners = [ {id = 1}, {id = 2}, {id = 6}, ]\n",
    [
      [0, ""],
      [1, ""],
    ],
    "runners = [ {id = 6}, ]\n",
  ],
  [
    "from a list that has no other, with its comma",
    "runners = [ {id = 1} , ] # x\n",
    [[0, ""]],
    "runners = [  ] # x\n",
  ],
  [
    "from a list and leaves the comments there",
    "runners = [\n  {id = 5}, # five\n  # one\n  {id = 1}, # end\n]\n",
    [[1, ""]],
    "runners = [\n  {id = 5} # five\n# one\n, # end\n]\n",
  ],
];

const settingCases: [string, string, Table, string][] = [
  ["in its place, in the file's spelling", "Concurrent\t=  1 # c\n", { concurrent: 3n }, "Concurrent\t=  3 # c\n"],
  [
    "not where it is the same already",
    'connection_max_age = "15m"\n',
    { connection_max_age: "15m0s", concurrent: 1n },
    'connection_max_age = "15m"\n',
  ],
  [
    "before the first table, where there is none",
    `\uFEFF${THEIRS}`,
    { concurrent: 3n },
    `\uFEFFconcurrent = 3\n\n${THEIRS}`,
  ],
  [
    "behind the last one, indented like that, at the end of a file without a line end",
    "  a = 1",
    { concurrent: 3n },
    "  a = 1\n  concurrent = 3",
  ],
  [
    "in an inline table",
    "session_server = { session_timeout = 5 }\n",
    { session_server: { session_timeout: 60n, listen_address: ":1" } },
    'session_server = { session_timeout = 60, listen_address = ":1" }\n',
  ],
  [
    "in an empty inline table",
    "session_server = {}\n",
    { session_server: { listen_address: ":1" } },
    'session_server = {listen_address = ":1"}\n',
  ],
  [
    "behind a dotted key, spelled like that",
    "Session_Server . session_timeout = 5 # s\nx = 1\n",
    { session_server: { listen_address: ":1" } },
    'Session_Server . session_timeout = 5 # s\nSession_Server.listen_address = ":1"\nx = 1\n',
  ],
  [
    "under a header",
    `[session_server] # s\n\n${THEIRS}`,
    { session_server: { listen_address: ":1" } },
    `[session_server] # s\n  listen_address = ":1"\n\n${THEIRS}`,
  ],
  [
    "in a new table",
    THEIRS,
    { session_server: { session_timeout: 60n, listen_address: ":1" } },
    `${THEIRS}\n[session_server]\n  session_timeout = 60\n  listen_address = ":1"\n`,
  ],
  [
    "in a table that only its sub-table has begun",
    "[experimental.usage_logger.labels]\na = 'b'\n",
    { experimental: { usage_logger: { enabled: true } } },
    "[experimental.usage_logger.labels]\na = 'b'\n\n[experimental.usage_logger]\n  enabled = true\n",
  ],
  [
    "as a member of a map, quoted",
    '[labels]\n  a = "1"\n',
    { labels: { "b.c": "2" } },
    '[labels]\n  a = "1"\n  "b.c" = "2"\n',
  ],
  [
    "in place of a value that is no table",
    "session_server = 7 # ?\n",
    { session_server: { session_timeout: 60n } },
    "session_server = {session_timeout = 60} # ?\n",
  ],
  [
    "a list for a list, with the comments in it",
    "experimental.usage_logger.writers = [ # none\n]\n",
    { experimental: { usage_logger: { writers: ["logrotate"] } } },
    'experimental.usage_logger.writers = ["logrotate" # none\n]\n',
  ],
];

describe("a patch", () => {
  for (const [what, before, patch, after] of cases) {
    it(`puts ${what}`, () => assert.equal(patchConfig(before, { ...NOTHING, ...patch }).text, after));
  }
  for (const [what, before, removed, after] of removals) {
    it(`takes an entry out ${what}`, () => {
      assert.equal(patchConfig(before, { ...NOTHING, removed: new Map(removed) }).text, after);
    });
  }
  for (const [what, before, declared, after] of settingCases) {
    it(`sets a global setting ${what}`, () => {
      assert.equal(patchConfig(before, { ...NOTHING, globals: declared }).text, after);
    });
  }

  it("is refused where the file spells runners in two ways, or has another thing by that name", () => {
    for (const text of ["[[runners]]\n[[Runners]]\n", "[runners]\nname = 'x'\n", "runners = 7\n", "runners = [7]\n"]) {
      assert.throws(() => patchConfig(text, { ...NOTHING, added: [ours(1)] }), UnpatchableError, text);
    }
  });

  it("is proven: a change of anything else does not pass", () => {
    const before = `# c\nconcurrent = 1\nx = 1\n\n${THEIRS}`;
    const proof = { before, root: "runners", patch: { ...NOTHING, added: [ours(1)], globals: { concurrent: 3n } } };
    const good = `# c\nconcurrent = 3\nx = 1\n\n${THEIRS}\n${OURS}`;
    assert.equal(provePatch({ ...proof, after: good }), undefined);
    const bad: [RegExp | string, string, RegExp][] = [
      ["ours 1", "other", /entries/],
      ['"theirs"', "'theirs'", /line/],
      ["theirs", "changed", /entries/],
      ["concurrent = 3", "concurrent = 4", /global settings/],
      ["x = 1", "x = 2", /setting of somebody else/],
      ["x = 1\n", "", /setting of somebody else/],
      ["x = 1", "x  = 1", /line/],
      ["# c\n", "", /comment/],
      [/\n(?=x)/, "\r\n", /^$/],
    ];
    for (const [from, to, problem] of bad) {
      assert.match(provePatch({ ...proof, after: good.replace(from, to) }) ?? "", problem, String(from));
    }
  });
});
