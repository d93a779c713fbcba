import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseToml } from "../../provider/config/toml.js";
import type { Table } from "../../provider/config/value.js";
import { installExample, loadExample } from "../support/examples.js";
import { makeGitLab } from "../support/gitlab.js";
import { type Run, TestStack } from "../support/stack.js";

const SYSTEMS = ["linux", "macos", "windows", "freebsd", "docker"];

describe("the examples of templates, on the real engine", () => {
  it("write what the mission says of them", async () => {
    const gitlab = await makeGitLab();
    const groupId = gitlab.createGroup({ path: "examples" }).id;
    const stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    const path = (name: string) => stack.path(`${name}.toml`);
    const examples = ["empty-dir", "services", "executor-wins"];
    for (const example of [...examples, "systems"]) installExample(stack, example);
    const lines = [
      ...examples.map((name) => loadExample(name, { groupId, path: path(name) })),
      ...SYSTEMS.map((system) => loadExample("systems", { groupId, system, path: path(system) })),
    ];
    stack.program(lines.join("\n"));
    const run = await stack.up();
    const entryOf = (name: string): Table => {
      const [entry = {}] = parseToml(readFileSync(path(name), "utf8")).runners as Table[];
      assert.match(entry.token as string, /^glrt-/);
      return entry;
    };
    assertVolume(entryOf("empty-dir"));
    assertServices(entryOf("services"));
    assertExecutor(entryOf("executor-wins"), run);
    for (const system of SYSTEMS) assertSystem(entryOf(system), system);
  });
});

/** Seed rows 25 and 28: the template's volume beside the declared host. */
function assertVolume(entry: Table): void {
  const { host, volumes } = entry.kubernetes as Table;
  const volume = { name: "empty_dir", mount_path: "/path/to/empty_dir", medium: "Memory" };
  assert.deepEqual([entry.name, host, volumes], ["test-runner", "http://localhost:9876/", { empty_dir: [volume] }]);
}

/** Seed row 31: both services, in order, with the image and /cache. */
function assertServices(entry: Table): void {
  const { image, services, volumes } = entry.docker as Table;
  assert.deepEqual(
    [image, services, volumes],
    ["ruby:3.1", [{ name: "mysql:latest" }, { name: "redis:latest" }], ["/cache"]],
  );
}

/** Seed row 30: the declared executor leaves no docker section, and that is said. */
function assertExecutor(entry: Table, run: Run): void {
  assert.deepEqual([entry.executor, entry.shell, entry.docker], ["shell", "bash", undefined]);
  assert.match(run.output, /runners\.shell\.template: its docker is left out: not for the executor shell/);
}

/** Seed row 32: hosts of five systems from one program. */
function assertSystem(entry: Table, system: string): void {
  const { volumes, pull_policy } = entry.docker as Table;
  const isWindows = system === "windows";
  assert.deepEqual([volumes, pull_policy], [[isWindows ? "c:\\cache" : "/cache"], ["if-not-present"]]);
  assert.deepEqual([entry.executor, entry.shell], isWindows ? ["docker-windows", "pwsh"] : ["docker", undefined]);
}
