import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalHost } from "../../provider/delivery/local.js";
import { TrialError } from "../../provider/delivery/trial.js";
import { makeFolder } from "../support/folder.js";
import { GITLAB_RUNNER, makePrograms, putOnPath } from "../support/programs.js";
import { failureOf } from "../support/reject.js";

const scrub = (words: string) => words.replaceAll("glrt-canary", "[secret]");
const LAST = ".config.toml.pulumi-last-good";

describe("a file that the machine itself tries", () => {
  let folder: string;
  let file: string;
  const tried = (trial: { check?: "gitlab-runner"; hook?: string }, timeout?: number) =>
    new LocalHost({ trial: { ...trial, scrub }, timeout });

  beforeEach(() => {
    folder = join(makeFolder(), "etc");
    mkdirSync(folder);
    file = join(folder, "config.toml");
  });

  it("takes its place when the machine's gitlab-runner finds it valid", async () => {
    putOnPath(makePrograms({ "gitlab-runner": GITLAB_RUNNER }));
    assert.equal(await tried({ check: "gitlab-runner" }).swap(file, undefined, "new"), true);
    assert.deepEqual([readFileSync(file, "utf8"), readdirSync(folder)], ["new", ["config.toml"]]);
  });

  it("does not when that refuses it: the old one is untouched, code and words are told, but no secret", async () => {
    putOnPath(makePrograms({ "gitlab-runner": GITLAB_RUNNER }));
    writeFileSync(file, "old");
    const { ino, mtimeMs } = statSync(file);
    const error = await failureOf(
      tried({ check: "gitlab-runner" }).swap(file, "old", 'refused\ntoken = "glrt-canary"\n'),
    );
    assert.ok(error instanceof TrialError);
    assert.equal(
      error.message,
      `path: ${file} was left as it is: target.check refuses the new file (exit code 1: FATAL: decoding config: ` +
        'token = "[secret]"). Mend what it names, or leave target.check out',
    );
    assert.deepEqual(
      [statSync(file).ino, statSync(file).mtimeMs, readdirSync(folder)],
      [ino, mtimeMs, ["config.toml"]],
    );
  });

  it("says that gitlab-runner is missing, or too old to check a file", async () => {
    // As a shell ends that finds no such program.
    putOnPath(makePrograms({ "gitlab-runner": "exit 127" }));
    assert.match(
      (await failureOf(tried({ check: "gitlab-runner" }).swap(file, undefined, "new"))).message,
      /exit code 127: gitlab-runner: not found\)\. There is no gitlab-runner on the PATH there: install it/,
    );
    putOnPath(makePrograms({ "gitlab-runner": 'echo "FATAL: Command $1 not found." >&2; exit 1' }));
    assert.match(
      (await failureOf(tried({ check: "gitlab-runner" }).swap(file, undefined, "new"))).message,
      /That gitlab-runner has no "lint", which came with 19\.4/,
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it("keeps what it replaced beside it, mode 0600, one only", async () => {
    writeFileSync(file, "one", { mode: 0o644 });
    await tried({}).swap(file, "one", "two");
    await tried({}).swap(file, "two", "three");
    const last = join(folder, LAST);
    assert.deepEqual([readFileSync(last, "utf8"), statSync(last).mode & 0o777], ["two", 0o600]);
    assert.deepEqual(readdirSync(folder), [LAST, "config.toml"]);
  });

  it("is followed by the hook, which finds it in place, with none of Pulumi's secrets in its environment", async () => {
    const seen = join(makeFolder(), "seen");
    process.env.CANARY_TOKEN = "canary-token";
    process.env.PULUMI_CONFIG_CANARY = "canary-config";
    try {
      await tried({ hook: `cat '${file}' > '${seen}'; env >> '${seen}'` }).swap(file, undefined, "new\n");
    } finally {
      delete process.env.CANARY_TOKEN;
      delete process.env.PULUMI_CONFIG_CANARY;
    }
    assert.match(readFileSync(seen, "utf8"), /^new\n(.*\n)*PATH=/);
    assert.ok(!readFileSync(seen, "utf8").includes("canary"));
  });

  it("gives way to the last good one when the hook fails, and this is said with its code and words", async () => {
    writeFileSync(file, "old");
    const { ino } = statSync(file);
    const { message } = await failureOf(tried({ hook: "echo 'no glrt-canary'; exit 3" }).swap(file, "old", "new"));
    assert.equal(
      message,
      `path: ${file} is again as it was before: target.hook failed after the file was in place (exit code 3: no [secret]). ` +
        "Mend the hook, or what it complains of, and run again",
    );
    assert.deepEqual([readFileSync(file, "utf8"), statSync(file).ino], ["old", ino]);
  });

  it("is removed again where there was none before, and left where somebody else has changed it since", async () => {
    assert.match((await failureOf(tried({ hook: "false" }).swap(file, undefined, "new"))).message, /was removed again/);
    assert.deepEqual(readdirSync(folder), []);
    const theirs = join(folder, "theirs");
    writeFileSync(theirs, "theirs");
    const hook = `mv '${theirs}' '${file}'; false`;
    assert.match(
      (await failureOf(tried({ hook }).swap(file, undefined, "new"))).message,
      /was changed by somebody else meanwhile, and left so: target\.hook failed/,
    );
    assert.equal(readFileSync(file, "utf8"), "theirs");
  });

  it("does not wait for a hook that does not end, nor for what it leaves behind", async () => {
    writeFileSync(file, "old");
    const { message } = await failureOf(tried({ hook: "exec sleep 60" }, 1).swap(file, "old", "new"));
    assert.match(message, /is again as it was before: .*\(it did not end in time\)/);
    assert.equal(readFileSync(file, "utf8"), "old");
    const start = performance.now();
    await tried({ hook: "sleep 20 & true" }).swap(file, "old", "new");
    assert.ok(performance.now() - start < 10_000);
    assert.equal(readFileSync(file, "utf8"), "new");
  });

  it("tells no half of a secret where much is printed", async () => {
    const long = `printf '%4000s' 'x glrt-canary'; echo; for i in $(seq 400); do echo 'glrt-canary 0123'; done; exit 1`;
    const { message } = await failureOf(tried({ hook: long }).swap(file, undefined, "new"));
    assert.ok(message.length < 1500);
    assert.doesNotMatch(message, /glrt/);
  });

  it("is no record of ours: those are neither tried nor kept", async () => {
    await tried({ hook: "false" }).write(join(folder, "other.json"), "{}");
    await tried({ hook: "false" }).write(join(folder, "other.json"), "[]");
    assert.deepEqual(readdirSync(folder), ["other.json"]);
    renameSync(join(folder, "other.json"), file);
    assert.ok(existsSync(file));
  });
});
