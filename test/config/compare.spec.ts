import assert from "node:assert/strict";
import { compareConfigs } from "../../provider/config/compare.js";

const ENTRY =
  '[[runners]]\nname = "a"\nurl = "https://gitlab.example.com"\nid = 7\ntoken = "glrt-a"\nexecutor = "docker"\n';

/** Two texts of settings that stand in an entry, and the paths at which they differ. */
const inEntry: [string, string, string, string[]][] = [
  ["order, spacing, comments, case of keys", 'limit = 2 # x\nshell = "bash"', "Shell   =  'bash'\nLIMIT=0x2", []],
  ["an absent key and a zero", 'limit = 0\nshell = ""\ndebug_trace_disabled = false\nenvironment = []', "", []],
  ["a section and no section, where nothing is set in it", "[runners.cache]\n[runners.cache.s3]", "", []],
  ["a zero that counts by being set", "clean_git_config = false", "", ["runners[0].clean_git_config"]],
  ["durations by their length", 'unhealthy_interval = "90s"', 'unhealthy_interval = "1m30s"', []],
  [
    "times by what they say",
    "token_expires_at = 2026-01-02 03:04:05Z",
    'token_expires_at = "2026-01-02T03:04:05Z"',
    [],
  ],
  [
    "a text and a list of one",
    '[runners.docker]\npull_policy = "always"',
    '[runners.docker]\npull_policy = ["always"]',
    [],
  ],
  ["lists by their order", 'environment = ["A=1", "B=2"]', 'environment = ["B=2", "A=1"]', ["runners[0].environment"]],
  [
    "maps member by member, quoted or dotted",
    '[runners.docker]\nsysctls = {"net.a" = "1", b = "2"}',
    '[runners.docker]\nsysctls.b = "3"\nsysctls."net.a" = "1"',
    ["runners[0].docker.sysctls.b"],
  ],
  ["a key at any depth", '[runners.docker]\nimage = "a"', "", ["runners[0].docker.image"]],
  ["keys that the Runner does not know", "riddle = 1", "riddle = 2", ["runners[0].riddle"]],
  [
    "integers beyond 2^53",
    "output_limit = 9007199254740993",
    "output_limit = 9007199254740992",
    ["runners[0].output_limit"],
  ],
];

/** The same for the global section. */
const inGlobals: [string, string, string, string[]][] = [
  [
    "what loading adds",
    'concurrent = 1\nconnection_max_age = "15m0s"\n[session_server]\nsession_timeout = 1800',
    "",
    [],
  ],
  [
    "an explicit zero against a default that is not zero",
    "[session_server]\nsession_timeout = 0",
    "",
    ["session_server.session_timeout"],
  ],
  [
    "inline tables and headers",
    "session_server = {session_timeout = 60}",
    "[session_server]\nsession_timeout = 60",
    [],
  ],
  ["a byte order mark and CRLF", '\uFEFFlog_level = "info"\r\n', 'log_level = "info"', []],
  [
    "settings",
    "concurrent = 2\ncheck_interval = 3",
    'concurrent = 4\nlog_level = "debug"',
    ["concurrent", "check_interval", "log_level"],
  ],
];

describe("the comparison of two config.toml files as data", () => {
  for (const [what, one, other, paths] of inEntry) {
    it(`${paths.length > 0 ? "tells" : "does not tell"} ${what}`, () => {
      const differences = compareConfigs(`${ENTRY}${one}\n`, `${ENTRY}${other}\n`);
      assert.deepEqual(
        differences.map(({ path }) => path),
        paths,
      );
    });
  }
  for (const [what, one, other, paths] of inGlobals) {
    it(`${paths.length > 0 ? "tells" : "does not tell"}, in the global section, ${what}`, () => {
      assert.deepEqual(
        compareConfigs(one, other)
          .map(({ path }) => path)
          .sort(),
        [...paths].sort(),
      );
    });
  }

  it("finds entries by url and id, not by place, and by url and token where an id is 0", () => {
    const second = ENTRY.replace('"a"', '"b"').replace("id = 7", "id = 8").replace("glrt-a", "glrt-b");
    assert.deepEqual(compareConfigs(ENTRY + second, second + ENTRY.replace(".com", ".com/")), []);
    const old = compareConfigs(ENTRY.replace("id = 7", "id = 0"), ENTRY);
    assert.deepEqual(old, [{ path: "runners[0].id", one: undefined, other: 7n, isRunnerOwned: true }]);
  });

  it("sets apart what the Runner and GitLab write: id, token and its times", () => {
    const other = ENTRY.replace("glrt-a", "glrt-rotated").replace('"docker"', '"shell"');
    const found = compareConfigs(ENTRY, `${other}token_obtained_at = 2026-01-02T03:04:05Z\n`);
    assert.deepEqual(
      found.map(({ path, isRunnerOwned }) => [path, isRunnerOwned]),
      [
        ["runners[0].token", true],
        ["runners[0].executor", false],
        ["runners[0].token_obtained_at", true],
      ],
    );
  });

  it("tells an entry that only one has as one difference, by name and without its token", () => {
    const other = ENTRY.replace('"a"', '"b"').replace("id = 7", "id = 8");
    const [gone, added, ...rest] = compareConfigs(ENTRY, other);
    assert.deepEqual(
      [gone?.path, gone?.other, added?.path, added?.one, rest],
      ["runners[0]", undefined, "runners[1]", undefined, []],
    );
    assert.match(String(added?.other), /^"b" \(url https:\/\/gitlab\.example\.com, id 8\)$/);
    assert.ok(!JSON.stringify([gone, added]).includes("glrt"));
  });
});
