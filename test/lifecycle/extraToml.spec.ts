import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as TOML from "@iarna/toml";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { makeFolder } from "../support/folder.js";

type Properties = Record<string, unknown>;

const runner = { url: "https://gitlab.example.com", id: 7, token: { value: "glrt-not-a-token-7" } };

/** An entry with settings, and the whole of a ConfigToml with that one entry. */
const entry = (settings: Properties): Properties => ({
  path: undefined,
  runners: { build: { runner, executor: "docker", ...settings } },
});

async function reasonsOf(args: Properties): Promise<string[]> {
  const { failures } = await lifecycle.check({}, args);
  return (failures ?? []).map(({ reason }) => reason);
}

async function make(args: Properties) {
  const { inputs, failures } = await lifecycle.check({}, args);
  assert.deepEqual(failures, []);
  return (await lifecycle.create(inputs)) as unknown as { id: string; outs: Properties };
}

async function contentOf(args: Properties): Promise<string> {
  return String((await make(args)).outs.content);
}

describe("extraToml", () => {
  it("is written at every table: behind the typed keys, scalars before tables", async () => {
    const text = await contentOf({
      ...entry({
        extraToml: 'zeta = 1\nalpha = [1, 2.0]\n[new_table]\nwhen = 2026-01-02T03:04:05Z\n[[new_list]]\nname = "a"\n',
        docker: { image: "alpine", extraToml: 'future = "x"', services: [{ name: "pg", extraToml: "retries = 3" }] },
        cache: { s3: { extraToml: "ratio = 0.0" } },
      }),
      extraToml: "global_new = true\n[telemetry]\nlevel = 9223372036854775807",
    });
    assert.match(text, /^shutdown_timeout = 0\nglobal_new = true\n/m);
    assert.match(text, /\n\[telemetry\]\n {2}level = 9223372036854775807\n/);
    assert.match(text, / {2}executor = "docker"\n {2}alpha = \[1, 2\.0\]\n {2}zeta = 1\n/);
    assert.match(text, / {2}\[runners\.new_table\]\n {4}when = 2026-01-02T03:04:05/);
    assert.match(text, /\n {2}\[\[runners\.new_list\]\]\n {4}name = "a"\n/);
    assert.match(text, /\n {4}network_mtu = 0\n {4}future = "x"\n/);
    assert.match(text, /\[\[runners\.docker\.services\]\]\n {6}name = "pg"\n {6}retries = 3\n/);
    // The table holds nothing else, and is written for its sake.
    assert.match(text, /\[runners\.cache\.s3\]\n[^[]* {6}ratio = 0\.0\n/);
    const { runners } = TOML.parse(text) as unknown as { runners: [{ new_table: { when: Date } }] };
    assert.equal(runners[0].new_table.when.toISOString(), "2026-01-02T03:04:05.000Z");
  });

  const wrong: [string, Properties, RegExp][] = [
    [
      "text that is no TOML",
      { extraToml: "a = secret-value" },
      /^runners\.build\.extraToml: is not valid TOML: line 1/,
    ],
    ["what is no text", { extraToml: 5 }, /^runners\.build\.extraToml: must be TOML text/],
    [
      "a key that is typed, in any case",
      { docker: { extraToml: 'IMAGE = "secret-value"' } },
      /^runners\.build\.docker\.extraToml: must not set "IMAGE", which has an argument of its own: use "image"$/,
    ],
    [
      "a table that is typed, and names that one's extraToml",
      { extraToml: "[docker]\nfuture = 1" },
      /^runners\.build\.extraToml: must not set "docker", .*use "docker", and what is new in that table in "docker\.extraToml"$/,
    ],
    ["a dotted key into a typed table", { extraToml: "cache.s3.x = 1" }, /"cache\.extraToml"$/],
    [
      "what comes from the runner",
      { extraToml: 'Token = "secret-value"' },
      /must not set "Token": it comes from the argument "runner"$/,
    ],
    ["one key in two cases", { extraToml: "New = 1\nnew = 2" }, /must not set both "New" and "new"/],
    ["one key twice", { extraToml: "a = 1\na = 2" }, /is not valid TOML: line 2/],
  ];
  for (const [what, settings, pattern] of wrong) {
    it(`refuses ${what}`, async () => {
      const reasons = await reasonsOf(entry(settings));
      assert.equal(reasons.length, 1, reasons.join("\n"));
      assert.match(reasons[0] ?? "", pattern);
      assert.doesNotMatch(reasons.join(), /secret-value/);
    });
  }

  it("names all that is wrong at once, in tables and globals", async () => {
    const reasons = await reasonsOf({
      ...entry({ extraToml: "shell = 1\nimage = 1\nlimit = 1" }),
      extraToml: "runners = []",
    });
    assert.deepEqual(
      reasons.map((reason) => /must not set ("\w+")/.exec(reason)?.[1]),
      ['"runners"', '"shell"', '"limit"'],
    );
  });

  it("is not judged before it is known", async () => {
    assert.deepEqual(await reasonsOf(entry({ extraToml: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" })), []);
  });

  describe("and drift", () => {
    const args = (file: string) => ({
      ...entry({ docker: { image: "alpine", extraToml: 'future = "x"\nother = { deep = [1, { a = 2.5 }] }' } }),
      path: file,
    });

    async function edited(change: (text: string) => string) {
      const file = join(makeFolder(), "config.toml");
      const made = await make(args(file));
      writeFileSync(file, change(readFileSync(file, "utf8")));
      const { props, inputs } = (await lifecycle.read(made.id, made.outs)) as { props: Properties; inputs: Properties };
      return { drift: props.drift as Properties | undefined, inputs, made };
    }

    it("is clean after create", async () => {
      const { drift, inputs, made } = await edited((text) => text);
      assert.equal(drift, undefined);
      assert.deepEqual(await lifecycle.diff(made.id, made.outs, inputs), { changes: false });
    });

    it("names a raw setting that was changed or removed, and hides what was found", async () => {
      const changed = await edited((text) => text.replace('future = "x"', 'future = "canary"'));
      assert.deepEqual(Object.keys(changed.drift ?? {}), ["runners.build.docker.extraToml.future"]);
      assert.match(JSON.stringify(changed.drift), /"hmac-sha256:/);
      const removed = await edited((text) => text.replace(/^ *future = .*\n/m, ""));
      assert.deepEqual(removed.drift, { "runners.build.docker.extraToml.future": "(not set)" });
      assert.ok(!("changes" in removed.inputs));
    });

    it("names a raw setting that nobody declared by its key", async () => {
      const { drift } = await edited((text) => text.replace(/^( *)future = /m, '$1mystery = "canary"\n$1future = '));
      assert.deepEqual(Object.keys(drift ?? {}), ["runners.build.docker.mystery"]);
      assert.ok(!JSON.stringify(drift).includes("canary"));
    });
  });

  it("that is a secret shows nowhere but in the text", async () => {
    const args = { ...entry({ docker: { extraToml: 'future = "canary-extra"' } }) };
    const { outs } = await make({ ...args, secretPaths: ["runners.build.docker.extraToml"] });
    assert.match(String(outs.content), /canary-extra/);
    assert.doesNotMatch(JSON.stringify(outs.applied), /canary/);
  });
});

describe("secrets within lists of tables", () => {
  it("are put back in their places, and show nowhere else: one value, and a whole table", async () => {
    const place = "runners.build.docker.services";
    const args = entry({
      docker: {
        services: [
          { name: "pg", environment: [`secretItems: ${place}[0].environment[0]`, "LANG=C"] },
          `secretItems: ${place}[1]`,
        ],
      },
    });
    const secretItems = {
      [`${place}[0].environment[0]`]: "A=1",
      [`${place}[1]`]: { name: "canary-name", environment: ["P=canary-item"] },
    };
    const { outs } = await make({ ...args, secretItems });
    assert.match(String(outs.content), /environment = \["A=1", "LANG=C"\]/);
    assert.match(String(outs.content), /name = "canary-name"\n.*environment = \["P=canary-item"\]/);
    const applied = JSON.stringify(outs.applied);
    assert.doesNotMatch(applied, /canary|A=1/);
    assert.match(applied, /"name":"pg","environment":\["hmac-sha256:[^"]*","LANG=C"\]/);
  });
});

describe("a secret that an earlier release took for plain text", () => {
  it("is updated in place, so that state holds it encrypted, and is not sent anywhere anew", async () => {
    const s3 = { bucketName: "b", accessKey: "canary-access", secretKey: "canary-secret" };
    const args = entry({ docker: { image: "alpine" }, cache: { type: "s3", s3 } });
    const { id, outs } = await make(args);
    const marked = ["accessKey", "secretKey"].map((key) => `runners.build.cache.s3.${key}`);
    const { inputs } = await lifecycle.check(outs, { ...args, secretPaths: marked });
    assert.deepEqual(await lifecycle.diff(id, outs, inputs), { changes: true });
    const updated = (await lifecycle.update(id, outs, inputs)).outs as unknown as Properties;
    assert.equal(updated.content, outs.content);
    assert.deepEqual(await lifecycle.diff(id, updated, inputs), { changes: false });
  });
});

describe("deprecated arguments", () => {
  it("are warned of by check, once in a process, with their path and what to use instead", async () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (message: unknown) => warnings.push(message);
    const build = {
      executor: "docker+machine",
      docker: { image: "alpine:3.20" },
      cache: { type: "s3", s3: { bucketName: "b", uploadRoleArn: "x" } },
      machine: { machineDriver: "none", machineName: "m-%s", offPeakIdleTime: 5 },
    };
    const args = { ...entry(build), path: "deprecated.toml", experimental: { usageLogger: { logDir: "/x" } } };
    try {
      assert.deepEqual(await reasonsOf(args), []);
      assert.deepEqual(await reasonsOf(args), []);
    } finally {
      console.warn = warn;
    }
    assert.deepEqual(warnings.filter((line) => / deprecated/.test(String(line))).sort(), [
      "ConfigToml deprecated.toml: experimental.usageLogger.logDir: is deprecated: use experimental.usageLogger.logrotate.logDir",
      "ConfigToml deprecated.toml: runners.build.cache.s3.uploadRoleArn: is deprecated: use roleArn",
      "ConfigToml deprecated.toml: runners.build.machine.offPeakIdleTime: is deprecated: use machine.autoscaling",
    ]);
  });
});
