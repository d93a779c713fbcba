import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findHost } from "../../provider/delivery/findHost.js";
import type { SshTarget, Target } from "../../provider/delivery/target.js";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { GITLAB_RUNNER, makeDocker, makePrograms } from "../support/programs.js";
import { failureOf } from "../support/reject.js";
import { type SshServer, startSshServer } from "./sshServer.js";
import { startSudoHost } from "./sudoHost.js";

type Properties = Record<string, unknown>;

const OLD = "concurrent = 1\n";
const LAST = ".config.toml.pulumi-last-good";

async function startHost(programs: Record<string, string> = {}): Promise<{ server: SshServer; file: string }> {
  const folder = makePrograms(programs);
  const server = await startSshServer({
    inPlace: () => `PATH=${folder}:$PATH; export PATH; exec sh -c "$SSH_ORIGINAL_COMMAND"`,
  });
  return { server, file: join(server.folder, "etc/config.toml") };
}

const reach = (target: Target) => findHost(target, (words) => words.replaceAll("glrt-canary", "[secret]"));

describe("root on a host, by sudo", () => {
  const sudo = async (rules: Parameters<typeof startSudoHost>[0], change: Partial<SshTarget>) => {
    const server = await startSudoHost(rules);
    const file = join(server.folder, "etc/config.toml");
    chmodSync(join(file, ".."), 0o700);
    return { file, host: await reach({ ssh: { ...server.target, sudo: true, ...change } }) };
  };

  it("comes with a password by standard input, and without one where the rules ask for none", async () => {
    for (const [rules, change] of [
      [{ password: "canary word'\"$" }, { sudoPassword: "canary word'\"$" }],
      [{}, {}],
      [{}, { sudoPassword: "canary-not-asked-for" }],
    ] as const) {
      const { file, host } = await sudo(rules, change);
      await host.write(file, "new");
      assert.equal(await host.read(file), "new");
      assert.equal(readFileSync(file, "utf8"), "new");
      assert.equal(statSync(file).uid, process.getuid?.());
    }
  }).timeout(60_000);

  it("comes with a password from the environment", async () => {
    process.env.SYSTEM_TEST_SUDO = "canary-env";
    try {
      const { file, host } = await sudo({ password: "canary-env" }, { sudoPasswordEnv: "SYSTEM_TEST_SUDO" });
      await host.write(file, "new");
      assert.equal(readFileSync(file, "utf8"), "new");
    } finally {
      delete process.env.SYSTEM_TEST_SUDO;
    }
    const { file, host } = await sudo({ password: "canary-env" }, { sudoPasswordEnv: "SYSTEM_TEST_SUDO" });
    assert.match((await failureOf(host.read(file))).message, /environment variable SYSTEM_TEST_SUDO is not set/);
  });

  it("is refused in words that say what to do, without the password", async () => {
    const cases = [
      [{ password: "right" }, { sudoPassword: "canary-wrong" }, /gives no root by sudo: it does not take the password/],
      [
        { password: "right" },
        {},
        /gives no root by sudo: .*password is required.*Let \S+ run sh by sudo without a pass/,
      ],
      [
        { password: "right", isAllowed: false },
        { sudoPassword: "right" },
        /gives no root by sudo: .*(not in the sudoers|not allowed).*Let \S+ run sh by sudo there/,
      ],
    ] as const;
    for (const [rules, change, pattern] of cases) {
      const { file, host } = await sudo(rules, change);
      const { message } = await failureOf(host.write(file, "new"));
      assert.match(message, pattern);
      assert.doesNotMatch(message, /canary/);
      assert.equal(existsSync(file), false);
    }
  }).timeout(60_000);

  it("has GitLab Runner's place for root, and a file that is root's", async () => {
    const { host } = await sudo({}, {});
    // Where the tests are not run by root, the scripted sudo leaves us who we are.
    const wanted = process.getuid?.() === 0 ? /^\/etc\/gitlab-runner\/config\.toml$/ : /config\.toml$/;
    assert.match((await host.locate(undefined)) ?? "", wanted);
  });
});

describe("a key with a passphrase", () => {
  it("is unlocked by the one that is given, or by the one in the environment; a wrong one is told, and not shown", async () => {
    const { server, file } = await startHost();
    writeFileSync(file, OLD);
    const locked = join(server.folder, "locked");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "canary phrase", "-C", "", "-f", locked]);
    writeFileSync(join(server.folder, "authorized_keys"), readFileSync(`${locked}.pub`));
    const ssh = { ...server.target, privateKeyPath: locked };
    assert.equal(await (await reach({ ssh: { ...ssh, passphrase: "canary phrase" } })).read(file), OLD);
    process.env.SYSTEM_TEST_PHRASE = "canary phrase";
    try {
      const host = await reach({ ssh: { ...ssh, passphraseEnv: "SYSTEM_TEST_PHRASE" } });
      assert.equal(await host.read(file), OLD);
    } finally {
      delete process.env.SYSTEM_TEST_PHRASE;
    }
    for (const [change, pattern] of [
      [{ passphrase: "canary-wrong" }, /the key is not unlocked by this passphrase/],
      [{}, /the key is locked by a passphrase\. Give target\.ssh\.passphraseEnv/],
      [{ passphraseEnv: "NO_SUCH_PHRASE" }, /the environment variable NO_SUCH_PHRASE is not set/],
    ] as const) {
      const { message } = await failureOf((await reach({ ssh: { ...ssh, ...change } })).read(file));
      assert.match(message, pattern);
      assert.doesNotMatch(message, /canary/);
    }
  }).timeout(30_000);
});

describe("a file that its host tries", () => {
  it("is checked by the host's gitlab-runner before it takes its place", async () => {
    const { server, file } = await startHost({ "gitlab-runner": GITLAB_RUNNER });
    const host = await reach({ ssh: server.target, check: "gitlab-runner" });
    writeFileSync(file, OLD);
    const { ino } = statSync(file);
    const refused = await failureOf(host.swap(file, OLD, 'refused\ntoken = "glrt-canary"\n'));
    assert.match(
      refused.message,
      /on \S+ was left as it is: target\.check refuses the new file \(exit code 1: FATAL: decoding config: token = "\[secret\]"\)\. Mend what it names/,
    );
    assert.deepEqual([statSync(file).ino, readdirSync(join(file, ".."))], [ino, ["config.toml"]]);
    assert.equal(await host.swap(file, OLD, "new"), true);
    assert.deepEqual([readFileSync(file, "utf8"), readdirSync(join(file, ".."))], ["new", [LAST, "config.toml"]]);
    assert.equal(readFileSync(join(file, "..", LAST), "utf8"), OLD);
    assert.equal(statSync(join(file, "..", LAST)).mode & 0o777, 0o600);
  });

  it("is followed by the hook, and gives way to the last good one when that fails or does not end", async () => {
    const { server, file } = await startHost();
    const seen = join(server.folder, "seen");
    const hook = `cat '${file}' > '${seen}'; read -r line; echo "input: $line" >> '${seen}'`;
    assert.equal(await (await reach({ ssh: server.target, hook })).swap(file, undefined, "new\n"), true);
    assert.equal(readFileSync(seen, "utf8"), "new\ninput: \n");
    const { ino } = statSync(file);
    const failing = await reach({ ssh: server.target, hook: "echo 'no glrt-canary' >&2; exit 3" });
    assert.match(
      (await failureOf(failing.swap(file, "new\n", "newer"))).message,
      /on \S+ is again as it was before: target\.hook failed after the file was in place \(exit code 3: no \[secret\]\)/,
    );
    assert.deepEqual([readFileSync(file, "utf8"), statSync(file).ino], ["new\n", ino]);
    const late = await reach({ ssh: { ...server.target, timeout: 1 }, hook: "exec sleep 60" });
    assert.match(
      (await failureOf(late.swap(file, "new\n", "newer"))).message,
      /is again as it was before: .*\(it did not end in time\)/,
    );
    assert.deepEqual([readFileSync(file, "utf8"), statSync(file).ino], ["new\n", ino]);
    assert.deepEqual(readdirSync(join(file, "..")), [LAST, "config.toml"]);
  }).timeout(60_000);

  it("is as it was where the hook cannot be ended, or the connection is cut meanwhile: the next delivery calls the hook again", async () => {
    const { server, file } = await startHost();
    const folder = join(file, "..");
    writeFileSync(file, OLD);
    const { ino } = statSync(file);
    const stubborn = await reach({
      ssh: { ...server.target, timeout: 1 },
      hook: "trap '' TERM; while :; do sleep 1; done",
    });
    assert.match(
      (await failureOf(stubborn.swap(file, OLD, "new"))).message,
      /is again as it was before: .*\(it did not end in time\)/,
    );
    assert.deepEqual([statSync(file).ino, readdirSync(folder)], [ino, [LAST, "config.toml"]]);

    // The connection's own process, which has the shell that calls the hook.
    const cut = await reach({ ssh: server.target, hook: "kill -9 $(ps -o ppid= -p $PPID); sleep 1" });
    const cutOff = failureOf(cut.exclusively(file, () => cut.swap(file, OLD, "new")));
    assert.match((await cutOff).message, /was cut off/);
    const calls = join(server.folder, "calls");
    const next = await reach({ ssh: server.target, hook: `echo called >> '${calls}'` });
    // It waits until the host has tidied up.
    assert.equal(await next.exclusively(file, () => next.swap(file, OLD, "new")), true);
    assert.deepEqual(
      [readFileSync(file, "utf8"), readFileSync(calls, "utf8"), readdirSync(folder)],
      ["new", "called\n", [LAST, "config.toml"]],
    );
  }).timeout(60_000);

  it("does not wait for what a hook leaves behind", async () => {
    const { server, file } = await startHost();
    const start = performance.now();
    await (await reach({ ssh: server.target, hook: "sleep 15 & true" })).write(file, "no config.toml");
    assert.equal(
      await (await reach({ ssh: server.target, hook: "sleep 15 & true" })).swap(file, "no config.toml", "new"),
      true,
    );
    assert.ok(performance.now() - start < 10_000);
  }).timeout(30_000);
});

describe("a ConfigToml's place on a host", () => {
  const runner = { url: "https://gitlab.example.com", id: 7, token: { value: "glrt-token-7" } };
  const make = async (args: Properties) => {
    const { inputs, failures } = await lifecycle.check(
      {},
      { runners: { web: { runner, executor: "shell" } }, ...args },
    );
    assert.deepEqual(failures, []);
    return (await lifecycle.create(inputs)) as unknown as { id: string; outs: Properties };
  };

  it("is GitLab Runner's own for its user where no path is given, kept in state, and left when it is destroyed", async () => {
    const home = makePrograms({});
    const server = await startSshServer({
      // Somebody who is not root, as far as this goes: `id -u` and HOME are what counts.
      inPlace: () =>
        `PATH=${makePrograms({ id: "echo 1000" })}:$PATH; HOME=${home}; export PATH HOME; exec sh -c "$SSH_ORIGINAL_COMMAND"`,
    });
    const target = { ssh: server.target };
    const { id, outs } = await make({ target });
    const file = join(home, ".gitlab-runner/config.toml");
    assert.equal(outs.location, file);
    assert.match(readFileSync(file, "utf8"), /glrt-token-7/);
    assert.deepEqual([statSync(file).mode & 0o777, statSync(join(file, "..")).mode & 0o777], [0o600, 0o700]);
    assert.equal((await lifecycle.read(id, outs)).id, id);
    const { inputs } = await lifecycle.check(outs, {
      runners: { web: { runner, executor: "shell" } },
      target: { ssh: { ...server.target, user: "root-or-other" } },
    });
    assert.deepEqual(await lifecycle.diff(id, outs, inputs), { changes: true, replaces: ["path"] });
    await lifecycle.delete(id, outs);
    assert.deepEqual(readdirSync(join(file, "..")), []);
  });

  it("is in a volume of the host's Docker, whose folder is looked up each time", async () => {
    const docker = makePrograms({});
    const { server } = await startHost({ docker: `exec sh ${docker}/docker "$@"` });
    const [first, second] = ["one/_data", "two/_data"].map((name) => join(server.folder, name));
    for (const folder of [first, second]) mkdirSync(folder as string, { recursive: true });
    const point = (folder: string | undefined) =>
      writeFileSync(join(docker, "docker"), makeDocker("runner-config", folder ?? ""));
    point(first);
    const target = { ssh: server.target, docker: { volume: "runner-config" } };
    const { id, outs } = await make({ target });
    assert.deepEqual(readdirSync(first as string), ["config.toml"]);
    assert.equal(outs.location, join(first as string, "config.toml"));
    assert.equal((await lifecycle.read(id, outs)).id, id);
    const missing = make({ target: { ...target, docker: { volume: "other" } } });
    assert.match(
      (await failureOf(missing)).message,
      /there is no volume other on \S+: make it with "docker volume create/,
    );
    point(second);
    assert.equal((await lifecycle.read(id, outs)).id, "", "a new volume of that name has no such file");
    point(first);
    await lifecycle.delete(id, outs);
    assert.deepEqual(readdirSync(first as string), []);
  });
});
