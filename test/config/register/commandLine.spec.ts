import assert from "node:assert/strict";
import { UsageError } from "../../../provider/config/register/commandLine.js";
import { REGISTER_FLAGS } from "../../../provider/config/register/flags.js";
import type { Table, Value } from "../../../provider/config/value.js";
import { getAt } from "../../../provider/path.js";
import { entryOf, run, SHELL, wordsFor } from "./support.js";

function docker(words: string[], environment: Record<string, string> = {}): Table {
  return entryOf([...wordsFor("docker"), ...words], { environment }).docker as Table;
}

function kubernetes(words: string[], environment: Record<string, string> = {}): Table {
  return entryOf([...wordsFor("kubernetes"), ...words], { environment }).kubernetes as Table;
}

/** A text that sets a flag of the kind, and the value that it gives. */
const SAMPLES: Record<string, [text: string, value: Value]> = {
  string: ["word", "word"],
  bool: ["true", true],
  int: ["7", 7n],
  float: ["1.5", 1.5],
  duration: ["90m", "1h30m0s"],
  "list<string>": ["a,b", ["a,b"]],
  "list<int>": ["5", [5n]],
  "string|list<string>": ["always, never", ["always", "never"]],
  "list<table>": ['[{"ip":"10.0.0.1","hostnames":["a"]}]', [{ ip: "10.0.0.1", hostnames: ["a"] }]],
  "map<string,string>": ["k:v:w", { k: "v:w" }],
  "map<string,bool>": ["k:true", { k: true }],
  "map<string,int>": ["k:3", { k: 3n }],
  "map<string,list<string>>": ["k:v", { k: ["v"] }],
};

/** For which executor a flag's section stays in the entry. */
function executorFor(section: string): string {
  const executors: Record<string, string> = { machine: "docker+machine" };
  const isSection = ["docker", "kubernetes", "ssh", "parallels", "virtualbox", "custom"].includes(section);
  return executors[section] ?? (isSection ? section : "shell");
}

describe("the flags of register", () => {
  const keyFlags = REGISTER_FLAGS.filter(({ path }) => path[0] === "entry");
  const fixed = new Set(["url", "token", "name", "executor"]);

  it("are 360: 12 of its own, 348 of the entry's keys", () => {
    assert.deepEqual([REGISTER_FLAGS.length, keyFlags.length], [360, 348]);
    const names = REGISTER_FLAGS.flatMap((flag) => flag.names);
    assert.equal(new Set(names).size, names.length);
  });

  it("set their key, by each name and by their variable", () => {
    for (const flag of keyFlags) {
      const path = flag.path.slice(1);
      if (fixed.has(path.join("."))) continue;
      const [text, value] = SAMPLES[flag.kind] ?? assert.fail(flag.kind);
      const base = wordsFor(executorFor(path[0] ?? "")).filter((word, index, all) => {
        const name = word.startsWith("--") ? word : (all[index - 1] ?? "");
        return !flag.names.includes(name.replace(/^--/, ""));
      });
      const expected = path.join(".") === "docker.volumes" ? [...(value as string[]), "/cache"] : value;
      const ways = [
        ...flag.names.map((name) => entryOf([...base, `--${name}=${text}`])),
        ...(flag.env ? [entryOf(base, { environment: { [flag.env]: text } })] : []),
      ];
      for (const entry of ways) assert.deepEqual(getAt(entry, path), expected, flag.names.join());
    }
  });

  it("have the odd names and variables of the Runner", () => {
    assert.equal(docker(["--docker-tlsverify"]).tls_verify, true);
    assert.equal(docker(["--docker-cert-path", "/c"]).tls_cert_path, "/c");
    assert.equal(docker(["--docker-userns", "host"]).userns_mode, "host");
    assert.equal(docker(["--docker-service_gpus", "all"]).service_gpus, "all");
    const environment = { RUNNER_UNHEALTHY_INTERVAL: "5m", RUNNER_job_status_final_update_retry_limit: "3" };
    const entry = entryOf(SHELL, { environment });
    assert.equal(entry.unhealthy_interval, undefined);
    assert.equal(entry.job_status_final_update_retry_limit, 3n);
  });
});

describe("how register reads its words (§1.3)", () => {
  const rows: [title: string, actual: () => unknown, expected: unknown][] = [
    ["--x alone is true", () => docker(["--docker-privileged"]).privileged, true],
    ["--x=false is false", () => docker(["--docker-privileged=false"]).privileged, false],
    ["an empty variable is true", () => docker([], { DOCKER_PRIVILEGED: "" }).privileged, true],
    ["--x false is true, and a stray word", () => docker(["--docker-privileged", "false"]).privileged, true],
    [
      "a stray word behind a bool ends all flags behind it",
      () => entryOf([...SHELL, "--debug-trace-disabled", "false", "--limit", "3"]).limit,
      undefined,
    ],
    ["a stray word elsewhere has no effect", () => entryOf(["stray", ...SHELL, "--limit", "3"]).limit, 3n],
    [
      "a *bool takes the word behind it",
      () => entryOf([...SHELL, "--clean-git-config", "false"]).clean_git_config,
      false,
    ],
    [
      "a *bool that is set already takes none",
      () => entryOf([...SHELL, "--clean-git-config", "false", "--clean-git-config"]).clean_git_config,
      true,
    ],
    [
      "a *bool set by its variable takes none",
      () =>
        entryOf([...SHELL, "--clean-git-config", "false", "--limit", "3"], {
          environment: { RUNNER_CLEAN_GIT_CONFIG: "false" },
        }),
      { clean_git_config: true, limit: undefined },
    ],
    [
      "an empty variable of a *bool is true",
      () => entryOf(SHELL, { environment: { RUNNER_CLEAN_GIT_CONFIG: "" } }).clean_git_config,
      true,
    ],
    ["a list grows with each use", () => docker(["--docker-dns", "a", "--docker-dns", "b,c"]).dns, ["a", "b,c"]],
    [
      "a variable adds one item, flags come behind it",
      () => docker(["--docker-dns", "c"], { DOCKER_DNS: "a,b" }).dns,
      ["a,b", "c"],
    ],
    [
      "pull_policy is split at commas",
      () => docker(["--docker-pull-policy", "always, never"]).pull_policy,
      ["always", "never"],
    ],
    [
      "a later pull_policy replaces the earlier",
      () => kubernetes(["--kubernetes-pull-policy", "always"], { KUBERNETES_PULL_POLICY: "never" }).pull_policy,
      ["always"],
    ],
    [
      "a map sets one key, split at the first colon",
      () => docker(["--docker-sysctls", "a:1:2"], { DOCKER_SYSCTLS: "b:3" }).sysctls,
      { a: "1:2", b: "3" },
    ],
    ["a map without a colon has an empty value", () => docker(["--docker-sysctls", "a"]).sysctls, { a: "" }],
    ["durations are Go's", () => entryOf([...SHELL, "--unhealthy-interval", "1h30m"]).unhealthy_interval, "1h30m0s"],
    ["one hyphen does", () => entryOf([...SHELL, "-limit", "3"]).limit, 3n],
    ["flag over variable", () => entryOf([...SHELL, "--limit", "3"], { environment: { RUNNER_LIMIT: "5" } }).limit, 3n],
    ["the value of a flag may begin with a hyphen", () => entryOf([...SHELL, "--limit", "-3"]).limit, -3n],
    ["-- ends the flags", () => entryOf([...SHELL, "--", "--limit", "3"]).limit, undefined],
    ["a leading register is left out", () => entryOf(["register", ...SHELL]).executor, "shell"],
  ];
  for (const [title, actual, expected] of rows) {
    it(title, () => {
      const value = actual();
      if (title.includes("set by its variable takes none")) {
        const { clean_git_config, limit } = value as Table;
        assert.deepEqual({ clean_git_config, limit }, expected);
      } else assert.deepEqual(value, expected);
    });
  }

  const refused: [title: string, words: string[], message: RegExp, environment?: Record<string, string>][] = [
    ["a *bool alone", ["--clean-git-config"], /^--clean-git-config: needs a value/],
    ["an int that is none", ["--limit", "SECRET"], /^--limit: must be a whole number/],
    ["an int set to the empty variable", [], /^environment RUNNER_LIMIT: must be a whole number/, { RUNNER_LIMIT: "" }],
    ["an int beyond 64 bits", ["--limit", "9223372036854775808"], /64 bits/],
    ["a duration without a unit", ["--unhealthy-interval", "90"], /must be a duration with a unit/],
    ["a bool that is none", ["--paused=SECRET"], /^--paused: must be true or false/],
    ["a map of bools in JSON", ["--feature-flags", '{"FF_A":true}'], /^--feature-flags: must be true or false/],
    ["host aliases that are no JSON", ["--kubernetes-host_aliases", "SECRET"], /must be JSON such as/],
    ["an unknown flag", ["--limits", "3"], /^--limits: register has no such flag/],
    ["two forms of one flag", ["-u", "https://a"], /^--(u|url): is the same flag as --(url|u)/],
    ["three hyphens", ["---limit", "3"], /three hyphens/],
    ["help", ["--help"], /registers nothing/],
  ];
  for (const [title, words, message, environment] of refused) {
    it(`refuses ${title}, and repeats no value`, () => {
      assert.throws(
        () => run([...SHELL, ...words], { environment }),
        (error: Error) =>
          error instanceof UsageError && message.test(error.message) && !error.message.includes("SECRET"),
      );
    });
  }
});
