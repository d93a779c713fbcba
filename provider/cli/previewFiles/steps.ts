import { stripVTControlCharacters } from "node:util";
import { GitLabRunnerError } from "../../errors.js";
import { type PulumiTarget, runPulumi } from "../pulumi.js";

/** What `pulumi up` would do with one resource of this package. */
export interface Step {
  /** `create`, `update`, `replace`, `delete`. */
  op: string;
  /** `Runner`, `ConfigToml`. */
  type: string;
  name: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** The steps of a stack that change something of this package. */
export interface StepList {
  /** The Pulumi project's name. */
  project?: string;
  stack?: string;
  steps: readonly Step[];
}

interface State {
  inputs?: Record<string, unknown>;
}

interface RawStep {
  op: string;
  urn: string;
  oldState?: State;
  newState?: State;
}

interface Printed {
  steps?: RawStep[];
  diagnostics?: { severity?: string; message?: string }[];
}

/** In a component its type comes first, as `…:RunnerFleet$pulumi-nodejs:…`. */
const URN = /(?:::|\$)pulumi-nodejs:dynamic\/gitlab-runner:(?!StackIdentity:)(\w+)::(.+)$/s;

/** A replacement comes in several steps, of which this one tells both sides. */
const IDLE = new Set(["same", "read", "refresh", "create-replacement", "delete-replaced"]);

/** @throws GitLabRunnerError with Pulumi's words, when the preview fails */
export async function previewSteps(target: PulumiTarget): Promise<StepList> {
  const run = await runPulumi(["preview", "--json"], target);
  const printed = parse(run.stdout);
  if (run.code !== 0 || printed === undefined) {
    const told = (printed?.diagnostics ?? []).flatMap(({ severity, message }) =>
      severity === "error" ? stripVTControlCharacters(message ?? "") : [],
    );
    throw new GitLabRunnerError(`the preview failed: ${[...told, run.stderr].join("\n").trim() || run.stdout.trim()}`);
  }
  const all = printed.steps ?? [];
  const [stack, project] = all[0]?.urn.slice("urn:pulumi:".length).split("::") ?? [];
  return { project, stack, steps: all.flatMap(readStep) };
}

function readStep({ op, urn, oldState, newState }: RawStep): Step[] {
  const [, type, name] = URN.exec(urn) ?? [];
  if (type === undefined || name === undefined || IDLE.has(op)) return [];
  return [{ op, type, name, before: oldState?.inputs, after: newState?.inputs }];
}

function parse(text: string): Printed | undefined {
  try {
    return JSON.parse(text) as Printed;
  } catch {
    return undefined;
  }
}
