import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

export const repository = path.resolve(__dirname, "..", "..", "..");

/** The address of a set-up script, for an import in the code of a child process. */
export function script(name: string): string {
  return JSON.stringify(pathToFileURL(path.join(repository, "scripts", name)).href);
}

/** A set-up script itself. The scripts have no types of their own, so the caller says what it expects. */
export async function load<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(path.join(repository, "scripts", name)).href)) as T;
}

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A Node.js process of a test. */
export class Run {
  readonly ended: Promise<Ending>;
  private stdout = "";
  private stderr = "";

  constructor(readonly child: ChildProcess) {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve({ code, signal, stdout: this.stdout, stderr: this.stderr }));
    });
  }

  /** Resolves as soon as the process has written what matches; fails if it ends without. */
  async says(pattern: RegExp): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      const look = () => pattern.test(this.stdout + this.stderr) && resolve();
      this.child.stdout?.on("data", look);
      this.child.stderr?.on("data", look);
      look();
    });
    const unheard = this.ended.then(({ stdout, stderr }) => {
      if (!pattern.test(stdout + stderr)) throw new Error(`${pattern} was never said, but:\n${stdout}${stderr}`);
    });
    await Promise.race([heard, unheard]);
  }
}

/** A folder of its own for one test, and an environment that knows nothing of this machine's Pulumi, Go and caches. */
export class Sandbox {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), "set-up-spec-")));
  /** A folder for PATH that holds a few tools of the system and no others. */
  readonly tools = this.path("tools");
  readonly cache = this.path("cache");
  private readonly runs: Run[] = [];

  constructor() {
    mkdirSync(this.tools);
    for (const name of ["cat", "cp", "gzip", "ln", "mkdir", "sh", "tail", "tar"]) {
      symlinkSync(findTool(name), path.join(this.tools, name));
    }
    symlinkSync(process.execPath, path.join(this.tools, "node"));
  }

  path(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  write(name: string, content: string): string {
    const file = this.path(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  writeProgram(name: string, shell: string): string {
    const file = this.write(name, `#!/bin/sh\n${shell}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** A folder with a program that answers like `pulumi version`, and its language host. */
  writePulumi(folder: string, version: string): string {
    this.writeProgram(`${folder}/pulumi-language-nodejs`, "exit 0");
    this.writeProgram(`${folder}/pulumi`, `echo ${version}`);
    return this.path(folder);
  }

  /** Runs `code`, an ES module, with `folders` before the tools on PATH. */
  run(code: string, { folders = [], env = {} }: { folders?: string[]; env?: NodeJS.ProcessEnv } = {}): Run {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
      cwd: this.folder,
      env: {
        PATH: [...folders, this.tools].join(path.delimiter),
        HOME: this.folder,
        PULUMI_GITLAB_RUNNER_CACHE: this.cache,
        // Nothing listens on port 1.
        PULUMI_GITLAB_RUNNER_RELEASES: "http://127.0.0.1:1",
        ...env,
      },
    });
    const run = new Run(child);
    this.runs.push(run);
    return run;
  }

  async remove(): Promise<void> {
    for (const { child } of this.runs) child.kill("SIGKILL");
    await Promise.allSettled(this.runs.map((run) => run.ended));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Gives every test of the surrounding suite a sandbox of its own. */
export function useSandbox(): () => Sandbox {
  let sandbox: Sandbox | undefined;
  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => sandbox?.remove());
  return () => {
    if (!sandbox) throw new Error("There is a sandbox only while a test runs");
    return sandbox;
  };
}

function findTool(name: string): string {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
  if (!found) throw new Error(`${name} is not on PATH`);
  return found;
}
