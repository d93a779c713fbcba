import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseToml } from "../../provider/config/toml.js";
import type { Table } from "../../provider/config/value.js";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, type Run, TestStack } from "../support/stack.js";

const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

/** Puts an example's program into the stack's own project, as JavaScript. */
function install(stack: TestStack, example: string): void {
  const folder = join(ROOT, "examples", example);
  const options = ["--module", "commonjs", "--target", "es2022", "--skipLibCheck", "--types", "node"];
  const typeRoots = join(ROOT, "node_modules/@types");
  const target = stack.path("project");
  spawnSync(process.execPath, [
    TSC,
    ...options,
    "--typeRoots",
    typeRoots,
    "--outDir",
    target,
    join(folder, "index.ts"),
  ]);
  const template = join(folder, "template.toml");
  if (existsSync(template)) copyFileSync(template, join(target, "template.toml"));
}

/** A stack of an example beside a stand-in GitLab. */
class Example {
  private constructor(
    readonly stack: TestStack,
    private readonly groupId: number,
  ) {}

  static async make(name: string): Promise<Example> {
    const gitlab = await makeGitLab();
    const group = gitlab.createGroup({ path: "examples" });
    const stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    install(stack, name);
    return new Example(stack, group.id);
  }

  /** Runs it; the file goes into the stack's folder. */
  async apply(settings: Record<string, string> = {}): Promise<{ run: Run; entry: Table }> {
    const path = settings.path ?? this.stack.file;
    const all = Object.entries({ groupId: this.groupId, path, ...settings });
    await this.stack.succeed(
      "config",
      "set-all",
      ...all.flatMap(([name, value]) => ["--plaintext", `${name}=${value}`]),
    );
    const run = await this.stack.up();
    const [entry = {}] = parseToml(readFileSync(path, "utf8")).runners as Table[];
    assert.match(entry.token as string, /^glrt-/);
    return { run, entry };
  }
}

describe("the examples of templates, on the real engine", () => {
  it("seed rows 25 and 28: empty-dir renders the volume beside the declared host", async () => {
    const { entry } = await (await Example.make("empty-dir")).apply();
    const { host, volumes } = entry.kubernetes as Table;
    const volume = { name: "empty_dir", mount_path: "/path/to/empty_dir", medium: "Memory" };
    assert.deepEqual([entry.name, host, volumes], ["test-runner", "http://localhost:9876/", { empty_dir: [volume] }]);
  });

  it("seed row 31: services renders both, in order, with the image and /cache", async () => {
    const { entry } = await (await Example.make("services")).apply();
    const { image, services, volumes } = entry.docker as Table;
    assert.deepEqual(
      [image, services, volumes],
      ["ruby:3.1", [{ name: "mysql:latest" }, { name: "redis:latest" }], ["/cache"]],
    );
  });

  it("seed row 30: executor-wins leaves no docker section, and says so", async () => {
    const { run, entry } = await (await Example.make("executor-wins")).apply();
    assert.deepEqual([entry.executor, entry.shell, entry.docker], ["shell", "bash", undefined]);
    assert.match(run.output, /runners\.shell\.template: its docker is left out: not for the executor shell/);
  });

  it("seed row 32: systems serves hosts of five systems from one program", async () => {
    const example = await Example.make("systems");
    for (const system of ["linux", "macos", "windows", "freebsd", "docker"]) {
      const { entry } = await example.apply({ system, path: example.stack.path(`${system}.toml`) });
      const { volumes, pull_policy } = entry.docker as Table;
      const isWindows = system === "windows";
      assert.deepEqual([volumes, pull_policy], [[isWindows ? "c:\\cache" : "/cache"], ["if-not-present"]]);
      assert.deepEqual([entry.executor, entry.shell], isWindows ? ["docker-windows", "pwsh"] : ["docker", undefined]);
    }
  });
});
