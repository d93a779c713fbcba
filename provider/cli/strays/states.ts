import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { GitLabRunnerError } from "../../errors.js";
import { type PulumiTarget, runPulumi } from "../pulumi.js";

/** A stack's state, as `pulumi stack export` prints it; and by which name it was asked for. */
export interface NamedState {
  name: string;
  resources: StateResource[];
}

/** What is used of a resource in state. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  external?: boolean;
  outputs?: Record<string, unknown>;
}

/** Which stacks' states to read. Where none is named: all stacks of the Pulumi project. */
export interface StateChoice {
  cwd: string;
  stacks: readonly string[];
  files: readonly string[];
  /** All stacks of the whole backend. */
  isAll: boolean;
}

/** @throws GitLabRunnerError when one of them cannot be read, or none is there: then everything would look like a stray */
export async function readStates({ cwd, stacks, files, isAll }: StateChoice): Promise<NamedState[]> {
  const isNamed = stacks.length + files.length > 0;
  const listed = isAll || !isNamed ? await listStacks(cwd, isAll) : [];
  const states: NamedState[] = [];
  for (const file of files) states.push(parse(file, await readState(file)));
  for (const stack of new Set([...stacks, ...listed])) states.push(parse(stack, await exportStack({ cwd, stack })));
  if (states.length > 0) return states;
  throw new GitLabRunnerError("there is no stack whose state tells what is declared: name some by --stack or --state");
}

/**
 * One stack at a time: for each that Pulumi looks at, its PostgreSQL backend holds one database connection and wants
 * another, of two for each processor, and ten at a time - its default - wait for each other for ever.
 */
async function listStacks(cwd: string, isAll: boolean): Promise<string[]> {
  const target = { cwd, env: { PULUMI_DIY_BACKEND_PARALLEL: "1" } };
  const run = await runPulumi(["stack", "ls", "--json", ...(isAll ? ["--all"] : [])], target);
  if (run.code !== 0) throw new GitLabRunnerError(`the stacks cannot be listed: ${run.stderr.trim()}`);
  return (JSON.parse(run.stdout) as { name: string }[]).map(({ name }) => name);
}

async function exportStack(target: PulumiTarget): Promise<string> {
  const run = await runPulumi(["stack", "export"], target);
  if (run.code === 0) return run.stdout;
  throw new GitLabRunnerError(`the state of stack ${target.stack} cannot be read: ${run.stderr.trim()}`);
}

async function readState(file: string): Promise<string> {
  try {
    return file === "-" ? await readAll(process.stdin) : await readFile(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new GitLabRunnerError(`--state: ${JSON.stringify(file)} cannot be read: ${reason}`);
  }
}

/** A file that is something else must not count as a stack that declares nothing. */
function parse(name: string, text: string): NamedState {
  const deployment = readDeployment(text);
  if (deployment === undefined) {
    throw new GitLabRunnerError(`${name} is no state as "pulumi stack export" prints it`);
  }
  return { name, resources: deployment.resources ?? [] };
}

function readDeployment(text: string): { resources?: StateResource[] } | undefined {
  try {
    const { deployment } = JSON.parse(text) as { deployment?: { manifest?: object; resources?: StateResource[] } };
    const isList = deployment?.resources === undefined || Array.isArray(deployment.resources);
    return deployment?.manifest && isList ? deployment : undefined;
  } catch {
    return undefined;
  }
}
