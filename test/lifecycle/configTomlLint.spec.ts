import assert from "node:assert/strict";
import { check } from "../../provider/lifecycle/configToml.js";

type Properties = Record<string, unknown>;

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function runner(id: number): Properties {
  return { url: "https://gitlab.example.com", id, token: { value: `glrt-canary${id}` } };
}

function docker(settings: Properties, more: Properties = {}): Properties {
  return { runner: runner(1), executor: "docker", docker: { image: "alpine", ...settings }, ...more };
}

let files = 0;

/** What `check` refuses, and what it warns of; each call has a path of its own, since a warning is shown once. */
async function lint(args: Properties): Promise<{ reasons: string[]; warnings: string[] }> {
  const { warn } = console;
  const warnings: string[] = [];
  const path = `/tmp/lint-${files++}.toml`;
  console.warn = (line: string) => warnings.push(line.replace(`ConfigToml ${path}: `, ""));
  try {
    const { failures } = await check({}, { path, ...args });
    return { reasons: (failures ?? []).map(({ reason }) => reason), warnings };
  } finally {
    console.warn = warn;
  }
}

describe("lint in the check of a ConfigToml", () => {
  const refused: [string, Properties, RegExp][] = [
    [
      "a value of a template",
      { a: docker({}, { template: '[[runners]]\n[runners.labels]\nab = "c"\n' }) },
      /^runners\.a\.template: its runners\[0\]\.labels\.ab is no label key/,
    ],
    [
      "an item of a list",
      { a: docker({}, { machine: { machineOptionsWithName: ["a=%s", "b"] } }) },
      /^runners\.a\.machine\.machineOptionsWithName\[1\]: has no %s/,
    ],
    ["a label", { a: docker({}, { labels: { "a b": "c" } }) }, /^runners\.a\.labels\["a b"\]: is no label key/],
  ];
  for (const [what, runners, reason] of refused) {
    it(`refuses ${what}, by its argument`, async () => {
      const { reasons } = await lint({ runners });
      assert.equal(reasons.length, 1, reasons.join("\n"));
      assert.match(reasons[0] ?? "", reason);
    });
  }

  const warned: [string, Properties, RegExp][] = [
    [
      "a value that cannot be used",
      { runners: { a: docker({ memory: "lots" }) } },
      /^runners\.a\.docker\.memory: is no size/m,
    ],
    [
      "a section that is missing",
      { runners: { a: { runner: runner(1), executor: "ssh" } } },
      /^runners\.a\.ssh: is missing/m,
    ],
    [
      "a word of a template",
      { runners: { a: { runner: runner(1), template: '[[runners]]\nexecutor = "doker"\n' } } },
      /^runners\.a\.template: its runners\[0\]\.executor must be .*did you mean "docker"/m,
    ],
    [
      "the sum of the limits",
      { concurrent: 2, runners: { a: docker({}, { limit: 2 }), b: docker({}, { limit: 1, runner: runner(2) }) } },
      /^concurrent: 2 is below the sum of all limits \(3\)/m,
    ],
    [
      "a setting that the template does not have, by its argument",
      { runners: { a: docker({}, { template: "[[runners]]\nlimit = 2\n" }) }, concurrent: 2 },
      /^runners\.a\.requestConcurrency: is 1 for entry "a"/m,
    ],
    [
      "a deprecated key of a template",
      { runners: { a: docker({}, { template: '[[runners]]\n[runners.cache.s3]\nUploadRoleARN = "x"\n' }) } },
      /^runners\.a\.template: its runners\[0\]\.cache\.s3\.UploadRoleARN is deprecated/m,
    ],
    [
      "the docker socket in privileged containers",
      { runners: { a: docker({ privileged: true, volumes: ["/var/run/docker.sock:/var/run/docker.sock"] }) } },
      /^runners\.a\.docker\.volumes\[0\]: mounts Docker's socket/m,
    ],
    [
      "one token in two entries",
      {
        concurrent: 2,
        runners: { a: docker({}), b: docker({}, { runner: { ...runner(2), token: runner(1).token } }) },
      },
      /^runners\.b\.runner: its token is also the token of entry "a"/m,
    ],
  ];
  for (const [what, args, warning] of warned) {
    it(`warns of ${what}, and refuses nothing`, async () => {
      const { reasons, warnings } = await lint(args);
      assert.deepEqual(reasons, []);
      assert.match(warnings.join("\n"), warning);
      assert.doesNotMatch(warnings.join("\n"), /canary/);
    });
  }

  it("shows a warning once in a process", async () => {
    const args = { path: "/tmp/lint-once.toml", runners: { a: docker({}, { limit: 2 }) } };
    assert.notEqual((await lint(args)).warnings.length, 0);
    assert.deepEqual((await lint(args)).warnings, []);
  });

  it("waits with what is not known yet, and looks at a runner that is still to be made", async () => {
    assert.deepEqual(
      (await lint({ runners: { a: docker({ memory: UNKNOWN }, { labels: { "a b": "c" } }) } })).reasons,
      [],
    );
    const made = { url: UNKNOWN, id: UNKNOWN, token: UNKNOWN };
    const { reasons, warnings } = await lint({
      concurrent: 2,
      runners: { a: docker({}, { runner: made, labels: { "a b": "c" } }), b: docker({}, { runner: made }) },
    });
    assert.equal(reasons.length, 1);
    assert.deepEqual(warnings, []);
  });

  it("waits where entries, one of them, or its runner is not known yet", async () => {
    const entry = docker({}, { labels: { "a b": "c" } });
    for (const runners of [UNKNOWN, { a: UNKNOWN, b: entry }, { a: docker({}, { runner: UNKNOWN }), b: entry }]) {
      assert.deepEqual(await lint({ runners }), { reasons: [], warnings: [] });
    }
  });

  it("keeps a secret name out of a warning", async () => {
    const args = {
      secretPaths: ["runners.a.name"],
      runners: { a: docker({}, { name: "canary-name", limit: 2, requestConcurrency: 1 }) },
      concurrent: 2,
    };
    const { warnings } = await lint(args);
    assert.match(warnings.join("\n"), /runners\.a\.requestConcurrency: breaks the rule long-poll-requests/);
    assert.doesNotMatch(warnings.join("\n"), /canary/);
  });

  it("says nothing of `concurrent` where a file that others share may set it", async () => {
    const runners = { a: docker({}, { limit: 2, requestConcurrency: 2 }) };
    const { lintInputs } = await import("../../provider/lifecycle/configToml/lint.js");
    assert.deepEqual(lintInputs({ ownership: "entries", runners } as never), { problems: [], warnings: [] });
    assert.notDeepEqual(lintInputs({ runners } as never).warnings, []);
  });
});
