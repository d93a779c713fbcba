import assert from "node:assert/strict";
import { lintText, type PlacedFinding } from "../../../provider/config/lint/lint.js";
import { RULES } from "../../../provider/config/lint/rules.js";

/** Rules that speak of the text itself, before anything is loaded. */
const TEXT_RULES = ["toml-syntax", "unknown-key", "wrong-type", "key-case", "key-twice", "duration-without-unit"];

const NOW = new Date("2026-06-01T00:00:00Z");

/** An entry in which nothing is wrong; the row's own lines follow. */
function entry(lines: string, executor = "shell"): string {
  return `concurrent = 1\n[[runners]]\nname = "a"\nurl = "https://gitlab.example.com"\nid = 1\ntoken = "glrt-a"\nexecutor = "${executor}"\n${lines}`;
}

function docker(lines: string): string {
  return entry(`[runners.docker]\nimage = "alpine"\n${lines}`, "docker");
}

function kubernetes(lines: string): string {
  return entry(`[runners.kubernetes]\nimage = "alpine"\n${lines}`, "kubernetes");
}

function machine(lines: string): string {
  const options = 'MachineDriver = "google"\n';
  return entry(`[runners.docker]\nimage = "alpine"\n[runners.machine]\n${options}${lines}`, "docker+machine");
}

/** Two entries; `change` is applied to the second one's lines. */
function pair(second: Record<string, string>, concurrent = 3): string {
  const lines = { name: '"b"', url: '"https://gitlab.example.com"', id: "2", token: '"glrt-b"', ...second };
  const text = Object.entries(lines).map(([key, value]) =>
    value.startsWith("▶") ? `▶${key} = ${value.slice(1)}` : `${key} = ${value}`,
  );
  return `${entry("request_concurrency = 2\n").replace("concurrent = 1", `concurrent = ${concurrent}`)}[[runners]]\nrequest_concurrency = 2\nexecutor = "shell"\n${text.join("\n")}\n`;
}

const one = entry("");

/** Each row: the rule, a text in which ▶ marks the place that is named, and the same without the fault. */
const ROWS: [rule: string, bad: string, good: string][] = [
  ["toml-syntax", `${one}limit = ▶`, `${one}limit = 1`],
  ["toml-syntax", `${one}limit = 1\n▶limit = 2`, one],
  ["unknown-key", docker('▶imgae = "x"'), docker("")],
  ["unknown-key", entry('[runners.docker]\nimage = "a"\n[runners.docker.▶tmpfss]\n"/x" = "rw"', "docker"), docker("")],
  ["unknown-key", `▶limit = 3\n${one}`, one],
  ["wrong-type", docker('▶privileged = "yes"'), docker("privileged = false")],
  ["wrong-type", docker("▶cpus = 2"), docker('cpus = "2"')],
  ["wrong-type", entry("▶limit = 1.0"), entry("limit = 1")],
  ["wrong-type", entry('environment = ["A=b", ▶1]'), entry('environment = ["A=b"]')],
  ["wrong-type", `▶connection_max_age = "5"\n${one}`, `connection_max_age = "5s"\n${one}`],
  ["key-case", docker("▶PRIVILEGED = true"), docker("privileged = true")],
  ["key-twice", docker("privileged = true\n▶Privileged = false"), docker("privileged = true")],
  ["duration-without-unit", `▶connection_max_age = 900\n${one}`, `connection_max_age = "15m"\n${one}`],
  ["concurrent-too-low", one.replace("concurrent = 1", "▶concurrent = 0"), one],
  [
    "limit-sum-above-concurrent",
    pair({ limit: "3" }).replace("concurrent = 3", "▶concurrent = 2"),
    pair({ limit: "3" }),
  ],
  ["limit-above-concurrent", entry("▶limit = 2"), entry("limit = 1")],
  ["negative-limit", entry("▶limit = -1"), entry("limit = 0")],
  ["request-concurrency-above-concurrent", entry("▶request_concurrency = 2"), entry("request_concurrency = 1")],
  [
    "request-concurrency-above-limit",
    entry("limit = 2\n▶request_concurrency = 3").replace("concurrent = 1", "concurrent = 9"),
    entry("limit = 3\nrequest_concurrency = 3").replace("concurrent = 1", "concurrent = 9"),
  ],
  ["long-poll-workers", pair({}, 1).replace("concurrent", "▶concurrent"), pair({}, 2)],
  [
    "long-poll-requests",
    entry("▶request_concurrency = 1\nlimit = 10").replace("concurrent = 1", "concurrent = 10"),
    entry("request_concurrency = 2\nlimit = 10").replace("concurrent = 1", "concurrent = 10"),
  ],
  [
    "long-poll-default",
    entry("").replace("concurrent = 1", "concurrent = 10").replace("[[runners]]", "[[▶runners]]"),
    entry("request_concurrency = 2").replace("concurrent = 1", "concurrent = 10"),
  ],
  ["missing-url", one.replace("url = ", "▶url = ").replace("https://gitlab.example.com", ""), one],
  ["missing-url", one.replace(/url = .*\n/, "").replace("[[runners]]", "[[▶runners]]"), one],
  ["missing-token", one.replace('token = "glrt-a"', '▶token = ""'), one],
  ["invalid-url", one.replace('url = "https', '▶url = "ftp'), one],
  ["legacy-url", one.replace('url = "https://gitlab.example.com', '▶url = "https://gitlab.example.com/ci/'), one],
  ["password-in-url", one.replace('url = "https://', '▶url = "https://user:canary@'), one],
  ["password-in-url", entry('▶clone_url = "https://u:canary@x.example"'), entry('clone_url = "https://x.example"')],
  ["registration-token", one.replace('token = "glrt-a', '▶token = "GR1348941a'), one.replace("glrt-a", "glrtr-a")],
  ["token-twice", pair({ token: '▶"glrt-a"' }), pair({})],
  ["runner-twice", pair({ id: "▶1", url: '"https://gitlab.example.com/"' }), pair({})],
  ["name-twice", pair({ name: '▶"a"' }), pair({})],
  [
    "token-expired",
    entry("token_obtained_at = 2025-01-01T00:00:00Z\n▶token_expires_at = 2026-05-31T23:59:59Z"),
    entry("token_obtained_at = 2025-01-01T00:00:00Z\ntoken_expires_at = 2026-06-02T00:00:00Z"),
  ],
  [
    "token-obtained-missing",
    entry("token_expires_at = 2027-01-01T00:00:00Z").replace("[[runners]]", "[[▶runners]]"),
    entry("token_expires_at = 0001-01-01T00:00:00Z"),
  ],
  [
    "token-not-rotated",
    entry(
      "token_obtained_at = 2026-01-01\ntoken_expires_at = 2027-01-01\n[runners.feature_flags]\n▶FF_DISABLE_AUTOMATIC_TOKEN_ROTATION = true",
    ),
    entry("[runners.feature_flags]\nFF_DISABLE_AUTOMATIC_TOKEN_ROTATION = true"),
  ],
  ["missing-executor", one.replace(/executor = .*\n/, "").replace("[[runners]]", "[[▶runners]]"), one],
  ["missing-section", entry("", "docker").replace("[[runners]]", "[[▶runners]]"), docker("")],
  [
    "missing-section",
    entry("", "instance").replace("[[runners]]", "[[▶runners]]"),
    entry('[runners.autoscaler]\nplugin = "aws"', "instance"),
  ],
  ["missing-setting", entry("[runners.▶custom]", "custom"), entry('[runners.custom]\nrun_exec = "/run"', "custom")],
  ["missing-setting", entry('[runners.ssh]\n▶host = ""', "ssh"), entry('[runners.ssh]\nhost = "x"', "ssh")],
  ["missing-image", entry("[runners.▶docker]", "docker"), docker("")],
  ["unused-section", entry("[runners.▶docker]\nimage = 'a'"), one],
  [
    "privileged-docker-socket",
    docker('privileged = true\nvolumes = ["/cache", ▶"/var/run/docker.sock:/var/run/docker.sock"]'),
    docker('privileged = false\nvolumes = ["/cache", "/var/run/docker.sock:/var/run/docker.sock"]'),
  ],
  [
    "privileged-docker-socket",
    kubernetes(
      'privileged = true\n[[runners.kubernetes.volumes.▶host_path]]\nname = "d"\nmount_path = "/d"\nhost_path = "/var/run/docker.sock"',
    ),
    kubernetes(
      'privileged = true\n[[runners.kubernetes.volumes.host_path]]\nname = "d"\nmount_path = "/d"\nhost_path = "/d"',
    ),
  ],
  [
    "pull-policy-not-allowed",
    docker('▶pull_policy = "never"\nallowed_pull_policies = ["always"]'),
    docker('pull_policy = ["never", "always"]\nallowed_pull_policies = ["always"]'),
  ],
  [
    "slot-template",
    entry('use_slot_cgroups = true\n▶slot_cgroup_template = "x"'),
    entry('use_slot_cgroups = true\nslot_cgroup_template = "x-$slot"'),
  ],
  [
    "missing-cache-section",
    entry('[runners.▶cache]\nType = "s3"'),
    entry('[runners.cache]\nType = "s3"\n[runners.cache.s3]\nBucketName = "b"'),
  ],
  ["missing-cache-bucket", entry('[runners.cache]\nType = "azure"\n[runners.cache.▶azure]'), one],
  [
    "missing-cache-type",
    entry('[runners.▶cache]\n[runners.cache.gcs]\nBucketName = "b"'),
    entry("[runners.cache.gcs]"),
  ],
  ["invalid-label", entry('[runners.labels]\n▶ab = "x"'), entry('[runners.labels]\nabc = "x"')],
  ["invalid-label", `[labels]\nabc = "x"\n▶abd = "x y"\n${one.replace("concurrent = 1\n", "")}`, one],
  [
    "too-many-labels",
    entry(`[runners.▶labels]\n${Array.from({ length: 33 }, (_, n) => `label${n} = "x"`).join("\n")}`),
    entry(`[runners.labels]\n${Array.from({ length: 32 }, (_, n) => `label${n} = "x"`).join("\n")}`),
  ],
  ["unknown-word", one.replace('executor = "shell"', '▶executor = "shel"'), one],
  ["unknown-word", docker('pull_policy = ["always", ▶"sometimes"]'), docker('pull_policy = ["always", "never"]')],
  ["word-case", `▶log_level = "INFO"\n${one}`, `log_level = "info"\n${one}`],
  ["deprecated-key", machine('MachineName = "m-%s"\n▶OffPeakTimezone = "UTC"'), machine('MachineName = "m-%s"')],
  [
    "invalid-period",
    machine(
      'MachineName = "m-%s"\n[[runners.machine.autoscaling]]\nPeriods = ["* * 9-17 * * mon-fri *", ▶"* * 9-25 * * * *"]',
    ),
    machine(
      'MachineName = "m-%s"\n[[runners.machine.autoscaling]]\nPeriods = ["* * 9-17 * * mon-fri *", "0 */2 1,15 * sun"]',
    ),
  ],
  [
    "invalid-timezone",
    machine('MachineName = "m-%s"\n[[runners.machine.autoscaling]]\nPeriods = []\n▶Timezone = "Europe/Atlantis"'),
    machine('MachineName = "m-%s"\n[[runners.machine.autoscaling]]\nPeriods = []\nTimezone = "Europe/Berlin"'),
  ],
  [
    "invalid-job-regex",
    entry('[[runners.monitoring.job_queuing_durations]]\nperiods = []\n▶jobs_running_for_project = "(x"'),
    entry(
      '[[runners.monitoring.job_queuing_durations]]\nperiods = []\njobs_running_for_project = "(?i)^[[:digit:]]+\\\\z"',
    ),
  ],
  [
    "invalid-regex",
    kubernetes('▶namespace_overwrite_allowed = "ci-(?!x)"'),
    kubernetes('namespace_overwrite_allowed = "ci-.*"'),
  ],
  [
    "invalid-size",
    docker('▶memory = "2 cups"'),
    docker('memory = "2g"\nmemory_swap = "-1"\nmemory_reservation = "512m"'),
  ],
  ["invalid-quantity", kubernetes('▶cpu_limit = "1x"'), kubernetes('cpu_limit = "500m"\nmemory_limit = "1.5Gi"')],
  [
    "idle-time-too-short",
    entry('[runners.autoscaler]\nplugin = "aws"\n[[runners.autoscaler.policy]]\n▶idle_time = "5ms"', "instance"),
    entry('[runners.autoscaler]\nplugin = "aws"\n[[runners.autoscaler.policy]]\nidle_time = "1s"', "instance"),
  ],
  ["environment-item", entry('environment = ["A=b", ▶"canary"]'), entry('environment = ["A="]')],
  [
    "nfs-volume-not-complete",
    kubernetes('[[runners.kubernetes.volumes.▶nfs]]\nname = "n"\nmount_path = "/n"\nserver = "s"'),
    kubernetes('[[runners.kubernetes.volumes.nfs]]\nname = "n"\nmount_path = "/n"\nserver = "s"\npath = "/p"'),
  ],
  [
    "volume-not-complete",
    kubernetes('[[runners.kubernetes.volumes.▶empty_dir]]\nname = "n"'),
    kubernetes('[[runners.kubernetes.volumes.empty_dir]]\nname = "n"\nmount_path = "/n"'),
  ],
  ["machine-name", machine('▶MachineName = "machine"'), machine('MachineName = "machine-%s"')],
  [
    "machine-options",
    machine('MachineName = "m-%s"\nMachineOptionsWithName = ["a=%s", ▶"canary"]'),
    machine('MachineName = "m-%s"\nMachineOptionsWithName = ["a=%s"]'),
  ],
];

function placeOf(text: string): { line: number; column: number } {
  const lines = text.slice(0, text.indexOf("▶")).split("\n");
  return { line: lines.length, column: (lines.at(-1) as string).length + 1 };
}

function findingsOf(rule: string, text: string): PlacedFinding[] {
  return lintText(text.replaceAll("▶", ""), NOW).filter((finding) => finding.rule === rule);
}

describe("the rules of lint", () => {
  for (const [rule, bad, good] of ROWS) {
    const { line, column } = placeOf(bad);
    it(`${rule}: is found at ${line}:${column}, and nowhere in the same file without it`, () => {
      const found = findingsOf(rule, bad);
      assert.deepEqual(
        found.map((finding) => ({ line: finding.line, column: finding.column })),
        [{ line, column }],
        JSON.stringify(lintText(bad.replaceAll("▶", ""), NOW), null, 1),
      );
      assert.deepEqual(findingsOf(rule, good), []);
    });
  }

  it("have a row each", () => {
    const known = new Set([...TEXT_RULES, ...RULES.map(({ id }) => id)]);
    assert.deepEqual([...new Set(ROWS.map(([rule]) => rule))].sort(), [...known].sort());
    assert.equal(RULES.length, new Set(RULES.map(({ id }) => id)).size, "an id stands for one rule");
  });

  it("never repeat a token, a password or an item of the environment", () => {
    for (const [rule, bad] of ROWS) {
      const told = JSON.stringify(lintText(bad.replaceAll("▶", ""), NOW).map(({ anchor, ...finding }) => finding));
      assert.doesNotMatch(told, /canary|glrt-a|glrt-b|GR1348941/, rule);
    }
  });

  it("find nothing in an ordinary file of each executor", () => {
    for (const text of [one, docker(""), kubernetes(""), machine('MachineName = "m-%s"')]) {
      assert.deepEqual(lintText(text, NOW), []);
    }
  });

  it("name the same places in a file with a byte order mark and CRLF", () => {
    const text = docker('imgae = "x"');
    const [plain] = lintText(text, NOW);
    const [windows] = lintText(`\uFEFF${text.replaceAll("\n", "\r\n")}`, NOW);
    assert.deepEqual(windows, plain);
  });

  it("say once what is wrong with a value that cannot be loaded", () => {
    const text = entry("executor = 3").replace('executor = "shell"\n', "");
    assert.deepEqual(
      lintText(text, NOW).map(({ rule }) => rule),
      ["wrong-type"],
    );
  });
});

describe("what lint suggests for an unknown key", () => {
  const rows: [string, string, RegExp][] = [
    ["a near name", docker('imgae = "x"'), /did you mean "image"\?/],
    ["another spelling", entry("requestConcurrency = 1"), /did you mean "request_concurrency"\?/],
    ["a hyphen", docker("pull-policy = 'always'"), /did you mean "pull_policy"\?/],
    ["the table that has it", entry("privileged = true"), /it belongs to \[runners\.docker\], \[runners\.kubernetes\]/],
    ["the top of the file", entry("concurrent = 3"), /it belongs to the top of the file/],
    ["nothing where nothing is near", entry("zzzzzzzzzz = 3"), /remove it, or look for its name in the docs/],
  ];
  for (const [what, text, message] of rows) {
    it(`is ${what}`, () => {
      assert.match(lintText(text, NOW).find(({ rule }) => rule === "unknown-key")?.message ?? "", message);
    });
  }
});
