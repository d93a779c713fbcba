import assert from "node:assert/strict";
import { UNKNOWN } from "../../provider/lifecycle/check.js";
import * as lifecycle from "../../provider/lifecycle/configToml.js";

type Properties = Record<string, unknown>;

const PATH = "/etc/gitlab-runner/config.toml";
const SSH = { host: "web-1.example", user: "deploy" };
const runners = {
  web: { runner: { url: "https://gitlab.example.com", id: 7, token: { value: "glrt-x" } }, executor: "shell" },
};

async function reasonsOf(ssh: unknown, path: unknown = PATH): Promise<string[]> {
  const { failures } = await lifecycle.check({}, { path, target: { ssh }, runners } as Properties);
  return failures.map(({ reason }) => reason);
}

describe("the target of a ConfigToml", () => {
  it("is fine with a host and a user, an address, a jump host, and what is not known yet", async () => {
    for (const ssh of [
      SSH,
      { ...SSH, host: "10.0.0.1", port: 2222 },
      { ...SSH, host: "fe80::1" },
      { ...SSH, proxyJump: { ...SSH, proxyJump: SSH } },
      { ...SSH, host: UNKNOWN, user: UNKNOWN },
      UNKNOWN,
    ]) {
      assert.deepEqual(await reasonsOf(ssh), [], JSON.stringify(ssh));
    }
    assert.deepEqual(await reasonsOf(SSH, UNKNOWN), []);
  });

  const canary = "canary-value";
  const rows: [string, unknown, RegExp[]][] = [
    ["needs a host and a user", {}, [/^target\.ssh\.host: is missing/, /^target\.ssh\.user: is missing/]],
    ["needs a machine", undefined, [/^target\.ssh: is missing: name a machine, by ssh: \{ host, user \}, local/]],
    [
      "takes host, user and port apart",
      { ...SSH, host: `${canary}@h` },
      [/^target\.ssh\.host: must be a name or an address alone/],
    ],
    ["takes a port apart", { ...SSH, host: "h:22" }, [/^target\.ssh\.host: must be a name or an address alone/]],
    ["takes ports that there are", { ...SSH, port: 70000 }, [/^target\.ssh\.port: must be at most 65535/]],
    [
      "names the environment variable, not the key",
      { ...SSH, privateKeyEnv: `-----BEGIN ${canary}` },
      [/^target\.ssh\.privateKeyEnv: must be the name of an environment variable/],
    ],
    [
      "takes a fingerprint as ssh-keygen shows it",
      { ...SSH, hostKey: canary },
      [/^target\.ssh\.hostKey: must be a fingerprint as "ssh-keygen -lf" shows it/],
    ],
    [
      "takes one way to log in",
      { ...SSH, password: canary, privateKey: canary },
      [/^target\.ssh: has several ways to log in \(privateKey, password\): keep one/],
    ],
    [
      "takes known_hosts or a fingerprint",
      { ...SSH, knownHosts: "x", hostKey: `SHA256:${"A".repeat(43)}` },
      [/^target\.ssh\.knownHosts: does not go with hostKey/],
    ],
    ["takes seconds", { ...SSH, timeout: 0 }, [/^target\.ssh\.timeout: must be at least 1 second/]],
    [
      "checks the jump host alike",
      { ...SSH, proxyJump: { host: "j", user: "", password: canary, agent: canary } },
      [/^target\.ssh\.proxyJump\.user: must not be blank/, /^target\.ssh\.proxyJump: has several ways/],
    ],
    [
      "has sudo on the last host alone",
      { ...SSH, proxyJump: { ...SSH, sudo: true } },
      [/^target\.ssh\.proxyJump\.sudo: is not a known argument/],
    ],
    [
      "knows its arguments",
      { ...SSH, privatKeyPath: canary },
      [/^target\.ssh\.privatKeyPath: is not a known argument: did you mean "privateKeyPath"\?/],
    ],
  ];
  for (const [title, ssh, wanted] of rows) {
    it(title, async () => {
      const reasons = await reasonsOf(ssh);
      assert.equal(reasons.length, wanted.length, reasons.join("\n"));
      for (const pattern of wanted)
        assert.ok(
          reasons.some((reason) => pattern.test(reason)),
          `${pattern} not in\n${reasons.join("\n")}`,
        );
      assert.ok(!reasons.join().includes(canary), "a value was repeated");
    });
  }

  it("goes with an absolute path there, or none", async () => {
    const missing = await lifecycle.check({}, { target: { ssh: SSH }, runners } as Properties);
    assert.deepEqual(missing.failures, []);
    assert.deepEqual(await reasonsOf(SSH, "C:\\GitLab-Runner\\config.toml"), []);
    assert.match((await reasonsOf(SSH, "config.toml")).join(), /^path: must begin with "\/" with a target/);
    assert.match((await reasonsOf(SSH, "/etc/a\nb")).join(), /^path: must not hold line ends/);
  });

  it("counts its secrets, so that a preview shows when one changes", async () => {
    const secretPaths = ["target.ssh.password"];
    const args = (password: string) => ({ path: PATH, target: { ssh: { ...SSH, password } }, secretPaths, runners });
    const { inputs } = await lifecycle.check({}, args("one"));
    assert.equal((inputs.secretVersions as Record<string, number>)["target.ssh.password"], 1);
    const { inputs: next } = await lifecycle.check(inputs, args("two"));
    assert.equal((next.secretVersions as Record<string, number>)["target.ssh.password"], 2);
  });

  it("of a host that is not known yet may be another host", async () => {
    const { inputs } = await lifecycle.check({}, { path: PATH, target: { ssh: SSH }, runners } as Properties);
    for (const target of [UNKNOWN, { ssh: UNKNOWN }, { ssh: { ...SSH, host: UNKNOWN } }]) {
      assert.deepEqual(await lifecycle.diff("id", inputs, { ...inputs, target }), {
        changes: true,
        replaces: ["target"],
      });
    }
  });
});
