import assert from "node:assert/strict";
import * as configToml from "../../provider/lifecycle/configToml.js";
import * as runner from "../../provider/lifecycle/runner.js";
import { useGitLab } from "../support/gitlab.js";

type Properties = Record<string, unknown>;

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

async function reasonsOf(check: typeof runner.check | typeof configToml.check, args: Properties): Promise<string[]> {
  const { failures } = await check({}, args);
  // The engine prints the value of a property that a failure names.
  assert.ok((failures ?? []).every(({ property }) => property === ""));
  return (failures ?? []).map(({ reason }) => reason);
}

/** Title, arguments, and what each reason must match, in any order. */
type Row = [string, Properties, RegExp[]];

function checkRows(check: typeof runner.check | typeof configToml.check, base: Properties, rows: Row[]): void {
  for (const [title, args, wanted] of rows) {
    it(title, async () => {
      const reasons = await reasonsOf(check, { ...base, ...args });
      assert.equal(reasons.length, wanted.length, reasons.join("\n"));
      for (const pattern of wanted)
        assert.ok(
          reasons.some((reason) => pattern.test(reason)),
          `${pattern} not in\n${reasons.join("\n")}`,
        );
    });
  }
}

describe("a Runner's arguments", () => {
  beforeEach(() => useGitLab({ url: "https://gitlab.example.com", token: "t" }));

  checkRows(runner.check, { runnerType: "instance_type" }, [
    ["are fine with a type alone", {}, []],
    ["need a type", { runnerType: undefined }, [/^runnerType: is missing: it must be "instance_type"/]],
    [
      "need a type where the token that would do without is undefined",
      { runnerType: undefined, registrationToken: undefined },
      [/^runnerType: is missing: .*unless authenticationToken or registrationToken is given and not undefined$/],
    ],
    ["need a known type", { runnerType: "shared" }, [/^runnerType: must be/]],
    [
      "need the group of a group runner",
      { runnerType: "group_type" },
      [/^groupId: is missing: a group_type runner needs it/],
    ],
    ["take no group with an instance runner", { groupId: 5 }, [/^groupId: goes with runnerType "group_type" only/]],
    [
      "take GitLab's number for a group, not its path",
      { runnerType: "group_type", groupId: "a/b" },
      [/^groupId: must be GitLab's number/],
    ],
    [
      "take no list of one number for a group",
      { runnerType: "group_type", groupId: [5] },
      [/^groupId: must be GitLab's number/],
    ],
    [
      "take no number that would not stay as it is",
      { runnerType: "group_type", groupId: "99999999999999999999" },
      [/^groupId: must be GitLab's number/],
    ],
    [
      "take at most 1,024 characters of a note",
      { maintenanceNote: "é".repeat(1025) },
      [/^maintenanceNote: is longer than 1024 characters/],
    ],
    ["take 1,024 characters of a note, counted as GitLab counts", { maintenanceNote: "😀".repeat(1024) }, []],
    [
      "take at most 50 tags",
      { tagList: Array.from({ length: 51 }, (_, index) => `t${index}`) },
      [/^tagList: has more than 50 tags/],
    ],
    ["take no comma in a tag", { tagList: ["a,b"] }, [/^tagList\[0\]: must not hold a comma/]],
    [
      "take no blank tag and no tag beyond 255 characters",
      { tagList: [" ", "x".repeat(256)] },
      [/^tagList\[0\]: must not be blank/, /^tagList\[1\]: is longer than 255/],
    ],
    [
      "need tags where untagged jobs are not taken",
      { runUntagged: false, tagList: [] },
      [/^tagList: must not be empty with runUntagged false/],
    ],
    ["take no timeout below 600 seconds", { maximumTimeout: 599 }, [/^maximumTimeout: must be at least 600 seconds/]],
    [
      "take no timeout beyond GitLab's 32 bits",
      { maximumTimeout: 2 ** 31 },
      [/^maximumTimeout: must be at most 2147483647 seconds: leave it out/],
    ],
    ["take the longest timeout that GitLab has", { maximumTimeout: 2 ** 31 - 1 }, []],
    ["take no timeout with a fraction", { maximumTimeout: 600.5 }, [/^maximumTimeout: must be a whole number/]],
    ["take a time in RFC 3339 only", { initialTokenExpiresAt: "tomorrow" }, [/^initialTokenExpiresAt: must be a time/]],
    [
      "need an expiry beside a rotation deadline",
      { tokenRotationDeadline: "2026-01-01T00:00:00Z" },
      [/^tokenRotationDeadline: needs initialTokenExpiresAt/],
    ],
    [
      "name an unknown argument with the nearest known one",
      { descripton: "x", quux: 1 },
      [
        /^descripton: is not a known argument: did you mean "description"\?/,
        /^quux: is not a known argument; known are runnerType, /,
      ],
    ],
    [
      "are told a misspelt one whose value is not known yet",
      { tagLst: UNKNOWN, rotation: { trigers: UNKNOWN } },
      [/^tagLst: is not a known .* "tagList"\?$/, /^rotation\.trigers: is not a known .* "triggers"\?$/],
    ],
    [
      "are told all at once",
      { runnerType: "x", paused: "yes", accessLevel: "all" },
      [/^runnerType/, /^paused: must be true or false/, /^accessLevel/],
    ],
    [
      "are not judged where they are not known yet",
      { runnerType: UNKNOWN, tagList: [UNKNOWN], runUntagged: false, maximumTimeout: UNKNOWN },
      [],
    ],
    ["may hold null for not given", { description: null }, []],
  ]);

  it("never tell the value that was given", async () => {
    const canary = "canary-value";
    const args = {
      runnerType: canary,
      description: { canary },
      tagList: [`${canary},`],
      [canary]: 1,
      maximumTimeout: canary,
      groupId: canary,
    };
    const reasons = await reasonsOf(runner.check, args);
    assert.ok(reasons.length >= 5);
    assert.ok(
      reasons.filter((reason) => !reason.startsWith(canary)).every((reason) => !reason.includes(canary)),
      reasons.join("\n"),
    );
  });

  it("never offer what no program gives", async () => {
    for (const args of [{ secretPath: ["x"] }, { zzz: 1 }]) {
      const reasons = (await reasonsOf(runner.check, { runnerType: "instance_type", ...args })).join();
      assert.doesNotMatch(reasons, /secret(Paths|Items)|identity|stackId/);
    }
    assert.doesNotMatch((await reasonsOf(configToml.check, { runners: {}, zzz: 1 })).join(), /secretPaths|\bstack\b/);
  });

  it("count tags as a set", async () => {
    const tagList = Array.from({ length: 60 }, (_, index) => `t${index % 50}`);
    assert.deepEqual(await reasonsOf(runner.check, { runnerType: "instance_type", tagList }), []);
  });

  it("hold the first token's times together at creation only", async () => {
    const args = { runnerType: "instance_type", tokenRotationDeadline: "2026-01-31T12:00:00Z" };
    assert.match((await reasonsOf(runner.check, args)).join(), /^tokenRotationDeadline: needs initialTokenExpiresAt/);
    const olds = { runnerType: "instance_type", url: "https://gitlab.example.com" };
    assert.equal((await runner.check(olds, args)).failures, undefined);
  });

  it("are told together with missing settings", async () => {
    delete process.env.GITLAB_TOKEN;
    const reasons = await reasonsOf(runner.check, { runnerType: "x" });
    assert.match(reasons.join("\n"), /no GitLab to talk to[\s\S]*runnerType: must be/);
  });

  it("come back normalized: tags as a sorted set, ids as numbers, with the address", async () => {
    const { inputs } = await runner.check(
      {},
      { runnerType: "project_type", projectId: "12", tagList: ["b", " a", "b"], drift: { paused: true } },
    );
    assert.deepEqual(inputs, {
      runnerType: "project_type",
      projectId: 12,
      tagList: ["a", "b"],
      url: "https://gitlab.example.com",
    });
  });
});

describe("a ConfigToml's arguments", () => {
  const RUNNER = { url: "https://gitlab.example.com", id: 7, token: { value: "glrt-canary" } };
  const entry = (settings: Properties = {}) => ({
    runners: { main: { runner: RUNNER, executor: "docker", ...settings } },
  });

  checkRows(configToml.check, entry(), [
    ["are fine with one entry", {}, []],
    ["need a map of entries", { runners: undefined }, [/^runners: is missing: it must be a map/]],
    ["need an executor", entry({ executor: undefined }), [/^runners\.main\.executor: is missing: name one/]],
    [
      "take the executor from a template",
      entry({ executor: undefined, template: '[[runners]]\nexecutor = "shell"' }),
      [],
    ],
    [
      "name a misspelt setting whose value is not known yet",
      entry({ docker: { image: "x", memry: UNKNOWN, sysctls: { any: UNKNOWN } }, environment: [UNKNOWN] }),
      [/^runners\.main\.docker\.memry: is not a known argument: did you mean "memory"\?$/],
    ],
    [
      "have each secret that a list refers to: ignoreChanges may keep the list alone",
      entry({ environment: ["A=1", "secretItems: runners.main.environment[1]"] }),
      [/^runners\.main\.environment\[1\]: stands for a secret, .*: ignore secretItems, too, or neither$/],
    ],
    ["need a known executor", entry({ executor: "dockr" }), [/^runners\.main\.executor: must be "shell", "custom"/]],
    ["need a runner", entry({ runner: undefined }), [/^runners\.main\.runner: is missing: it must be a Runner, or/]],
    [
      "tell an item of a set that has no runner yet",
      entry({ runner: { url: "https://gitlab.example.com", item: "fleet.new" } }),
      [/^runners\.main\.runner: is an item of a RunnerSet that has no runner yet: let the same run change the set/],
    ],
    [
      "name a misspelt setting at its depth",
      entry({ docker: { imag: "x" } }),
      [/^runners\.main\.docker\.imag: is not a known argument: did you mean "image"\?/],
    ],
    [
      "name a wrong kind at its depth",
      entry({ docker: { privileged: "yes", services: [{ name: 5 }] } }),
      [
        /^runners\.main\.docker\.privileged: must be true or false/,
        /^runners\.main\.docker\.services\[0\]\.name: must be text/,
      ],
    ],
    [
      "take a word or a list where the Runner does, and known words only",
      entry({ docker: { pullPolicy: ["alway"] } }),
      [/^runners\.main\.docker\.pullPolicy: must be "always", "if-not-present" or "never", or a list of these/],
    ],
    [
      "take a duration with a unit only",
      { connectionMaxAge: "15" },
      [/^connectionMaxAge: must be a duration with a unit/],
    ],
    ["take at least one concurrent job", { concurrent: 0 }, [/^concurrent: must be at least 1/]],
    [
      "name what is wrong with a template",
      entry({ template: "[[runners]]\n[[runners]]" }),
      [/^runners\.main\.template: needs exactly one \[\[runners\]\] entry and has 2/],
    ],
    [
      "name a wrong kind in a template by its key there",
      entry({ template: '[[runners]]\nlimit = "x"' }),
      [/^runners\.main\.template: its runners\[0\]\.limit must be a whole number/],
    ],
    [
      "take a token without blanks",
      entry({ runner: { ...RUNNER, token: { value: "glrt canary" } } }),
      [/^runners\.main\.runner\.token: must not be empty or hold blanks/],
    ],
    [
      "take the same runner once",
      {
        runners: {
          a: { runner: RUNNER, executor: "shell" },
          b: { runner: { ...RUNNER, url: `${RUNNER.url}/` }, executor: "shell" },
        },
      },
      [/^runners\.b\.runner: is the same runner as in runners\.a/],
    ],
    [
      "name a file, not a folder or a shell's shorthand",
      { path: "/etc/gitlab-runner/" },
      [/^path: must name the file/],
    ],
    ["know no tilde", { path: "~/config.toml" }, [/^path: must not begin with "~"/]],
    [
      "are not judged where they are not known yet",
      entry({
        runner: { url: UNKNOWN, id: UNKNOWN, token: UNKNOWN },
        executor: UNKNOWN,
        template: UNKNOWN,
        docker: { image: UNKNOWN },
      }),
      [],
    ],
    ["take integers beyond 2^53 as text", entry({ cache: { maxUploadedArchiveSize: "9223372036854775807" } }), []],
    [
      "take no integer beyond 64 bits",
      entry({ cache: { maxUploadedArchiveSize: "9223372036854775808" } }),
      [/^runners\.main\.cache\.maxUploadedArchiveSize: must be a whole number/],
    ],
  ]);

  it("never tell a token", async () => {
    const reasons = await reasonsOf(
      configToml.check,
      entry({ runner: { ...RUNNER, token: "glrt-canary", id: "glrt-canary", url: "glrt-canary" } }),
    );
    assert.equal(reasons.length, 3);
    assert.ok(
      reasons.every((reason) => !reason.includes("canary")),
      reasons.join("\n"),
    );
  });
});
