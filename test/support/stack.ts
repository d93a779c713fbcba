import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The checkout; compiled tests lie in `build/test/support`. */
export const ROOT = join(__dirname, "../../..");

/** What a command said and how it ended. */
export interface Run {
  code: number;
  stdout: string;
  stderr: string;
  /** Both, for what may stand in either. */
  output: string;
}

/**
 * A stack of the real Pulumi CLI on a file backend of its own. Its program is plain JavaScript that finds the packed
 * package as an installed one. What is still there at the end of the test is destroyed.
 */
export class TestStack {
  readonly folder: string;
  /** The environment of every command; nothing is inherited but PATH and the like. */
  readonly env: Record<string, string>;

  constructor(env: Record<string, string> = {}) {
    const parent = join(ROOT, "build/stacks");
    mkdirSync(parent, { recursive: true });
    this.folder = mkdtempSync(join(parent, "s-"));
    mkdirSync(this.path("state"));
    mkdirSync(this.path("project"));
    this.write("Pulumi.yaml", "name: test\nruntime: nodejs\nmain: index.js\n");
    this.write("package.json", '{ "name": "test", "dependencies": { "pulumi-gitlab-runner": "*" } }\n');
    this.env = {
      PATH: process.env.PATH ?? "",
      HOME: this.folder,
      PULUMI_HOME: this.path("home"),
      PULUMI_BACKEND_URL: `file://${this.path("state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      ...env,
    };
    stacks.push(this);
  }

  /** A path in the stack's own folder. */
  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** A folder in the stack's own. */
  makeFolder(...parts: string[]): string {
    mkdirSync(this.path(...parts), { recursive: true });
    return this.path(...parts);
  }

  private write(name: string, text: string): void {
    writeFileSync(join(this.folder, "project", name), text);
  }

  /** Sets the program; `pulumi`, `gitlabRunner` and the stack's `file` are there to use. */
  program(body: string): void {
    const head = [
      'const pulumi = require("@pulumi/pulumi");',
      'const gitlabRunner = require("pulumi-gitlab-runner");',
      "const { ConfigToml, Provider, Runner } = gitlabRunner;",
      `const file = ${JSON.stringify(this.file)};`,
    ];
    this.write("index.js", `${head.join("\n")}\n${body}\n`);
  }

  /** Where the program's config.toml goes. */
  get file(): string {
    return this.path("host", "config.toml");
  }

  /** Runs `pulumi`. */
  async pulumi(...args: string[]): Promise<Run> {
    return this.command("pulumi", [...args, "--non-interactive", "--color", "never"]);
  }

  /** Runs any command in the project. */
  async command(command: string, args: string[], env: Record<string, string> = {}): Promise<Run> {
    const child = spawn(command, args, {
      cwd: this.path("project"),
      env: { ...this.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const run = { stdout: "", stderr: "", output: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      run.stdout += text;
      run.output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      run.stderr += text;
      run.output += text;
    });
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code: code ?? -1, ...run }));
    });
  }

  /** Creates the stack; before anything else. */
  async init(): Promise<this> {
    if (this.hasOwnBackend) {
      blank ??= makeBlank();
      const { state, settings } = await blank;
      cpSync(state, this.path("state"), { recursive: true });
      cpSync(settings, this.path("project", SETTINGS));
      this.env.PULUMI_STACK = "dev";
    } else await this.succeed("stack", "init", "dev");
    return this;
  }

  async succeed(...args: string[]): Promise<Run> {
    const run = await this.pulumi(...args);
    assert.equal(run.code, 0, `pulumi ${args.join(" ")}\n${run.output}`);
    return run;
  }

  async fail(...args: string[]): Promise<Run> {
    const run = await this.pulumi(...args);
    assert.notEqual(run.code, 0, `pulumi ${args.join(" ")} went well\n${run.output}`);
    return run;
  }

  up(...args: string[]): Promise<Run> {
    return this.succeed("up", "--yes", "--skip-preview", ...args);
  }

  failUp(...args: string[]): Promise<Run> {
    return this.fail("up", "--yes", "--skip-preview", ...args);
  }

  preview(...args: string[]): Promise<Run> {
    return this.succeed("preview", "--diff", ...args);
  }

  destroy(): Promise<Run> {
    return this.succeed("destroy", "--yes", "--skip-preview");
  }

  /** The resources in state, without the stack, its identity and its providers; secrets stay encrypted. */
  async resources(): Promise<StateResource[]> {
    const { resources = [] } = (await this.readDeployment()) ?? {};
    return resources.filter(({ type }) => /:dynamic\/gitlab-runner:(?!StackIdentity$)/.test(type));
  }

  /** Gives the stack what `pulumi stack export` wrote; on its own backend without the CLI, which takes its time. */
  async restore(exported: string): Promise<void> {
    if (!this.hasOwnBackend) {
      await this.succeed("stack", "import", "--file", exported);
      return;
    }
    const { version, deployment } = JSON.parse(readFileSync(exported, "utf8")) as {
      version: number;
      deployment: object;
    };
    const checkpoint = { version, checkpoint: { stack: "organization/test/dev", latest: deployment } };
    writeFileSync(this.path(STATE), JSON.stringify(checkpoint));
  }

  private async readDeployment(): Promise<Deployment | undefined> {
    if (this.hasOwnBackend) {
      const text = readFileSync(this.path(STATE), "utf8");
      return (JSON.parse(text) as { checkpoint: { latest?: Deployment } }).checkpoint.latest;
    }
    const { stdout } = await this.succeed("stack", "export");
    return (JSON.parse(stdout) as { deployment: Deployment }).deployment;
  }

  /** Whether its state lies in its folder, and not in a database, say. */
  private get hasOwnBackend(): boolean {
    return this.env.PULUMI_BACKEND_URL === `file://${this.path("state")}`;
  }

  async dispose(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface StateResource {
  urn: string;
  type: string;
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  initErrors?: string[];
}

interface Deployment {
  resources?: StateResource[];
}

const stacks: TestStack[] = [];

/** Where a stack's state lies on its own backend. */
const STATE = "state/.pulumi/stacks/test/dev.json";

/** Where a stack's settings lie in its project: the salt of its secrets. */
const SETTINGS = "Pulumi.dev.yaml";

interface Blank {
  state: string;
  settings: string;
}

let blank: Promise<Blank> | undefined;

/** What `pulumi stack init dev` leaves behind. Made once by each process, because the CLI takes its time for it. */
async function makeBlank(): Promise<Blank> {
  const made = new TestStack();
  await made.succeed("stack", "init", "dev");
  const kept = mkdtempSync(join(ROOT, "build/stacks/blank-"));
  process.once("exit", () => rmSync(kept, { recursive: true, force: true }));
  const settings = join(kept, SETTINGS);
  cpSync(made.path("state"), join(kept, "state"), { recursive: true });
  cpSync(made.path("project", SETTINGS), settings);
  return { state: join(kept, "state"), settings };
}

// A benchmark uses stacks outside of a test, and disposes of them itself.
if (typeof afterEach === "function") {
  afterEach(async () => {
    await Promise.all(stacks.splice(0).map((stack) => stack.dispose()));
  });
}
