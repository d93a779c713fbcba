import assert from "node:assert/strict";
import { failureOf, run, SHELL, warningsOf, withTemplate, wordsFor } from "./support.js";

const DOCKER = wordsFor("docker");

describe("register warns", () => {
  const silent: [title: string, words: string[]][] = [
    ["of nothing where nothing surprises", SHELL],
    [
      "of no template value that fills what is not set",
      withTemplate(DOCKER, "limit = 1\n[runners.docker]\nmemory = '1g'")[0],
    ],
  ];
  for (const [title, words] of silent) {
    it(title, () => assert.deepEqual(warningsOf(words, { template: "[[runners]]\nlimit = 1" }), []));
  }

  const rows: [title: string, words: string[], template: string, expected: RegExp][] = [
    [
      "of an explicit false that gives way",
      ["--docker-privileged=false"],
      "[runners.docker]\nprivileged = true",
      /^docker\.privileged: is set to false, .*template's value is taken$/,
    ],
    ["of an explicit 0 that gives way", ["--output-limit", "0"], "output_limit = 3", /^output_limit: is set to 0, /],
    ["of an empty text that gives way", ["--shell", ""], 'shell = "sh"', /^shell: is set to an empty text, /],
    [
      "of a map's key that gives way",
      ["--feature-flags", "FF_X:false"],
      "[runners.feature_flags]\nFF_X = true",
      /^feature_flags\.FF_X: is set to false/,
    ],
    [
      "of another executor's section in the template",
      [],
      "[runners.ssh]\nhost = 'h'",
      /^template\.ssh: is left out: not for the executor docker$/,
    ],
    [
      "of referees in the template",
      [],
      "[runners.referees.metrics]\nprometheus_address = 'p'",
      /^template\.referees: is left out: registering never keeps it$/,
    ],
    ["of a token in the template", [], 'token = "fake-template"', /^template\.token: is ignored/],
    ["of a name in the template", [], 'name = "n"', /^template\.name: is ignored/],
    [
      "of a time in the template",
      [],
      "token_expires_at = 2030-01-01T00:00:00Z",
      /^template\.token_expires_at: is ignored/,
    ],
    [
      "of an unknown key in the template",
      [],
      "nonsense = 1",
      /^template\.runners\[0\]\.nonsense: is ignored: GitLab Runner knows no such key$/,
    ],
    [
      "of a flag of another executor",
      ["--kubernetes-namespace", "n"],
      "",
      /^--kubernetes-namespace: has no effect: the executor docker/,
    ],
    ["of a variable of another executor", [], "", /^environment KUBERNETES_NAMESPACE: has no effect/],
    [
      "of a stray word, and names the flags that it hides",
      ["--docker-privileged", "SECRET", "--limit", "3"],
      "",
      /^--docker-privileged: the word behind it, .* ignored, and with it the flags behind it: --limit, since .*--docker-privileged=true/,
    ],
    ["of a limit above concurrent", ["--limit", "3"], "", /^limit: is above the global concurrent \(1\)/],
    ["of a request concurrency above concurrent", ["--request-concurrency", "3"], "", /^request_concurrency: is above/],
  ];
  for (const [title, words, template, expected] of rows) {
    it(title, () => {
      const environment: Record<string, string> = title.includes("variable") ? { KUBERNETES_NAMESPACE: "n" } : {};
      const [all, rest] = withTemplate([...DOCKER, ...words], template);
      // The template comes first: behind a stray word it would be hidden too.
      const warnings = warningsOf([...all.slice(-2), ...all.slice(0, -2)], { ...rest, environment });
      assert.deepEqual(warnings.filter((line) => expected.test(line)).length, 1, warnings.join("\n"));
      assert.equal(warnings.length, 1, warnings.join("\n"));
      assert.ok(!warnings.join().includes("SECRET"));
    });
  }

  it("of global settings in the template", () => {
    const template = "concurrent = 4\n[session_server]\nsession_timeout = 1\n[[runners]]\n";
    const warnings = warningsOf([...SHELL, "--template-config", "t"], { template });
    assert.deepEqual(
      warnings.map((line) => line.split(":")[0]),
      ["template.concurrent", "template.session_server"],
    );
  });

  it("of the same token twice in a file", () => {
    const existing = '[[runners]]\nurl = "https://gitlab.example.com"\ntoken = "glrt-fake"\nexecutor = "shell"\n';
    assert.match(warningsOf(SHELL, { existing }).join(), /^--token: is in the file already/);
  });

  it("of the legacy-compatible registration, and of what it ignores", () => {
    const words = ["--url", "https://g.example", "-r", "glrt-fake", "--name", "r", "--executor", "shell", "--paused"];
    assert.match(
      warningsOf(words).join(),
      /^--registration-token: holds a runner authentication token, so these are ignored: .*--paused/,
    );
  });

  it("of registration tokens, and of untagged jobs that are allowed by force", () => {
    const words = ["--url", "https://g.example", "-r", "fake", "--name", "r", "--executor", "shell"];
    assert.match(
      warningsOf(words).join("\n"),
      /^--registration-token: .*deprecated.*\n--run-untagged: is sent as true/,
    );
  });

  it("of deprecated settings, once each", () => {
    const words = [...SHELL, "--cache-s3-upload-role-arn", "a", "--cache-s3-upload-role-arn", "b"];
    const [warning, ...more] = warningsOf(words);
    assert.match(warning ?? "", /^--cache-s3-upload-role-arn: is deprecated: use /);
    assert.deepEqual(more, []);
  });

  it("of an old authentication token, and never shows it", () => {
    const words = ["--url", "https://g.example", "--token", "fake-old", "--name", "r", "--executor", "shell"];
    const [warning = ""] = warningsOf(words);
    assert.match(warning, /^--token: does not begin with glrt-/);
    assert.ok(!warning.includes("fake-old"));
  });
});

describe("a template that cannot be used ends the run before any question", () => {
  const rows: [title: string, template: string | undefined, message: RegExp][] = [
    ["a missing file", undefined, /^--template-config: there is no file "t\.toml"/],
    ["an empty file", "", /needs exactly one \[\[runners\]\] entry and has none/],
    ["two entries", "[[runners]]\n[[runners]]\n", /exactly one .* has 2/],
    ["no TOML", "[[runners]\n", /is not valid TOML: line 1/],
    ["a wrong kind", '[[runners]]\nlimit = "SECRET"\n', /runners\[0\]\.limit: must be a whole number/],
    ["a wrong label", '[[runners]]\n[runners.labels]\n"bad key!" = "x"\n', /labels/],
  ];
  for (const [title, template, message] of rows) {
    it(title, () => {
      const failure = failureOf(["--template-config", "t.toml"], { template, typed: "" });
      assert.match(failure.message, message);
      assert.ok(!failure.message.includes("SECRET"));
    });
  }
});

describe("explain", () => {
  const explained = (words: string[], rest: Parameters<typeof run>[1] = {}) =>
    Object.fromEntries(
      run(words, rest)
        .explain()
        .map(({ path, origin }) => [path, origin]),
    );

  it("names the layer of each key of the entry", () => {
    const [words, rest] = withTemplate(
      [...DOCKER, "--docker-volumes", "/b", "--docker-sysctls", "a.b:1"],
      "limit = 2\n[runners.docker]\nmemory = '1g'\n[runners.docker.sysctls]\nc = '2'",
    );
    const origins = explained(words, { ...rest, environment: { DOCKER_VOLUMES: "/a", RUNNER_SHELL: "bash" } });
    const expected = {
      name: "flag --name",
      limit: "template",
      url: "flag --url",
      id: "GitLab's answer",
      token: "flag --token",
      token_obtained_at: "GitLab's answer",
      shell: "environment RUNNER_SHELL",
      executor: "flag --executor",
      "docker.image": "flag --docker-image",
      "docker.memory": "template",
      "docker.volumes": "environment DOCKER_VOLUMES, flag --docker-volumes, executor default",
      'docker.sysctls["a.b"]': "flag --docker-sysctls",
      "docker.sysctls.c": "template",
      "docker.privileged": "built-in default",
    };
    for (const [path, origin] of Object.entries(expected)) assert.equal(origins[path], origin, path);
  });

  it("tells typed answers, a token in the other flag, and a token that GitLab gave", () => {
    assert.equal(explained(SHELL, { typed: "\nmy name\n\n" }).name, "answer");
    const words = ["--url", "https://g.example", "--name", "r", "--executor", "shell", "-r"];
    assert.equal(explained([...words, "glrt-fake"]).token, "flag -r");
    assert.equal(explained([...words, "fake"]).token, "GitLab's answer");
    assert.equal(
      explained(["--url", "https://g.example", "--token", "glrt-fake", "--executor", "shell"]).name,
      "built-in default",
    );
  });

  it("says template where an explicit zero gave way", () => {
    const [words, rest] = withTemplate([...SHELL, "--limit", "0"], "limit = 3");
    assert.equal(explained(words, rest).limit, "template");
  });
});
