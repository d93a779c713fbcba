import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import { ConfigToml } from "../../provider/index.js";
import { check } from "../../provider/lifecycle/configToml.js";

const RUNNER = { url: "https://gitlab.example.com", id: 1, token: { value: "glrt-FAKE" } };

async function reasonsOf(entry: object, more: object = {}): Promise<string[]> {
  const a = { runner: RUNNER, executor: "instance", autoscaler: { plugin: "p" }, ...entry };
  const { failures } = await check({}, { ...more, runners: { a } });
  return (failures ?? []).map(({ reason }) => reason);
}

const withPlugin = (pluginConfig: unknown) => ({ autoscaler: { plugin: "p", pluginConfig } });

const PLUGIN = "runners.a.autoscaler.pluginConfig";

/** Title, entry, other arguments, and how the reasons begin, in this order. */
type Row = [string, object, object, string[]];

const rows: Row[] = [
  ["a free table that is null, as one that was left out", withPlugin(null), {}, []],
  ["null in a free table, as what was left out", withPlugin({ a: null, b: { c: null } }), {}, []],
  ["whole numbers that JavaScript holds exactly", withPlugin({ a: Number.MAX_SAFE_INTEGER, b: 1.5 }), {}, []],
  ["64 bits in TOML text", withPlugin("a = -9223372036854775808\nb = 9223372036854775807\nc = 1e300"), {}, []],
];

const refused: Row[] = [
  ["null in a list of a free table", withPlugin({ a: [null] }), {}, [`${PLUGIN}.a[0]: `]],
  ["2^63 in a free table", withPlugin({ a: { b: 2 ** 63 } }), {}, [`${PLUGIN}.a.b: must not be beyond 2^53`]],
  ["what JavaScript has rounded already", withPlugin({ a: 2 ** 53 }), {}, [`${PLUGIN}.a: must not be beyond 2^53`]],
  ["1e300, which is a float in TOML only", withPlugin({ a: [1e300] }), {}, [`${PLUGIN}.a[0]: must not be`]],
  ["no number at all", withPlugin({ a: Number.NaN }), {}, [`${PLUGIN}.a: must be a number`]],
  ["several, each by its path", withPlugin({ a: 1e30, b: 1e31 }), {}, [`${PLUGIN}.a: `, `${PLUGIN}.b: `]],
  [
    "more than 64 bits in TOML text",
    withPlugin("[t]\na = 9223372036854775808"),
    {},
    [`${PLUGIN}: must hold whole numbers of at most 64 bits: t.a has more`],
  ],
  [
    "more than 64 bits in raw settings",
    {},
    { extraToml: "a = [1, -9223372036854775809]" },
    ["extraToml: must hold whole numbers of at most 64 bits: a[1] has more"],
  ],
  [
    "more than 64 bits in a template's unknown key",
    { template: "[[runners]]\nnews = 9223372036854775808" },
    {},
    ["runners.a.template: its runners[0].news must be a whole number of at most 64 bits"],
  ],
  ["more than 64 bits in a setting", { limit: "9223372036854775808" }, {}, ["runners.a.limit: must be a whole number"]],
];

describe("numbers and nothings among a ConfigToml's arguments", () => {
  for (const [title, entry, more, reasons] of rows)
    it(`take ${title}`, async () => assert.deepEqual(await reasonsOf(entry, more), reasons));

  for (const [title, entry, more, starts] of refused) {
    it(`refuse ${title}`, async () => {
      const reasons = await reasonsOf(entry, more);
      assert.equal(reasons.length, starts.length, reasons.join("\n"));
      for (const [index, start] of starts.entries()) assert.ok(reasons[index]?.startsWith(start), reasons[index]);
      assert.doesNotMatch(reasons.join(), /\d{17,}|e\+\d|report this/);
    });
  }

  it("refuse null for an entry by its name", async () => {
    const { failures } = await check({}, { runners: { a: { runner: RUNNER, executor: "shell" }, b: null } });
    assert.deepEqual(
      failures?.map(({ reason }) => reason),
      ["runners.b: must be a table of settings: leave the name out for no entry"],
    );
  });

  it("refuse a BigInt, which Pulumi would turn into an empty table", () => {
    const runner = { ...RUNNER, token: "glrt-FAKE" };
    const entry = { runner, executor: "instance", limit: 10n, ...withPlugin({ a: [1, 2n] }) } as never;
    assert.throws(
      () => new ConfigToml("numbers", { runners: { a: entry } }),
      (error: unknown) => {
        assert.ok(RunError.isInstance(error));
        const start = (line: string) => line.slice(0, line.indexOf(": must be a number, or text"));
        const places = [`ConfigToml numbers: ${PLUGIN}.a[1]`, "ConfigToml numbers: runners.a.limit"];
        assert.deepEqual(error.message.split("\n").map(start).sort(), places.sort());
        return true;
      },
    );
  });
});
