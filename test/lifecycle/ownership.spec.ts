import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseToml } from "../../provider/config/toml.js";
import { LocalHost } from "../../provider/delivery/local.js";
import { putEntries } from "../../provider/lifecycle/configToml/sharedFile.js";
import { type ConfigTomlInputs, render } from "../../provider/lifecycle/configToml/spec.js";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import fc from "../support/chance.js";
import { makeFolder } from "../support/folder.js";
import { failureOf } from "../support/reject.js";
import { foreignFiles } from "../support/tomlText.js";

type Properties = Record<string, unknown>;

interface Made {
  id: string;
  outs: Properties;
}

const URL = "https://gitlab.example.com";
const [OURS, THEIRS] = [
  { id: "a".repeat(32), name: "team/dev" },
  { id: "b".repeat(32), name: "team/prod" },
];

function runner(id: number, value = `glrt-token-${id}`): Properties {
  return { url: URL, id, token: { value, obtainedAt: "2026-01-02T03:04:05Z" } };
}

const SHELL = (id: number, settings: Properties = {}) => ({ runner: runner(id), executor: "shell", ...settings });

const FOREIGN = [
  "# the team's runners",
  "concurrent   = 4 # two cores",
  'mystery = "x"',
  "",
  "[[runners]]",
  '  Name = "colleague"',
  `  url = "${URL}/"`,
  "  id = 99",
  "  token = 'glrt-theirs'",
  '  executor = "shell"',
  "  # no more than this",
  "  limit = 1",
].join("\r\n");

describe("ConfigToml with ownership of its entries", () => {
  let file: string;

  beforeEach(() => {
    file = join(makeFolder(), "config.toml");
  });

  const onDisk = () => readFileSync(file, "utf8");
  const beside = () => readdirSync(join(file, "..")).filter((name) => name !== "config.toml");
  const record = () => join(file, "../.config.toml.pulumi-owners.json");
  const args = (runners: Properties, rest: Properties = {}) => ({
    path: file,
    ownership: "entries",
    stack: OURS,
    runners,
    ...rest,
  });

  async function checked(given: Properties): Promise<Properties> {
    const { inputs, failures } = await lifecycle.check({}, given);
    assert.deepEqual(failures, []);
    return inputs;
  }
  const make = async (given: Properties) => (await lifecycle.create(await checked(given))) as unknown as Made;
  const change = async ({ id, outs }: Made, given: Properties): Promise<Made> => ({
    id,
    outs: (await lifecycle.update(id, outs, await checked(given))).outs as unknown as Properties,
  });
  const remove = ({ id, outs }: Made) => lifecycle.delete(id, outs);
  const refresh = async ({ id, outs }: Made) =>
    (await lifecycle.read(id, outs)) as { id: string; props: Properties; inputs: Properties };

  describe("create", () => {
    it("makes a missing file with what is declared and no more, mode 0600", async () => {
      await make(args({ build: SHELL(7) }));
      assert.deepEqual(Object.keys(parseToml(onDisk())), ["runners"]);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.deepEqual([beside(), statSync(record()).mode & 0o777], [[".config.toml.pulumi-owners.json"], 0o600]);
      assert.ok(!readFileSync(record(), "utf8").includes("glrt"));
    });

    it("adds its entries behind the others', in order of their keys, with the file's line ends", async () => {
      writeFileSync(file, FOREIGN);
      await make(args({ web: SHELL(8), build: SHELL(7) }));
      assert.ok(onDisk().startsWith(`${FOREIGN}\r\n\r\n[[runners]]\r\n  name = "build"\r\n`), onDisk());
      assert.ok(!/[^\r]\n/.test(onDisk()));
    });

    it("changes a declared global value in its place, adds a missing one, and leaves the others", async () => {
      writeFileSync(file, FOREIGN);
      await make(args({}, { concurrent: 9, logLevel: "debug" }));
      const expected = FOREIGN.replace("= 4 #", "= 9 #").replace('"x"\r\n', '"x"\r\nlog_level = "debug"\r\n');
      assert.equal(onDisk(), expected);
    });

    it("does not touch an entry that is equal as data, and patches one that is not, with its comments", async () => {
      const theirs = `[[runners]] # ours by url and id\n  token="glrt-token-7"\n  EXECUTOR='shell' # plain\n  id=7\n  # one at a time\n  limit=1\n  name="build"\n  url="${URL}/"\n  token_obtained_at=2026-01-02T03:04:05Z\n`;
      writeFileSync(file, theirs);
      await make(args({ build: SHELL(7, { limit: 1 }) }));
      assert.equal(onDisk(), theirs);
      await make(args({ build: SHELL(7, { limit: 2 }) }));
      assert.match(
        onDisk(),
        /^\[\[runners\]\] # ours by url and id\n {2}name = "build"\n {2}# one at a time\n {2}limit = 2\n/,
      );
      assert.match(onDisk(), /executor = "shell" # plain\n$/);
    });

    it("finds an entry of an old registration, with id 0, by url and token", async () => {
      writeFileSync(
        file,
        `[[runners]]\nname = "old"\nurl = "${URL}"\nid = 0\ntoken = "glrt-token-7"\nexecutor = "shell"\n`,
      );
      await make(args({ build: SHELL(7) }));
      assert.deepEqual(
        (parseToml(onDisk()).runners as unknown as Properties[]).map(({ id }) => id),
        [7n],
      );
    });

    it("refuses what is no TOML, or no UTF-8, and leaves it byte for byte", async () => {
      for (const bytes of [Buffer.from("[[runners]\n"), Buffer.from([0x61, 0x3d, 0x22, 0xff, 0x22])]) {
        writeFileSync(file, bytes);
        const error = await failureOf(make(args({ build: SHELL(7) })));
        assert.match(
          error.message,
          /^path: .*config\.toml was left as it is: it is not valid TOML \(line 1, column \d+/,
        );
        assert.deepEqual([readFileSync(file), beside()], [bytes, []]);
      }
    });

    it("refuses a file that another ConfigToml owns as a whole", async () => {
      const { ownership, stack, ...whole } = args({ build: SHELL(7) });
      const { id } = await make(whole);
      const before = onDisk();
      assert.match(
        (await failureOf(make(args({ web: SHELL(8) })))).message,
        new RegExp(`^path: .*config\\.toml is owned as a whole by another ConfigToml \\(${id}\\)`),
      );
      assert.equal(onDisk(), before);
    });

    it("is checked in full before the stack has its id", async () => {
      const stack = { id: "04da6b54-80e4-46f7-96ec-b56ff0331ba9", name: "team/dev" };
      const { failures } = await lifecycle.check(
        {},
        { ...args({ build: SHELL(7, { labels: { "a b": "c" } }) }), stack },
      );
      assert.deepEqual(
        failures.map(({ reason }) => reason.split(":")[0]),
        ['runners.build.labels["a b"]'],
      );
    });

    it("needs a path, and does not go with replaceExisting", async () => {
      const { failures } = await lifecycle.check(
        {},
        { ...args({ build: SHELL(7) }), path: undefined, replaceExisting: true },
      );
      assert.deepEqual(
        failures.map(({ reason }) => reason.split(":")[0]),
        ["path", "replaceExisting"],
      );
    });
  });

  describe("update", () => {
    it("acts on the file as it is: what register added and rewrote by hand meanwhile stays", async () => {
      writeFileSync(file, FOREIGN);
      const made = await make(args({ build: SHELL(7) }));
      // The Runner saves all entries anew, without comments, and puts its own one last.
      const registered = `concurrent = 5\n\n[[runners]]\n  name = "build"\n  url = "${URL}"\n  id = 7\n  token = "glrt-token-7"\n  token_obtained_at = 2026-01-02T03:04:05Z\n  executor = "shell"\n  [runners.cache]\n\n[[runners]]\n  name = "by hand"\n  url = "${URL}"\n  id = 123\n  token = "glrt-hand"\n  executor = "shell"\n`;
      writeFileSync(file, registered);
      await change(made, args({ build: SHELL(7), web: SHELL(8) }));
      assert.ok(onDisk().startsWith(registered));
      await change(made, args({ build: SHELL(7, { limit: 3 }) }));
      assert.ok(onDisk().includes(registered.slice(registered.indexOf('\n[[runners]]\n  name = "by hand"'))), onDisk());
      assert.match(onDisk(), /limit = 3/);
    });

    it("takes out entries that are no longer declared, and no others", async () => {
      writeFileSync(file, FOREIGN);
      const made = await make(args({ build: SHELL(7), web: SHELL(8) }));
      await change(made, args({ web: SHELL(8) }));
      assert.ok(onDisk().startsWith(`${FOREIGN}\r\n[[runners]]\r\n  name = "web"`), onDisk());
      await change(made, args({}));
      assert.equal(onDisk(), FOREIGN);
    });

    it("follows a new token by url and id", async () => {
      const made = await make(args({ build: SHELL(7) }));
      await change(made, args({ build: { ...SHELL(7), runner: runner(7, "glrt-rotated") } }));
      assert.deepEqual(
        (parseToml(onDisk()).runners as unknown as Properties[]).map(({ token }) => token),
        ["glrt-rotated"],
      );
    });

    it("does not touch a file that is right already", async () => {
      const made = await make(args({ build: SHELL(7) }));
      const { ino, mtimeMs } = statSync(file);
      await change(made, args({ build: SHELL(7) }));
      assert.deepEqual([statSync(file).ino, statSync(file).mtimeMs], [ino, mtimeMs]);
    });

    it("puts back a value that the Runner would refuse", async () => {
      const made = await make(args({ build: SHELL(7) }));
      writeFileSync(file, onDisk().replace("  id = 7", '  id = 7\n  limit = "many"'));
      assert.match(JSON.stringify((await refresh(made)).inputs.drift), /limit.*not valid/);
      await change(made, args({ build: SHELL(7) }));
      assert.ok(!onDisk().includes("many"));
    });
  });

  describe("entries of another stack", () => {
    it("are refused by name, with their arguments, all at once, and nothing is written", async () => {
      await make({ ...args({ a: SHELL(7), b: SHELL(8) }), stack: THEIRS });
      const before = [onDisk(), readFileSync(record(), "utf8")];
      const error = await failureOf(make(args({ mine: SHELL(7), new: SHELL(9), "x.y": SHELL(8) })));
      const [first, second, ...rest] = error.message.split("\n");
      assert.match(
        first ?? "",
        /^runners\.mine\.runner: its entry \(url .*, id 7\) in .* belongs to the stack team\/prod \(b{32}\), so nothing/,
      );
      assert.match(second ?? "", /^runners\["x\.y"\]\.runner: .*id 8/);
      assert.deepEqual([rest, onDisk(), readFileSync(record(), "utf8")], [[], ...before]);
      assert.ok(!error.message.includes("glrt"));
    });

    it("are free again when that stack has taken them out", async () => {
      const theirs = await make({ ...args({ a: SHELL(7) }), stack: THEIRS });
      await remove(theirs);
      await make(args({ mine: SHELL(7) }));
      assert.match(readFileSync(record(), "utf8"), /"stackName": "team\/dev"/);
    });

    it("are free again when somebody has removed them from the file", async () => {
      await make({ ...args({ a: SHELL(7) }), stack: THEIRS });
      writeFileSync(file, "");
      await make(args({ mine: SHELL(7) }));
      assert.deepEqual(JSON.parse(readFileSync(record(), "utf8")).entries.length, 1);
    });

    it("stay when a stack that lost them is destroyed", async () => {
      const theirs = await make({ ...args({ a: SHELL(7) }), stack: THEIRS });
      writeFileSync(file, "");
      await make(args({ mine: SHELL(7) }));
      const before = onDisk();
      await remove(theirs);
      assert.equal(onDisk(), before);
    });

    it("are known again after the record was lost or broken: a copy is kept, and the entries are entered anew", async () => {
      const made = await make(args({ build: SHELL(7) }));
      writeFileSync(record(), '{"version": 1, "entries": [7]}');
      await change(made, args({ build: SHELL(7) }));
      assert.equal(JSON.parse(readFileSync(record(), "utf8")).entries[0].stack, OURS.id);
      assert.equal(beside().filter((name) => name.endsWith(".bak")).length, 1);
    });
  });

  describe("within a stack", () => {
    it("a replacement takes over, and the delete of its predecessor leaves the entries", async () => {
      const old = await make(args({ build: SHELL(7) }));
      const fresh = await make(args({ build: SHELL(7) }));
      const before = onDisk();
      await remove(old);
      assert.equal(onDisk(), before);
      await remove(fresh);
      assert.equal(onDisk(), "");
    });

    it("an entry moves from one ConfigToml to another, whichever is first", async () => {
      for (const isTakerFirst of [true, false]) {
        const [giver, taker] = [await make(args({ a: SHELL(7), b: SHELL(8) })), await make(args({ c: SHELL(9) }))];
        const give = () => change(giver, args({ a: SHELL(7) }));
        const take = () => change(taker, args({ c: SHELL(9), b: SHELL(8) }));
        for (const act of isTakerFirst ? [take, give] : [give, take]) await act();
        const ids = (parseToml(onDisk()).runners as unknown as Properties[]).map(({ id }) => id);
        assert.deepEqual(ids.sort(), [7n, 8n, 9n]);
        for (const made of [giver, taker]) await remove(made);
      }
    });

    it("two ConfigTomls that declare the same entry are told", async () => {
      const one = await make(args({ build: SHELL(7) }));
      await make(args({ build: SHELL(7) }));
      assert.match(
        (await failureOf(change(one, args({ build: SHELL(7, { limit: 1 }) })))).message,
        /^runners\.build\.runner: .* was taken over by another ConfigToml of this stack/,
      );
    });
  });

  describe("read", () => {
    it("finds no drift in what is others', also when it changes", async () => {
      writeFileSync(file, FOREIGN);
      const made = await make(args({ build: SHELL(7) }, { concurrent: 9 }));
      writeFileSync(file, `${onDisk().replace("limit = 1", "limit = 5").replace("mystery", "riddle")}# more\n`);
      const { props, inputs } = await refresh(made);
      assert.deepEqual([props, inputs], [made.outs, await checked(args({ build: SHELL(7) }, { concurrent: 9 }))]);
    });

    it("shows what changed of ours, of declared settings, and what was added to our entries", async () => {
      writeFileSync(file, FOREIGN);
      const labels = { env: "prod" };
      const made = await make(args({ build: SHELL(7), web: SHELL(8) }, { concurrent: 9, labels }));
      const edited = onDisk()
        .replace("= 9 #", "= 1 #")
        .replace("id = 7", "id = 7\r\n  limit = 3\r\n  riddle = 1")
        .replace(/\r\n\[\[runners\]\]\r\n {2}name = "web"[^[]*/, "\r\n")
        .replace('env = "prod"', 'env = "test"\r\n  team = "x"');
      writeFileSync(file, edited);
      const { inputs } = await refresh(made);
      assert.deepEqual([inputs.concurrent, inputs.labels], [1, { env: "test" }]);
      assert.deepEqual(Object.keys(inputs.runners as object), ["build"]);
      assert.deepEqual(Object.keys(inputs.drift as object).sort(), ["runners.build.limit", "runners.build.riddle"]);
      await change(made, args({ build: SHELL(7), web: SHELL(8) }, { concurrent: 9, labels }));
      assert.match(onDisk(), /env = "prod"\r\n {2}team = "x"/);
      assert.equal((await refresh(made)).inputs.drift, undefined);
    });

    it("says that a missing file is gone", async () => {
      const made = await make(args({ build: SHELL(7) }));
      await remove(made);
      assert.equal(existsSync(file), true);
    });
  });

  describe("delete", () => {
    it("takes our entries out, keeps the file and its comments, and the record goes with its last entry", async () => {
      writeFileSync(file, FOREIGN);
      const made = await make(args({ build: SHELL(7) }));
      const theirs = await make({ ...args({ other: SHELL(8) }), stack: THEIRS });
      writeFileSync(file, onDisk().replace("id = 7", "id = 7 # by hand"));
      await remove(made);
      assert.ok(onDisk().startsWith(`${FOREIGN}\r\n# by hand\r\n\r\n[[runners]]\r\n  name = "other"`), onDisk());
      assert.deepEqual(beside(), [".config.toml.pulumi-owners.json"]);
      await remove(theirs);
      assert.deepEqual([onDisk(), beside()], [`${FOREIGN}\r\n# by hand\r\n`, []]);
    });

    it("is content when file and record are gone, and makes no folder", async () => {
      const made = await make(args({ build: SHELL(7) }));
      const gone = { ...made, outs: { ...made.outs, path: join(file, "../no/such/config.toml") } };
      await remove(gone);
      assert.equal(existsSync(join(file, "../no")), false);
    });
  });

  describe("a change of ownership", () => {
    const whole = (runners: Properties, rest: Properties = {}) => ({ path: file, runners, ...rest });

    it("from the file to entries keeps all settings and loses the comment that says otherwise", async () => {
      const made = await make(whole({ build: SHELL(7) }, { concurrent: 3, checkInterval: 5 }));
      const before = onDisk();
      const next = await change(made, args({ build: SHELL(7) }, { concurrent: 3 }));
      assert.equal(onDisk(), before.slice(before.indexOf("concurrent")));
      writeFileSync(file, `${onDisk()}\n# theirs\n`);
      await change(next, args({}, { concurrent: 3 }));
      assert.match(onDisk(), /check_interval = 5[^[]*\[session_server\]\n {2}session_timeout = 1800\n\n\n# theirs\n$/);
    });

    it("from entries to the file is refused as long as others have entries there, by name", async () => {
      const made = await make(args({ build: SHELL(7) }));
      const theirs = await make({ ...args({ a: SHELL(8) }), stack: THEIRS });
      const before = onDisk();
      const message = (await failureOf(change(made, whole({ build: SHELL(7), a: SHELL(8) })))).message;
      assert.match(message, /"a" \(url .*, id 8\), of the stack team\/prod \(b{32}\)/);
      assert.equal(onDisk(), before);
      await remove(theirs);
      await change(made, whole({ build: SHELL(7) }));
      assert.match(onDisk(), /^# Written by Pulumi/);
      assert.deepEqual(beside(), [".config.toml.pulumi-last-good"]);
    });
  });

  it("keeps and removes its entries when the stack has got a new identity, and nobody else's", async () => {
    writeFileSync(file, FOREIGN);
    const neighbour = await make(args({ b: SHELL(2) }, { stack: THEIRS }));
    const made = await make(args({ a: SHELL(1), c: SHELL(3) }));
    const renewed = { ...OURS, id: "c".repeat(32) };
    const changed = await change(made, args({ a: SHELL(1, { limit: 3 }) }, { stack: renewed }));
    assert.match(onDisk(), /name = "a"\r\n {2}limit = 3\r\n/);
    assert.doesNotMatch(onDisk(), /glrt-token-3/);
    assert.match(readFileSync(record(), "utf8"), new RegExp(renewed.id));
    assert.doesNotMatch(readFileSync(record(), "utf8"), new RegExp(OURS.id));
    await lifecycle.delete(changed.id, changed.outs);
    assert.doesNotMatch(onDisk(), /glrt-token-1/);
    assert.match(onDisk(), /glrt-token-2/);
    await lifecycle.delete(neighbour.id, neighbour.outs);
    assert.equal(onDisk(), FOREIGN);
  });

  it("gives back random files byte for byte after create, update and delete", async () => {
    const property = fc.asyncProperty(foreignFiles(), fc.boolean(), async ({ text, isInline }, isKept) => {
      writeFileSync(file, text);
      const made = await make(args({ build: SHELL(7), web: SHELL(8) }));
      if (!isInline) assert.ok(onDisk().startsWith(text));
      const rest: Properties = isKept ? { web: SHELL(8, { environment: ["A=1"] }) } : {};
      const changed = await change(made, args({ build: SHELL(7, { limit: 1 }), new: SHELL(9), ...rest }));
      assert.deepEqual((await refresh(changed)).props, changed.outs);
      await remove(changed);
      assert.deepEqual([onDisk(), beside()], [text, []]);
    });
    await fc.assert(property, { numRuns: 100, endOnFailure: true });
  }).timeout(60_000);

  it("takes up what GitLab Runner saves at the very moment of an update", async () => {
    const made = await make(args({ build: SHELL(7) }));
    const registered = `${onDisk()}\n[[runners]]\n  name = "meanwhile"\n  url = "${URL}"\n  id = 55\n`;
    let swaps = 0;
    class DisturbedHost extends LocalHost {
      override swap(path: string, from: string | undefined, to: string) {
        if (swaps++ === 0) writeFileSync(file, registered);
        return super.swap(path, from, to);
      }
    }
    const host = new DisturbedHost();
    const inputs = (await checked(args({ build: SHELL(7, { limit: 1 }) }))) as unknown as ConfigTomlInputs;
    const former = made.outs as unknown as ConfigTomlInputs;
    const wanted = { inputs, rendered: render(inputs) };
    await putEntries(host, { path: file, id: made.id, stack: OURS, wanted, former }, async () => wanted.rendered);
    assert.equal(swaps, 2);
    assert.match(onDisk(), /limit = 1[\s\S]*name = "meanwhile"/);
  });

  it("is no change when the stack is renamed, and one when it is another stack", async () => {
    const made = await make(args({ build: SHELL(7) }));
    const differs = async (stack: object) =>
      lifecycle.diff(made.id, made.outs, await checked({ ...args({ build: SHELL(7) }), stack }));
    assert.deepEqual(await differs({ ...OURS, name: "team/renamed" }), { changes: false });
    assert.deepEqual(await differs(THEIRS), { changes: true });
  });
});
