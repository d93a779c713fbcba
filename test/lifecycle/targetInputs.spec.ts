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

  const DOCKER = { volume: "runner-config" };
  const whole: [string, Properties, RegExp[]][] = [
    ["takes this machine, with or without a path", { target: { local: {} } }, []],
    ["takes a volume of this machine's Docker", { target: { docker: DOCKER } }, []],
    ["takes a volume of a host's Docker", { target: { docker: DOCKER, ssh: SSH }, path: "a/config.toml" }, []],
    [
      "takes one machine",
      { target: { local: {}, ssh: SSH }, path: PATH },
      [/^target: has both ssh and local, which is this machine: keep one/],
    ],
    ["does not do without any machine", { target: {} }, [/^target\.ssh: is missing: name a machine/]],
    [
      "keeps a path in its volume",
      { target: { docker: DOCKER }, path: "../config.toml" },
      [/^path: must lie in the volume, such as config\.toml/],
    ],
    [
      "keeps an absolute path out of a volume",
      { target: { docker: DOCKER }, path: PATH },
      [/^path: must lie in the vol/],
    ],
    [
      "takes a volume's name, not its folder",
      { target: { docker: { volume: "/srv/canary-value" } } },
      [/^target\.docker\.volume: must be the name of a Docker volume/],
    ],
    [
      "does not check a container's file by the host",
      { target: { docker: DOCKER, check: "gitlab-runner" } },
      [/^target\.check: does not go with docker/],
    ],
    [
      "knows one check, and hooks of one line",
      { target: { local: {}, check: "canary-value", hook: "a\nb" } },
      [/^target\.check: must be "gitlab-runner"/, /^target\.hook: must be one line/],
    ],
    [
      "has no secret in a hook",
      { target: { local: {}, hook: "canary-value" }, secretPaths: ["target.hook"] },
      [/^target\.hook: is a secret, but everybody on the machine can see a command/],
    ],
    [
      "has no commands with SFTP",
      { target: { ssh: { ...SSH, transfer: "sftp", sudo: true }, check: "gitlab-runner", hook: "true" }, path: PATH },
      [
        /^target\.ssh\.transfer: must not be "sftp" with sudo/,
        /^target\.check: needs commands there/,
        /^target\.hook: needs commands there/,
      ],
    ],
    [
      "needs sudo for its password, and one of them",
      { target: { ssh: { ...SSH, sudoPassword: "canary-value", sudoPasswordEnv: "X" } } },
      [
        /^target\.ssh\.sudoPasswordEnv: does not go with sudoPassword/,
        /^target\.ssh\.sudoPassword: does nothing without sudo/,
        /^target\.ssh\.sudoPasswordEnv: does nothing without sudo/,
      ],
    ],
    [
      "needs a key for its passphrase, and one of them",
      { target: { ssh: { ...SSH, passphrase: "canary-value", passphraseEnv: "X" } } },
      [/^target\.ssh\.passphraseEnv: does not go with passphrase/, /^target\.ssh: has a passphrase, but no key/],
    ],
    [
      "takes passwords of one line, and names of variables",
      { target: { ssh: { ...SSH, sudo: true, password: "canary-value\n", sudoPasswordEnv: "canary-value" } } },
      [
        /^target\.ssh\.password: must be one line/,
        /^target\.ssh\.sudoPasswordEnv: must be the name of an environment variable, not the secret itself/,
      ],
    ],
    [
      "reaches Windows by SFTP",
      { target: { ssh: { ...SSH, transfer: "exec" } }, path: "C:\\GitLab-Runner\\config.toml" },
      [/^path: is one of Windows, which is reached by SFTP/],
    ],
  ];
  for (const [title, args, wanted] of whole) {
    it(title, async () => {
      const { failures } = await lifecycle.check({}, { runners, ...args });
      const reasons = failures.map(({ reason }) => reason);
      assert.equal(reasons.length, wanted.length, reasons.join("\n"));
      for (const pattern of wanted)
        assert.ok(
          reasons.some((reason) => pattern.test(reason)),
          reasons.join("\n"),
        );
      assert.ok(!reasons.join().includes(canary), "a value was repeated");
    });
  }

  it("is another file where it is another volume, no file any more, or another user's without a path", async () => {
    const differ = async (before: Properties, after: Properties) => {
      const { inputs } = await lifecycle.check({}, { runners, ...before });
      const { inputs: next } = await lifecycle.check({}, { runners, ...after });
      return (await lifecycle.diff("id", inputs, next)).replaces ?? [];
    };
    const local = { target: { local: {} } };
    assert.deepEqual(await differ({ path: PATH }, { path: PATH, ...local }), []);
    assert.deepEqual(await differ({}, local), ["path"]);
    assert.deepEqual(await differ(local, {}), ["path"]);
    assert.deepEqual(await differ(local, { target: { docker: DOCKER } }), ["target"]);
    assert.deepEqual(await differ({ target: { docker: DOCKER } }, { target: { docker: { volume: "other" } } }), [
      "target",
    ]);
    assert.deepEqual(await differ({ target: { ssh: SSH } }, { target: { ssh: { ...SSH, sudo: true } } }), ["path"]);
    const asRoot = { target: { ssh: { ...SSH, sudo: true } }, path: PATH };
    assert.deepEqual(await differ({ target: { ssh: SSH }, path: PATH }, asRoot), []);
  });

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
