import assert from "node:assert/strict";
import { DateTime, NO_TIME, type Table } from "../../../provider/config/value.js";
import { entryOf, failureOf, run, SHELL, withTemplate, wordsFor } from "./support.js";

const EXISTING = `# ours
concurrent = 4
[[runners]]
name = "old"
url = "$ADDRESS"
token = "glrt-old"
executor = "shell"
nonsense = 1
`;

describe("the file that register leaves", () => {
  it("is new: without connection_max_age, with the globals that are always written", () => {
    const { text } = run(SHELL);
    assert.match(
      text,
      /^concurrent = 1\ncheck_interval = 0\nshutdown_timeout = 0\n\n\[session_server\]\n {2}session_timeout = 1800\n/,
    );
    assert.ok(!text.includes("connection_max_age"));
  });

  it("holds the existing entries as the Runner saves them, and the new one at the end", () => {
    const { text, configuration } = run(SHELL, { existing: EXISTING, environment: { ADDRESS: "https://a.example" } });
    const entries = configuration.runners as Table[];
    assert.deepEqual(
      entries.map(({ name, url }) => [name, url]),
      [
        ["old", "https://a.example"],
        ["r", "https://gitlab.example.com"],
      ],
    );
    assert.ok(!/nonsense|# ours/.test(text));
    assert.match(text, /^concurrent = 4\n[^[]*connection_max_age = "15m0s"/);
  });

  it("takes SENTRY_DSN where a file existed that has none, and only there", () => {
    const environment = { SENTRY_DSN: "https://sentry.example" };
    assert.equal(run(SHELL, { environment }).configuration.sentry_dsn, undefined);
    assert.equal(run(SHELL, { environment, existing: "" }).configuration.sentry_dsn, "https://sentry.example");
    const existing = 'sentry_dsn = "https://own.example"';
    assert.equal(run(SHELL, { environment, existing }).configuration.sentry_dsn, "https://own.example");
  });

  const broken: [title: string, text: string, message: RegExp][] = [
    ["no TOML", "concurrent = \n", /not valid TOML: line 1/],
    ["a wrong kind", "[[runners]]\nlimit = 1.0\n", /runners\[0\]\.limit: must be a whole number/],
    ["a wrong label", '[labels]\n"bad key" = "x"\n', /labels/],
    ["too many labels", `[[runners]]\nlabels = { ${labels(33)} }\n`, /at most 32/],
    [
      "a machine option without %s",
      '[[runners]]\n[runners.machine]\nMachineOptionsWithName = ["a"]\n',
      /MachineOptionsWithName/,
    ],
    [
      "a wrong period",
      '[[runners]]\n[[runners.machine.autoscaling]]\nPeriods = ["* *"]\n',
      /autoscaling\[0\]\.Periods/,
    ],
    ["a wrong time zone", '[[runners]]\n[[runners.machine.autoscaling]]\nTimezone = "Nowhere/X"\n', /Timezone/],
    [
      "an nfs volume without a server",
      '[[runners]]\n[[runners.kubernetes.volumes.nfs]]\nname = "n"\nmount_path = "/n"\npath = "/"\n',
      /nfs/,
    ],
    [
      "an nfs volume whose keys are in another case",
      '[[runners]]\n[[runners.kubernetes.volumes.nfs]]\nName = "n"\nmount_path = "/n"\nserver = "s"\npath = "/"\n',
      /nfs/,
    ],
    ["a time that is none", '[[runners]]\ntoken_obtained_at = "2026-01-01"\n', /must be a date-time/],
  ];
  for (const [title, existing, message] of broken) {
    it(`is not written beside ${title}, before anything is asked`, () => {
      const failure = failureOf([], { existing, typed: "" });
      assert.match(failure.message, message);
      assert.deepEqual(failure.requests, []);
    });
  }
});

function labels(count: number): string {
  return Array.from({ length: count }, (_, index) => `label_${index} = "x"`).join(", ");
}

describe("what registering sets by executor (§1.7)", () => {
  const sections = ["kubernetes", "machine", "docker", "ssh", "parallels", "virtualbox", "custom", "referees"];
  const rows: [executor: string, kept: string[]][] = [
    ["shell", []],
    ["custom", ["custom"]],
    ["instance", []],
    ["docker", ["docker"]],
    ["docker-windows", ["docker"]],
    ["docker-autoscaler", ["docker"]],
    ["docker+machine", ["docker", "machine"]],
    ["kubernetes", ["kubernetes"]],
    ["ssh", ["ssh"]],
    ["parallels", ["parallels", "ssh"]],
    ["virtualbox", ["ssh", "virtualbox"]],
  ];
  for (const [executor, kept] of rows) {
    it(`${executor} keeps ${kept.join(" and ") || "no section"}`, () => {
      const [words, rest] = withTemplate(wordsFor(executor), "[runners.referees.metrics]\nprometheus_address = 'p'");
      const entry = entryOf(words, rest);
      assert.deepEqual(
        Object.keys(entry)
          .filter((key) => sections.includes(key))
          .sort(),
        kept,
      );
    });
  }

  const volumes: [title: string, executor: string, words: string[], expected: unknown][] = [
    ["adds /cache", "docker", [], ["/cache"]],
    ["adds it behind others", "docker", ["--docker-volumes", "/a"], ["/a", "/cache"]],
    ["sees one that ends in /cache", "docker+machine", ["--docker-volumes", "/srv:/cache"], ["/srv:/cache"]],
    ["does not see one that goes on", "docker", ["--docker-volumes", "/srv:/cache:ro"], ["/srv:/cache:ro", "/cache"]],
    ["adds none where the cache is off", "docker-autoscaler", ["--docker-disable-cache"], undefined],
    ["adds c:\\cache", "docker-windows", ["--docker-disable-cache"], ["c:\\cache"]],
    ["sees any volume with c:\\cache", "docker-windows", ["--docker-volumes", "c:\\cache2:d:"], ["c:\\cache2:d:"]],
  ];
  for (const [title, executor, words, expected] of volumes) {
    it(`${executor} ${title}`, () => {
      assert.deepEqual((entryOf([...wordsFor(executor), ...words]).docker as Table).volumes, expected);
    });
  }

  it("sets the shell for docker-windows, and for shell on Windows, where none is set", () => {
    assert.equal(entryOf(wordsFor("docker-windows")).shell, "pwsh");
    assert.equal(entryOf([...wordsFor("docker-windows"), "--shell", "powershell"]).shell, "powershell");
    assert.equal(entryOf(SHELL).shell, undefined);
    assert.equal(entryOf(SHELL, { platform: "win32" }).shell, "pwsh");
  });

  it("sets the helper image of a FIPS build where none is set", () => {
    const flavor = (words: string[]) => (entryOf(words, { fips: true }).docker as Table).helper_image_flavor;
    assert.equal(flavor(wordsFor("docker")), "ubi-fips");
    assert.equal(flavor([...wordsFor("docker"), "--docker-helper-image-flavor", "alpine"]), "alpine");
  });

  it("trims what it asks for, and nothing else", () => {
    const words = ["--docker-image", " alpine ", "--docker-hostname", " h "];
    const { image, hostname } = entryOf([...wordsFor("docker").slice(0, -2), ...words]).docker as Table;
    assert.deepEqual([image, hostname], ["alpine", " h "]);
  });
});

describe("questions (§1.5)", () => {
  const without = (flag: string) => {
    const words = wordsFor("ssh");
    words.splice(words.indexOf(flag), 2);
    return words;
  };
  const needed = ["--url", "--token", "--executor", "--ssh-host", "--ssh-user"];
  for (const flag of needed) {
    it(`without ${flag} end a run that may not ask`, () =>
      assert.match(failureOf(without(flag)).message, new RegExp(flag)));
  }

  it("are answered in their order, with Enter for the value in brackets", () => {
    const typed = ["https://typed.example", "glrt-typed", "typed name", "nonsense", "ssh", "h", "22", "u", "", "/key"];
    const entry = entryOf(["--ssh-host", "given"], { typed: `${typed.join("\n")}\n` });
    assert.deepEqual(
      [entry.url, entry.token, entry.name, entry.executor],
      ["https://typed.example", "glrt-typed", "typed name", "ssh"],
    );
    assert.deepEqual(entry.ssh, { host: "h", port: "22", user: "u", password: "", identity_file: "/key" });
    const kept = entryOf(SHELL, { typed: "\n\n\n" });
    assert.deepEqual([kept.url, kept.name, kept.executor], ["https://gitlab.example.com", "r", "shell"]);
  });

  it("of a registration token are description, tags and note", () => {
    const typed = "https://g.example\nfake-registration\nmy runner\na,b\nnote\nshell\n";
    const { requests, configuration } = run([], { typed });
    const { description, tag_list, maintenance_note, run_untagged } = requests[0]?.body ?? {};
    assert.deepEqual([description, tag_list, maintenance_note, run_untagged], ["my runner", "a,b", "note", false]);
    assert.equal((configuration.runners as Table[])[0]?.token, "fake-issued");
  });

  it("end the run where the answers end", () => {
    assert.match(failureOf(SHELL, { typed: "\n" }).message, /standard input ended where register asks for the name/);
  });

  it("take back what was made where the last ones stay open, unless the runner is to be left", () => {
    const words = [...SHELL.slice(0, -1), "nope"];
    const paths = (more: string[]) =>
      failureOf([...words, ...more]).requests.map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(paths([]), ["POST /api/v4/runners/verify", "DELETE /api/v4/runners/managers"]);
    assert.deepEqual(paths(["--leave-runner"]), ["POST /api/v4/runners/verify"]);
  });
});

describe("tokens (§1.6)", () => {
  const OLD = ["--url", "https://gitlab.example.com", "--name", "r", "--executor", "shell"];
  const reserved = [
    "--locked=false",
    "--access-level=not_protected",
    "--run-untagged",
    "--maximum-timeout=60",
    "--paused",
    "--tag-list=a",
    "--maintenance-note=n",
  ];

  it("of the present workflow take id and times from the answer, at whole seconds", () => {
    const entry = entryOf(SHELL, { answer: { id: 5, tokenExpiresAt: "2030-01-01T00:00:00.000Z" } });
    assert.deepEqual(
      [entry.id, entry.token, entry.token_obtained_at, entry.token_expires_at],
      [5n, "glrt-fake", new DateTime("2026-01-02T03:04:05Z"), new DateTime("2030-01-01T00:00:00Z")],
    );
  });

  for (const flag of reserved) {
    it(`of the present workflow go with no ${flag}: it fails before any request`, () => {
      const failure = failureOf([...SHELL, flag]);
      assert.match(failure.message, /cannot be given with a runner authentication token/);
      assert.deepEqual(failure.requests, []);
    });
  }

  it("of the present workflow let defaults through", () => {
    const words = [
      "--locked=true",
      "--run-untagged=false",
      "--paused=false",
      "--maximum-timeout",
      "0",
      "--tag-list",
      "",
    ];
    assert.equal(entryOf([...SHELL, ...words]).id, 7n);
  });

  it("are told by glrt- alone; another one in --token is only verified", () => {
    for (const token of ["glrtr-fake", "fake-old", " glrt-fake"]) {
      const { requests, configuration } = run([...OLD, "--token", token, "--tag-list", "a"]);
      const [entry] = configuration.runners as Table[];
      assert.deepEqual(
        requests.map(({ path }) => path),
        ["/api/v4/runners/verify"],
      );
      assert.deepEqual([entry?.token, entry?.id, entry?.token_obtained_at ?? NO_TIME], [token, undefined, NO_TIME]);
    }
  });

  it("in --token win over another one in --registration-token, and reserved settings are refused then", () => {
    assert.equal(entryOf([...SHELL, "-r", "fake-registration"]).token, "glrt-fake");
    assert.match(failureOf([...SHELL, "-r", "glrt-other", "--paused"]).message, /cannot be given/);
  });

  it("typed at the prompt go with no reserved setting either", () => {
    assert.match(failureOf(["--paused"], { typed: "https://g.example\nglrt-typed\n" }).message, /cannot be given/);
  });

  it("for registering are exchanged for the runner's own", () => {
    const { requests, configuration } = run([...OLD, "-r", "glrtr-fake"]);
    assert.deepEqual(requests, [
      {
        method: "POST",
        path: "/api/v4/runners",
        body: { description: "r", run_untagged: true, locked: true, paused: false, token: "glrtr-fake" },
      },
    ]);
    const [entry] = configuration.runners as Table[];
    assert.deepEqual([entry?.token, entry?.id], ["fake-issued", 7n]);
  });

  const refusals: [title: string, words: string[], status: number, message: RegExp][] = [
    ["a changed or wrong token", SHELL, 403, /\(403\): the token is wrong, or was changed: an administrator/],
    [
      "registration tokens that are switched off",
      [...OLD, "-r", "fake"],
      410,
      /\(410\): .*instance, the group or the project/,
    ],
    ["a server that is down", SHELL, 500, /\(500\)/],
  ];
  for (const [title, words, status, message] of refusals) {
    it(`end the run for ${title}`, () => assert.match(failureOf(words, { answer: { status } }).message, message));
  }

  it("without GitLab's answer end the run, too, and say what is missing", () => {
    assert.equal(failureOf(SHELL, { answer: undefined }).needs, "runner");
    assert.equal(failureOf([...OLD, "-r", "fake"], { answer: { id: 1 } }).needs, "token");
  });

  it("go to http and https only", () => {
    for (const url of ["ftp://g.example", "gitlab.example.com", "https://"]) {
      const failure = failureOf(["--url", url, "--token", "glrt-fake", "--name", "r"]);
      assert.deepEqual([failure.requests, /^--url: must be an address/.test(failure.message)], [[], true]);
    }
  });
});
