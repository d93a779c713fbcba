import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { makeFolder } from "../support/folder.js";
import { type Made, type Properties, printedBy } from "../support/runners.js";

const GITLAB = "https://gitlab.example.com";
let nextId = 1000;

describe("A token that GitLab Runner rotates by itself", () => {
  let file: string;
  let id: number;

  beforeEach(() => {
    file = join(makeFolder(), "config.toml");
    id = nextId++;
  });

  const args = (settings: Properties = {}, path: string | undefined = file): Properties => ({
    path,
    runners: { docker: { runner: runner(), executor: "shell", ...settings } },
  });
  const runner = (selfRotation = true): Properties => ({
    url: GITLAB,
    id,
    token: { value: "glrt-first", obtainedAt: "2026-01-01T00:00:00Z", expiresAt: "2026-02-01T00:00:00Z" },
    selfRotation,
  });
  const onDisk = () => readFileSync(file, "utf8");
  const reasonsOf = async (inputs: Properties) => {
    const { failures } = await lifecycle.check({}, inputs);
    return (failures ?? []).map(({ reason }) => reason);
  };

  async function make(inputs: Properties): Promise<Made> {
    assert.deepEqual(await reasonsOf(inputs), []);
    return (await lifecycle.create((await lifecycle.check({}, inputs)).inputs)) as unknown as Made;
  }

  async function change(made: Made, inputs: Properties): Promise<Made> {
    const { inputs: news } = await lifecycle.check(made.outs, inputs);
    return { id: made.id, outs: (await lifecycle.update(made.id, made.outs, news)).outs as unknown as Properties };
  }

  /** As GitLab Runner writes it after `POST /runners/reset_authentication_token`. */
  function rotateInFile(token: string, obtainedAt: string): void {
    const text = onDisk()
      .replace(/token = "[^"]*"/, `token = "${token}"`)
      .replace(/token_obtained_at = \S+/, `token_obtained_at = ${obtainedAt}`)
      .replace(/token_expires_at = \S+/, "token_expires_at = 2026-03-01T00:00:00Z");
    writeFileSync(file, text);
  }

  it("has no flag against that in its entry; without selfRotation it has", async () => {
    await make(args());
    assert.ok(!onDisk().includes("FF_DISABLE_AUTOMATIC_TOKEN_ROTATION"));
    id = nextId++;
    file = join(makeFolder(), "config.toml");
    await make(args({ runner: runner(false) }));
    assert.match(onDisk(), /FF_DISABLE_AUTOMATIC_TOKEN_ROTATION = true/);
  });

  it("has one owner: a flag in the program or its template that says otherwise is refused, one that says the same is not", async () => {
    const FLAG = "FF_DISABLE_AUTOMATIC_TOKEN_ROTATION";
    const template = (flag: boolean) => `[[runners]]\n[runners.feature_flags]\n${FLAG} = ${flag}\n`;
    const reasons = async (isSelf: boolean, settings: Properties) => {
      id = nextId++;
      return (await reasonsOf(args({ runner: runner(isSelf), ...settings }))).join();
    };
    for (const isSelf of [true, false]) {
      const word = isSelf ? "is true, but selfRotation leaves" : "is false, but this token is rotated by Pulumi";
      const declared = await reasons(isSelf, { featureFlags: { [FLAG]: isSelf } });
      assert.ok(declared.startsWith(`runners.docker.featureFlags.${FLAG}: ${word}`), declared);
      const inTemplate = await reasons(isSelf, { template: template(isSelf) });
      assert.ok(inTemplate.startsWith(`runners.docker.template: its feature_flags.${FLAG} ${word}`), inTemplate);
      assert.equal(await reasons(isSelf, { featureFlags: { [FLAG]: !isSelf } }), "");
    }
    // As everywhere, a template's true wins over false.
    assert.equal(await reasons(false, { featureFlags: { [FLAG]: false }, template: template(true) }), "");
    assert.match(
      await reasons(true, { featureFlags: { [FLAG]: false }, template: template(true) }),
      /nobody would renew/,
    );
    const endless = { ...runner(false), token: { value: "glrt-endless" } };
    assert.equal(await reasons(false, { runner: endless, featureFlags: { [FLAG]: false } }), "");
  });

  it("is kept when the file's is newer, with its times, whatever else is changed; that is said, without the token", async () => {
    const made = await make(args());
    rotateInFile("glrt-canary-newer", "2026-01-20T00:00:00.123456789Z");
    const lines = await printedBy(async () => {
      const changed = await change(made, args({ limit: 5 }));
      assert.match(onDisk(), /token = "glrt-canary-newer"/);
      assert.match(onDisk(), /token_obtained_at = 2026-01-20T00:00:00\.123456789Z/);
      assert.match(onDisk(), /token_expires_at = 2026-03-01T00:00:00Z/);
      assert.match(onDisk(), /limit = 5/);
      assert.ok(!JSON.stringify(changed.outs).includes("canary"), "what the file holds is no business of the state");
    });
    assert.match(
      lines.join(),
      /runners\.docker: the file's token is kept: GitLab Runner got it at 2026-01-20.*, and the program's, of 2026-01-01.*, is stale/,
    );
    assert.ok(!lines.join().includes("canary"));
  });

  it("is no drift, and nothing to write", async () => {
    const made = await make(args());
    rotateInFile("glrt-newer", "2026-01-20T00:00:00Z");
    const { props, inputs } = (await lifecycle.read(made.id, made.outs)) as never as {
      props: Properties;
      inputs: Properties;
    };
    assert.equal(props.drift, undefined);
    assert.equal(inputs.drift, undefined);
    const { inputs: news } = await lifecycle.check(inputs, args());
    assert.deepEqual(await lifecycle.diff(made.id, props, news), { changes: false });
  });

  it("is replaced where the file's is older: the runner has another one since", async () => {
    const made = await make(args());
    rotateInFile("glrt-older", "2025-12-01T00:00:00Z");
    const lines = await printedBy(() => change(made, args({ limit: 5 })));
    assert.match(onDisk(), /token = "glrt-first"/);
    assert.match(lines.join(), /the file's token, of 2025-12-01.*, is stale, and is replaced by the program's/);
  });

  it("stays in a shared file, too", async () => {
    const stack = { id: "0123456789abcdef0123456789abcdef", name: "p/dev" };
    const shared = { ...args(), ownership: "entries", stack };
    writeFileSync(file, "concurrent = 7 # theirs\n", { mode: 0o600 });
    const made = await make(shared);
    rotateInFile("glrt-newer", "2026-01-20T00:00:00Z");
    await change(made, { ...shared, ...args({ limit: 5 }) });
    assert.match(onDisk(), /^concurrent = 7 # theirs\n[\s\S]*token = "glrt-newer"/);
    assert.match(onDisk(), /limit = 5/);
  });

  it("is owned by Pulumi without selfRotation: then the file's is drift, and is replaced", async () => {
    const made = await make(args({ runner: runner(false) }));
    rotateInFile("glrt-newer", "2026-01-20T00:00:00Z");
    const { props } = (await lifecycle.read(made.id, made.outs)) as never as { props: Properties };
    assert.ok("runners.docker.runner.token" in (props.drift as Properties), JSON.stringify(props.drift));
    await change(made, args({ runner: runner(false), limit: 5 }));
    assert.match(onDisk(), /token = "glrt-first"/);
  });

  it("may stand in one file only: a second one, or one without a path, is refused by name", async () => {
    assert.deepEqual(await reasonsOf(args()), []);
    assert.deepEqual(await reasonsOf(args({ limit: 2 })), [], "the same file again");
    const second = await reasonsOf(args({}, `${file}.second`));
    assert.match(
      second.join(),
      /^runners\.docker\.runner: rotates its own token \(selfRotation\), and stands in .*config\.toml too/,
    );
    id = nextId++;
    const { path, ...content } = args();
    assert.match((await reasonsOf(content)).join(), /^runners\.docker\.runner: rotates its own token .* set path/);
    const ours = { runners: { docker: { runner: runner(false), executor: "shell" } } };
    assert.deepEqual(await reasonsOf(ours), []);
  });

  it("is refused in the second ConfigToml of a program by both names, also where no runner is made yet", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const second = { ...runner(), id: unknown, token: unknown, alsoIn: ["host", "second"] };
    assert.deepEqual(await reasonsOf(args({ runner: second })), [
      "runners.docker.runner: rotates its own token (selfRotation), and is in more than one ConfigToml: host, second. The " +
        "token of one file would be dead as soon as the other one rotates it. Keep it in one, or leave the rotation to Pulumi",
    ]);
  });

  it("leaves no trace of other ConfigTomls in the inputs, so that their number is no change", async () => {
    for (const alsoIn of [[], "04da6b54-80e4-46f7-96ec-b56ff0331ba9"]) {
      const { inputs, failures } = await lifecycle.check({}, args({ runner: { ...runner(false), alsoIn } }));
      const { inputs: alone } = await lifecycle.check({}, args({ runner: runner(false) }));
      assert.deepEqual([failures, inputs], [[], alone]);
    }
  });
});
