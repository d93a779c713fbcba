import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { makeFolder } from "../support/folder.js";
import { failureOf } from "../support/reject.js";

type Properties = Record<string, unknown>;

interface Made {
  id: string;
  outs: Properties;
}

async function checked(args: Properties): Promise<Properties> {
  const { inputs, failures } = await lifecycle.check({}, args);
  assert.deepEqual(failures, []);
  return inputs;
}

async function make(args: Properties): Promise<Made> {
  return (await lifecycle.create(await checked(args))) as unknown as Made;
}

async function change({ id, outs }: Made, args: Properties): Promise<Made> {
  return { id, outs: (await lifecycle.update(id, outs, await checked(args))).outs as unknown as Properties };
}

async function refresh({ id, outs }: Made) {
  return (await lifecycle.read(id, outs)) as { id: string; props: Properties; inputs: Properties };
}

const URL = "https://gitlab.example.com";

function runner(id: number, value = `glrt-token-${id}`): Properties {
  return { url: URL, id, token: { value, obtainedAt: "2026-01-02T03:04:05Z" } };
}

const DOCKER = { runner: runner(7), executor: "docker", docker: { image: "alpine:3.20" } };
const SHELL = { runner: runner(8), executor: "shell" };

const FOREIGN =
  '[[runners]]\n  name = "colleague"\n  url = "https://gitlab.example.com"\n  id = 99\n  token = "glrt-theirs"\n  executor = "shell"\n';

describe("ConfigToml", () => {
  let file: string;

  beforeEach(() => {
    file = join(makeFolder(), "config.toml");
  });

  const onDisk = () => readFileSync(file, "utf8");
  const edit = (from: string | RegExp, to: string) => {
    assert.match(onDisk(), from instanceof RegExp ? from : new RegExp(from.replace(/[[\]().*+?]/g, "\\$&")));
    writeFileSync(file, onDisk().replace(from, to));
  };

  describe("create", () => {
    it("writes the file with mode 0600, entries in order of their keys", async () => {
      const { id, outs } = await make({ path: file, concurrent: 3, runners: { web: SHELL, build: DOCKER } });
      assert.match(id, /^[0-9a-f]{16}$/);
      assert.deepEqual(
        [...onDisk().matchAll(/^ {2}name = "(.*)"$/gm)].map(([, name]) => name),
        ["build", "web"],
      );
      assert.match(onDisk(), /^concurrent = 3$/m);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.match(String(outs.fingerprint), /^hmac-sha256:[0-9a-f]{16}$/);
      assert.equal(outs.content, undefined);
    });

    it("hands the text on as content where no path is given", async () => {
      const { outs } = await make({ runners: { build: DOCKER } });
      assert.match(String(outs.content), /token = "glrt-token-7"/);
    });

    it("gives every resource its own fingerprint key, so that equal texts do not look equal", async () => {
      const [one, other] = [await make({ runners: { build: DOCKER } }), await make({ runners: { build: DOCKER } })];
      assert.notEqual(one.outs.fingerprint, other.outs.fingerprint);
      assert.notEqual(one.outs.fingerprintKey, other.outs.fingerprintKey);
    });

    it("fills the entry from a template", async () => {
      const template =
        '[[runners]]\n[runners.docker]\nmemory = "1g"\nimage = "no"\n[runners.kubernetes]\nnamespace = "x"\n';
      await make({ path: file, runners: { build: { ...DOCKER, template } } });
      assert.match(onDisk(), /image = "alpine:3\.20"\n {4}memory = "1g"/);
      assert.ok(!onDisk().includes("kubernetes"));
    });

    it("puts secret list items back in their places", async () => {
      const environment = ["A=1", "secretItems: runners.build.environment[1]"];
      const secretItems = { "runners.build.environment[1]": "B=hidden" };
      const { outs } = await make({ path: file, runners: { build: { ...DOCKER, environment } }, secretItems });
      assert.match(onDisk(), /environment = \["A=1", "B=hidden"\]/);
      assert.ok(!JSON.stringify(outs.applied).includes("B=hidden"));
    });

    it("keeps neither tokens nor declared secrets in what it says was applied", async () => {
      const args = {
        runners: { build: { ...DOCKER, docker: { image: "registry.example.com/hidden" } } },
        secretPaths: ["runners.build.docker.image"],
      };
      const { outs } = await make(args);
      const applied = JSON.stringify(outs.applied);
      assert.ok(!applied.includes("glrt-token-7") && !applied.includes("hidden"), applied);
    });

    it("replaces a file whose entries are all declared here", async () => {
      writeFileSync(file, FOREIGN.replace("99", "7"));
      await make({ path: file, runners: { build: DOCKER } });
      assert.ok(!onDisk().includes("colleague"));
    });

    it("says what a renamed one needs, where another one wrote the file for other runners", async () => {
      await make({ path: file, runners: { web: SHELL } });
      const { message } = await failureOf(make({ path: file, runners: { build: DOCKER } }));
      assert.match(
        message,
        /another ConfigToml \([0-9a-f]{16}\) wrote it, and it holds entries that are not declared here/,
      );
      assert.match(
        message,
        /under a former name\? Then give it the resource option aliases: .*\n\s+Choose one: .*ownership: "entries"/,
      );
    });

    const refused: [string, string, RegExp][] = [
      [
        "holds an entry that is not declared",
        FOREIGN,
        /holds entries that are not declared here:\s+"colleague" \(url https:\/\/gitlab\.example\.com, id 99\)/,
      ],
      ["is not valid TOML", "[[runners]\n", /it is not valid TOML \(line 1, column/],
    ];
    for (const [what, text, message] of refused) {
      it(`refuses a file that ${what}, and leaves it byte for byte`, async () => {
        writeFileSync(file, text);
        const error = await failureOf(make({ path: file, runners: { build: DOCKER } }));
        assert.match(error.message, message);
        assert.match(error.message, /declare those runners here.*another path.*replaceExisting: true/);
        assert.ok(!error.message.includes("glrt-theirs"));
        assert.deepEqual([onDisk(), readdirSync(join(file, ".."))], [text, ["config.toml"]]);
      });

      it(`replaces a file that ${what} with replaceExisting, keeping a private copy`, async () => {
        writeFileSync(file, text);
        await make({ path: file, replaceExisting: true, runners: { build: DOCKER } });
        const copy = readdirSync(join(file, "..")).find((name) => name.endsWith(".bak")) ?? assert.fail("no copy");
        assert.equal(readFileSync(join(file, "..", copy), "utf8"), text);
        assert.match(onDisk(), /glrt-token-7/);
      });
    }
  });

  describe("update", () => {
    it("writes the new settings in place, same id", async () => {
      const made = await make({ path: file, runners: { build: DOCKER } });
      const { outs } = await change(made, {
        path: file,
        concurrent: 9,
        runners: { build: { ...DOCKER, docker: { image: "alpine:3.21" } } },
      });
      assert.match(onDisk(), /concurrent = 9[\s\S]*image = "alpine:3\.21"/);
      assert.notEqual(outs.fingerprint, made.outs.fingerprint);
      assert.equal(outs.fingerprintKey, made.outs.fingerprintKey);
    });

    it("does not touch a file that is right already", async () => {
      const args = { path: file, runners: { build: DOCKER } };
      const made = await make(args);
      const { ino, mtimeMs } = statSync(file);
      await change(made, { ...args, replaceExisting: false });
      assert.deepEqual([statSync(file).ino, statSync(file).mtimeMs], [ino, mtimeMs]);
    });

    it("takes entries away that are no longer declared", async () => {
      const made = await make({ path: file, runners: { build: DOCKER, web: SHELL } });
      await change(made, { path: file, runners: { build: DOCKER } });
      assert.ok(!onDisk().includes("glrt-token-8"));
    });

    it("refuses when somebody registered another runner there since", async () => {
      const made = await make({ path: file, runners: { build: DOCKER } });
      writeFileSync(file, onDisk() + FOREIGN);
      const before = onDisk();
      const error = await failureOf(change(made, { path: file, concurrent: 2, runners: { build: DOCKER } }));
      assert.match(error.message, /"colleague"/);
      assert.equal(onDisk(), before);
    });

    it("refuses when another ConfigToml has taken the file over", async () => {
      const args = { path: file, runners: { build: DOCKER } };
      const first = await make(args);
      await make(args);
      assert.match(
        (await failureOf(change(first, { ...args, concurrent: 2 }))).message,
        /another ConfigToml \([0-9a-f]{16}\) has written it since/,
      );
    });

    it("goes on after the Runner has saved the file itself, which drops comments", async () => {
      const made = await make({ path: file, runners: { build: DOCKER } });
      writeFileSync(file, onDisk().replace(/^#.*\n/gm, ""));
      await change(made, { path: file, concurrent: 2, runners: { build: DOCKER } });
      assert.match(onDisk(), /concurrent = 2/);
    });
  });

  describe("diff", () => {
    const differs = async ({ id, outs }: Made, args: Properties) => lifecycle.diff(id, outs, await checked(args));

    it("finds nothing when nothing changed, and a change at any depth", async () => {
      const args = { path: file, runners: { build: DOCKER } };
      const made = await make(args);
      assert.deepEqual(await differs(made, args), { changes: false });
      const changed = { path: file, runners: { build: { ...DOCKER, docker: { image: "alpine:3.21" } } } };
      assert.deepEqual(await differs(made, changed), { changes: true });
    });

    it("moves the file by a replacement", async () => {
      const made = await make({ path: file, runners: { build: DOCKER } });
      assert.deepEqual(await differs(made, { path: `${file}.new`, runners: { build: DOCKER } }), {
        changes: true,
        replaces: ["path"],
      });
      assert.deepEqual(await differs(made, { runners: { build: DOCKER } }), { changes: true, replaces: ["path"] });
    });

    it("takes an unknown token for a change", async () => {
      const made = await make({ path: file, runners: { build: DOCKER } });
      const unknown = { ...DOCKER, runner: { ...runner(7), token: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" } };
      assert.deepEqual(await differs(made, { path: file, runners: { build: unknown } }), { changes: true });
    });
  });

  describe("read", () => {
    const ARGS = { concurrent: 4, runners: { build: { ...DOCKER, environment: ["A=1"] } } };
    const args = () => ({ path: file, ...ARGS });

    it("returns the same when nothing changed", async () => {
      const made = await make(args());
      const { id, props, inputs } = await refresh(made);
      assert.deepEqual([id, props, inputs], [made.id, made.outs, await checked(args())]);
    });

    it("does not care for layout, comments, order of entries, and what the Runner itself adds on saving", async () => {
      const both = { ...args(), runners: { ...ARGS.runners, web: SHELL } };
      const made = await make(both);
      const [head, first, second] = onDisk().split("\n[[runners]]");
      const cache = "[runners.cache]\n[runners.cache.s3]\n";
      writeFileSync(
        file,
        `connection_max_age = "15m0s"\n${head}\n[[runners]]${second}\n${cache}[[runners]]${first}  # comment\n`.replace(
          /^#.*$/gm,
          "",
        ),
      );
      assert.deepEqual((await refresh(made)).inputs, await checked(both));
    });

    it("shows a changed value under its argument and others in drift", async () => {
      const made = await make(args());
      edit("concurrent = 4", 'concurrent = 40\nlog_level = "debug"');
      edit("alpine:3.20", "alpine:edge");
      edit("privileged = false", "privileged = true");
      const { inputs, props } = await refresh(made);
      const docker = { image: "alpine:edge" };
      const drifted = { path: file, concurrent: 40, runners: { build: { ...ARGS.runners.build, docker } } };
      assert.deepEqual(inputs, {
        ...(await checked(drifted)),
        drift: { logLevel: "debug", "runners.build.docker.privileged": true },
      });
      assert.deepEqual(props.applied, made.outs.applied);
    });

    it("removes an argument whose setting is gone from the file", async () => {
      const made = await make(args());
      edit(/^ {2}environment = .*\n/m, "");
      const { runners } = (await refresh(made)).inputs as { runners: Record<string, Properties> };
      assert.deepEqual(Object.keys(runners.build ?? {}).sort(), ["docker", "executor", "runner"]);
    });

    it("names an entry that is gone, and one that is not declared, without its token", async () => {
      const made = await make({ ...args(), runners: { ...ARGS.runners, web: SHELL } });
      edit(/\n\[\[runners\]\]\n {2}name = "web"[\s\S]*$/, `\n${FOREIGN}`);
      const { inputs } = await refresh(made);
      assert.deepEqual(Object.keys(inputs.runners as object), ["build"]);
      assert.deepEqual(inputs.drift, { '[[runners]] "colleague" (url https://gitlab.example.com, id 99)': "present" });
    });

    it("never returns a secret that it found: a token, an undeclared variable, an unknown key, a text with a token in it", async () => {
      const made = await make(args());
      edit('"A=1"', '"A=1", "B=canary-environment"');
      edit("glrt-token-7", "canary-token");
      edit("alpine:3.20", "registry/glrt-token-7/x");
      edit("concurrent = 4", 'concurrent = 4\nmystery = "canary-unknown"\nsentry_dsn = "https://canary-dsn@x/1"');
      edit('executor = "docker"', 'executor = "docker"\n  clone_url = "https://me:canary-password@git.example.com"');
      const { inputs, props } = await refresh(made);
      const { runners, ...outside } = props;
      for (const part of [inputs, outside.applied, outside.drift])
        assert.ok(!JSON.stringify(part).includes("canary"), JSON.stringify(part));
      assert.ok(!JSON.stringify(inputs).includes("glrt-token-7"), JSON.stringify(inputs));
      assert.match(JSON.stringify(inputs), /"environment":\["A=1","hmac-sha256:/);
      assert.deepEqual(Object.keys(props.drift as object).sort(), [
        "mystery",
        "runners.build.cloneUrl",
        "runners.build.docker.image",
        "runners.build.environment",
        "runners.build.runner.token",
        "sentryDsn",
      ]);
    });

    it("tells a file that no longer parses, with line and column", async () => {
      const made = await make(args());
      writeFileSync(file, `${onDisk()}\nbroken = `);
      const { drift } = (await refresh(made)).inputs as { drift: Properties };
      assert.match(String(drift.file), /^not valid TOML: line \d+, column \d+: /);
    });

    it("says that a missing file is gone, and fails on one that cannot be read", async () => {
      const made = await make(args());
      assert.equal(
        (await refresh({ ...made, outs: { ...made.outs, path: `${file}/below` } }).catch(
          (error: Error) => error.message,
        )) as unknown,
        `path: ${file}/below cannot be read (ENOTDIR). A part of the path is a file, not a folder: choose another path`,
      );
      await lifecycle.delete(made.id, made.outs);
      assert.equal((await refresh(made)).id, "");
    });

    it("changes nothing on the disk", async () => {
      const made = await make(args());
      const before = statSync(file);
      await refresh(made);
      assert.deepEqual([statSync(file).mtimeMs, readdirSync(join(file, ".."))], [before.mtimeMs, ["config.toml"]]);
    });
  });

  describe("delete", () => {
    it("removes the file, and is content when it is gone", async () => {
      const made = await make({ path: file, runners: { build: DOCKER } });
      await lifecycle.delete(made.id, made.outs);
      assert.equal(existsSync(file), false);
      await lifecycle.delete(made.id, made.outs);
    });

    it("leaves a file that another ConfigToml has taken over", async () => {
      const args = { path: file, runners: { build: DOCKER } };
      const old = await make(args);
      await make(args);
      const before = onDisk();
      await lifecycle.delete(old.id, old.outs);
      assert.equal(onDisk(), before);
    });

    it("refuses when foreign entries appeared since", async () => {
      const made = await make({ path: file, runners: { build: DOCKER } });
      writeFileSync(file, onDisk() + FOREIGN);
      assert.match(
        (await failureOf(lifecycle.delete(made.id, made.outs))).message,
        /it was not removed: .*"colleague"/s,
      );
      assert.equal(existsSync(file), true);
    });
  });
});
