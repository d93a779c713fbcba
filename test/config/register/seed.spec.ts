import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultConfigPath } from "../../../provider/config/register/defaultConfigPath.js";
import { parseToml } from "../../../provider/config/toml.js";
import type { Table } from "../../../provider/config/value.js";
import { ROOT } from "../../support/stack.js";
import { entryOf, failureOf, run, SHELL, warningsOf, withTemplate, wordsFor } from "./support.js";

const LEGACY = ["--url", "https://gitlab.example.com", "-r", "fake-registration", "--name", "r", "--executor", "shell"];
const bodyOf = (words: string[]) => run(words).requests[0]?.body ?? {};

const EMPTY_DIR = `[[runners]]
  [runners.kubernetes]
  [runners.kubernetes.volumes]
    [[runners.kubernetes.volumes.empty_dir]]
      name = "empty_dir"
      mount_path = "/path/to/empty_dir"
      medium = "Memory"
`;

const KUBERNETES = [
  "--url",
  "https://gitlab.example.com",
  "--token",
  "glrt-fake",
  "--name",
  "test-runner",
  "--executor",
  "kubernetes",
  "--kubernetes-host",
  "http://localhost:9876/",
  "--template-config",
  "t.toml",
];

describe("the acceptance rows of GitLab's page on registering runners", () => {
  it("seed row 5: the entry is in the file, keys in the Runner's order, zeros where it writes them", () => {
    const { text } = run(wordsFor("docker"));
    const keys = [...text.matchAll(/^ *([\w-]+) = /gm)].map(([, key]) => key);
    assert.deepEqual(keys.slice(4, 12), [
      "name",
      "url",
      "id",
      "token",
      "token_obtained_at",
      "token_expires_at",
      "executor",
      "MaxUploadedArchiveSize",
    ]);
    assert.match(text, / {4}privileged = false\n {4}disable_entrypoint_overwrite = false\n/);
    assert.match(text, / {4}shm_size = 0\n {4}network_mtu = 0\n$/);
  });

  const user = { isRoot: false, home: "/home/ann", folder: "/work" };
  const paths: [
    system: string,
    platform: NodeJS.Platform,
    who: typeof user | { isRoot: boolean; folder: string; home?: string },
    path: string,
  ][] = [
    ["Linux, and in a container, as root", "linux", { ...user, isRoot: true }, "/etc/gitlab-runner/config.toml"],
    ["Linux, not root", "linux", user, "/home/ann/.gitlab-runner/config.toml"],
    ["Linux, not root, without a home", "linux", { isRoot: false, folder: "/builds" }, "/builds/config.toml"],
    ["macOS", "darwin", { ...user, home: "/Users/ann" }, "/Users/ann/.gitlab-runner/config.toml"],
    ["FreeBSD", "freebsd", { ...user, home: "/home/gitlab-runner" }, "/home/gitlab-runner/.gitlab-runner/config.toml"],
    ["Windows", "win32", { isRoot: false, folder: "C:\\GitLab-Runner" }, "C:\\GitLab-Runner\\config.toml"],
  ];
  for (const [system, platform, who, path] of paths) {
    it(`seed row 6: the file on ${system} is ${path}`, () => assert.equal(defaultConfigPath(platform, who), path));
  }

  it("seed row 10: registering again adds an entry behind the others, in the order of registering", () => {
    let existing: string | undefined;
    for (const name of ["one", "two", "three"]) {
      existing = run(
        [...SHELL, "--description", name].filter((word) => word !== "--name" && word !== "r"),
        { existing },
      ).text;
    }
    const entries = parseToml(existing ?? "").runners as Table[];
    assert.deepEqual(
      entries.map(({ name }) => name),
      ["one", "two", "three"],
    );
  });

  const FIVE = [
    "--non-interactive",
    "--url",
    "https://gitlab.example.com/",
    "--token",
    "glrt-fake",
    "--executor",
    "docker",
    "--docker-image",
    "alpine:latest",
    "--description",
    "docker-runner",
  ];
  it("seed row 12: five values give the entry; docker-windows gets its shell and cache", () => {
    const entry = entryOf(FIVE);
    const { image, volumes } = entry.docker as Table;
    assert.deepEqual(
      [entry.url, entry.token, entry.executor, entry.name, image, volumes],
      ["https://gitlab.example.com/", "glrt-fake", "docker", "docker-runner", "alpine:latest", ["/cache"]],
    );
    const windows = entryOf(FIVE.map((word) => (word === "docker" ? "docker-windows" : word)));
    assert.deepEqual([windows.shell, (windows.docker as Table).volumes], ["pwsh", ["c:\\cache"]]);
  });

  /** The commands of the example, as a shell would split them. */
  const commands = readFileSync(join(ROOT, "examples/systems/README.md"), "utf8").match(/```shell\n[\s\S]*?```/g) ?? [];
  it("seed row 13: our sample commands go on over their lines, on every system", () => {
    assert.equal(commands.length, 5);
    for (const command of commands) {
      const lines = command.split("\n").slice(1, -1);
      for (const line of lines.slice(0, -1)) assert.match(line, / \\$/, line);
      const text = lines.join("\n").replace(/ \\\n/g, " ");
      const words = [...text.slice(text.indexOf(" register ")).matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare ?? "",
      );
      const entry = entryOf(words.map((word) => word.replace("$RUNNER_TOKEN", "glrt-fake")));
      assert.equal((entry.docker as Table).image, "alpine:3.20");
    }
  });

  it("seed row 14: a registration token works, with a warning that it is deprecated", () => {
    assert.equal(entryOf(LEGACY).token, "fake-issued");
    assert.match(warningsOf(LEGACY).join(), /deprecated/);
  });

  it("seed row 15: a maintenance note has at most 255 characters", () => {
    assert.equal(bodyOf([...LEGACY, "--maintenance-note", "é".repeat(255)]).maintenance_note, "é".repeat(255));
    const failure = failureOf([...LEGACY, "--maintenance-note", "x".repeat(256)]);
    assert.deepEqual([failure.requests, /^--maintenance-note: /.test(failure.message)], [[], true]);
  });

  it("seed row 16: tags are sent as one text", () => {
    assert.equal(bodyOf([...LEGACY, "--tag-list", "docker,aws"]).tag_list, "docker,aws");
  });

  it("seed row 17: run-untagged is sent, and true without tags", () => {
    assert.equal(bodyOf([...LEGACY, "--tag-list", "a", "--run-untagged=true"]).run_untagged, true);
    assert.equal(bodyOf([...LEGACY, "--tag-list", "a"]).run_untagged, false);
    assert.equal(bodyOf([...LEGACY, "--run-untagged=false"]).run_untagged, true);
  });

  it("seed row 18: locked is true unless it is set to false", () => {
    assert.deepEqual([bodyOf(LEGACY).locked, bodyOf([...LEGACY, "--locked=false"]).locked], [true, false]);
  });

  it("seed row 19: an access level is one of two, or not sent", () => {
    assert.ok(!("access_level" in bodyOf(LEGACY)));
    for (const level of ["not_protected", "ref_protected"]) {
      assert.equal(bodyOf([...LEGACY, "--access-level", level]).access_level, level);
    }
    assert.match(failureOf([...LEGACY, "--access-level", "protected"]).message, /^--access-level: /);
  });

  const SEVEN = [
    "--locked=false",
    "--access-level=ref_protected",
    "--run-untagged=true",
    "--maximum-timeout=60",
    "--paused",
    "--tag-list=a",
    "--maintenance-note=n",
  ];
  it("seed rows 20 and 21: with glrt- in the old flag seven settings are ignored, with a warning; in --token each is an error", () => {
    const words = LEGACY.map((word) => (word === "fake-registration" ? "glrt-fake" : word));
    const { requests, warnings } = run([...words, ...SEVEN]);
    assert.deepEqual(requests, [
      { method: "POST", path: "/api/v4/runners/verify", body: { token: "glrt-fake", system_id: "s_0123456789ab" } },
    ]);
    assert.equal(warnings.length, 1);
    for (const word of SEVEN) assert.match(failureOf([...SHELL, word]).message, /cannot be given/);
  });

  it("seed row 22: a template sets keys that have no flag", () => {
    const [words, rest] = withTemplate(SHELL, "[runners.labels]\nteam = 'infra'\n[runners.autoscaler]\nplugin = 'p'");
    const { labels, autoscaler } = entryOf(words, rest);
    assert.deepEqual([labels, autoscaler], [{ team: "infra" }, { plugin: "p" }]);
  });

  it("seed row 23: a template that is not there has an error of its own", () => {
    assert.match(
      failureOf([...SHELL, "--template-config", "/mnt/t.toml"]).message,
      /^--template-config: there is no file "\/mnt\/t\.toml"/,
    );
  });

  it("seed row 24: a template has one entry; its globals are ignored, with a warning", () => {
    const words = [...SHELL, "--template-config", "t.toml"];
    for (const template of ["", "[[runners]]\n[[runners]]\n"])
      assert.match(failureOf(words, { template }).message, /exactly one/);
    const template = "concurrent = 9\n[[runners]]\n";
    assert.equal(run(words, { template }).configuration.concurrent, 1n);
    assert.match(warningsOf(words, { template }).join(), /^template\.concurrent: is ignored/);
  });

  it("seed row 25: the empty_dir of the sample is rendered", () => {
    const { text } = run(KUBERNETES, { template: EMPTY_DIR });
    assert.match(
      text,
      /\[\[runners\.kubernetes\.volumes\.empty_dir\]\]\n {8}name = "empty_dir"\n {8}mount_path = "\/path\/to\/empty_dir"\n {8}medium = "Memory"\n/,
    );
  });

  it("seed row 26: the sample command as printed is refused; ours has --kubernetes-host", () => {
    const words = KUBERNETES.slice(0, 8);
    assert.throws(
      () => run([...words, "--host", "=", "http://localhost:9876/"], { template: EMPTY_DIR }),
      /--host: register has no such flag/,
    );
    assert.equal((entryOf(KUBERNETES, { template: EMPTY_DIR }).kubernetes as Table).host, "http://localhost:9876/");
  });

  it("seed row 27: TEMPLATE_CONFIG_FILE names the template, too", () => {
    const environment = { TEMPLATE_CONFIG_FILE: "t.toml" };
    assert.equal(entryOf(SHELL, { environment, template: "[[runners]]\nlimit = 1" }).limit, 1n);
    assert.match(failureOf(SHELL, { environment }).message, /there is no file "t\.toml"/);
  });

  it("seed row 28: the merged sample has the same keys and values, and what 19.4 adds", () => {
    const { text } = run(KUBERNETES, { template: EMPTY_DIR });
    const { concurrent, check_interval, session_server, runners } = parseToml(text);
    assert.deepEqual([concurrent, check_interval, session_server], [1n, 0n, { session_timeout: 1800n }]);
    const [entry = {}] = runners as Table[];
    const kubernetes = entry.kubernetes as Table;
    assert.deepEqual([entry.name, entry.executor], ["test-runner", "kubernetes"]);
    const { host, bearer_token_overwrite_allowed, image, namespace, privileged } = kubernetes;
    assert.deepEqual(
      [host, bearer_token_overwrite_allowed, image, namespace, privileged],
      ["http://localhost:9876/", false, "", "", undefined],
    );
    for (const key of [
      "namespace",
      "service_account",
      "pod_labels",
      "pod_annotations",
      "node_selector",
      "node_tolerations",
    ]) {
      assert.equal(kubernetes[`${key}_overwrite_allowed`], "", key);
    }
  });

  const EMPTY: [kind: string, flag: string[], key: string][] = [
    ["an empty text", ["--shell", ""], 'shell = "sh"'],
    ["a missing entry", [], 'shell = "sh"'],
    ["zero", ["--output-limit", "0"], "output_limit = 7"],
    ["false", ["--debug-trace-disabled=false"], "debug_trace_disabled = true"],
    ["a pointer to false", ["--clean-git-config", "false"], "clean_git_config = true"],
  ];
  for (const [kind, flag, key] of EMPTY) {
    it(`seed row 29: ${kind} is filled from the template`, () => {
      const [words, rest] = withTemplate([...SHELL, ...flag], key);
      assert.deepEqual(parseToml(key)[key.split(" ")[0] ?? ""], entryOf(words, rest)[key.split(" ")[0] ?? ""]);
    });
  }

  it("seed row 30: command line and environment beat the template; no docker section remains for shell", () => {
    const template = "executor = 'docker'\nlimit = 9\n[runners.docker]\nimage = 'tpl'";
    const [words, rest] = withTemplate([...SHELL, "--limit", "1"], template);
    const entry = entryOf(words, { ...rest, environment: { RUNNER_SHELL: "bash" } });
    assert.deepEqual([entry.executor, entry.limit, entry.shell, entry.docker], ["shell", 1n, "bash", undefined]);
  });

  it("seed row 31: both docker services are there, in order, with the image and /cache", () => {
    const template =
      '[[runners]]\n[runners.docker]\n[[runners.docker.services]]\nname = "mysql:latest"\n[[runners.docker.services]]\nname = "redis:latest"\n';
    const words = [
      "--url",
      "https://gitlab.example.com",
      "--token",
      "glrt-fake",
      "--template-config",
      "t",
      "--description",
      "gitlab-ce-ruby-3.1",
      "--executor",
      "docker",
      "--docker-image",
      "ruby:3.1",
    ];
    const { image, services, volumes } = entryOf(words, { template }).docker as Table;
    assert.deepEqual(
      [image, services, volumes],
      ["ruby:3.1", [{ name: "mysql:latest" }, { name: "redis:latest" }], ["/cache"]],
    );
  });
});
