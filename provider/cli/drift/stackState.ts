import { nameHost, type SshAccess } from "../../delivery/target.js";
import { GitLabRunnerError } from "../../errors.js";
import { identifyItem, placeInSet } from "../../lifecycle/runner/reference.js";
import { type PulumiTarget, runPulumi } from "../pulumi.js";
import { findProject } from "../stackConfig.js";

/** What state tells of a resource of this package, or of one runner of a RunnerSet. */
export interface StateResource {
  urn: string;
  name: string;
  type: string;
  id: string;
  url?: string;
  identity?: string;
  link?: string;
  path?: string;
  host?: string;
  /** Where the program declares it, from the folder of the Pulumi project on. */
  place?: { file: string; line: number };
  /** Its creation was begun, and its end is not known. */
  isPending?: true;
}

export interface StackState {
  project?: string;
  stack?: string;
  resources: StateResource[];
}

/** A secret is no text here: it lies encrypted in an object. */
interface RawResource {
  urn: string;
  type: string;
  id?: string;
  external?: boolean;
  delete?: boolean;
  outputs?: Partial<Record<"url" | "identity" | "runnerType" | "path" | "location" | "target" | "runners", unknown>>;
  sourcePosition?: string;
  stackTrace?: { sourcePosition?: string }[];
}

interface RawDeployment {
  resources?: RawResource[];
  pending_operations?: { type: string; resource: RawResource }[] | null;
}

/** Reads the stack; nothing is decrypted. */
export async function exportStack(target: PulumiTarget): Promise<StackState> {
  const run = await runPulumi(["stack", "export"], target);
  if (run.code !== 0) throw new GitLabRunnerError(`the stack's state cannot be read: ${run.stderr.trim()}`);
  const state = readState(run.stdout);
  return state.stack === undefined ? { ...state, ...(await nameEmptyStack(target)) } : state;
}

/** Of a stack without any resource, as "pulumi destroy" leaves it, the state does not tell the name. */
async function nameEmptyStack(target: PulumiTarget): Promise<Omit<StackState, "resources">> {
  const { code, stdout } = await runPulumi(["stack", "--show-name"], target);
  return { project: findProject(target.cwd), stack: code === 0 ? stdout.trim() : undefined };
}

/** A stack's identity is in state only: it cannot drift. */
const TYPE = /^pulumi-nodejs:dynamic\/gitlab-runner:(?!StackIdentity$)(\w+)$/;

export function readState(state: string): StackState {
  const { deployment } = JSON.parse(state) as { deployment: RawDeployment };
  const all = deployment.resources ?? [];
  const [stack, project] = all[0]?.urn.slice("urn:pulumi:".length).split("::") ?? [];
  const ours = all.filter(({ type, external, delete: old }) => TYPE.test(type) && !external && !old);
  return { project, stack, resources: [...ours.flatMap(readResources), ...findPending(deployment, ours)] };
}

/** Pulumi keeps such a creation until somebody clears it; by then an `up` may have made the resource after all. */
function findPending({ pending_operations: pending }: RawDeployment, ours: readonly RawResource[]): StateResource[] {
  const known = new Set(ours.map(({ urn }) => urn));
  const open = (pending ?? []).filter(
    ({ type, resource }) => type === "creating" && TYPE.test(resource.type) && !known.has(resource.urn),
  );
  return open.map(({ resource }) => ({ ...readResource(resource), id: "(not known)", isPending: true }));
}

/** Of a set, each runner, with what its own finding has. */
function readResources(raw: RawResource): StateResource[] {
  const resource = readResource(raw);
  if (resource.type !== "RunnerSet") return [resource];
  const runners = Object.entries((raw.outputs?.runners ?? {}) as Record<string, { runnerId?: number }>);
  return runners.map(([item, { runnerId }]) => ({
    ...readResource({ ...raw, id: String(runnerId) }),
    name: placeInSet(resource.name, item),
    identity: resource.identity && identifyItem(resource.identity, item),
  }));
}

function readResource({ urn, type, id = "", outputs = {}, sourcePosition, stackTrace }: RawResource): StateResource {
  const { url, identity, runnerType, path, location, target } = outputs;
  return {
    urn,
    name: urn.split("::").slice(3).join("::"),
    type: TYPE.exec(type)?.[1] ?? type,
    id,
    url: textOf(url),
    identity: textOf(identity),
    link: linkTo({ url: textOf(url), id, isOfInstance: runnerType === "instance_type" }),
    path: textOf(path) ?? textOf(location),
    host: readHost(target),
    place: findPlace([...(stackTrace ?? []), { sourcePosition }]),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The page of a group's or a project's runner has their path, which state does not know: then it is the record in the API. */
function linkTo({ url, id, isOfInstance }: { url?: string; id: string; isOfInstance: boolean }): string | undefined {
  if (url === undefined || !/^https?:\/\//i.test(url)) return undefined;
  return `${url}${isOfInstance ? "/admin/runners/" : "/api/v4/runners/"}${encodeURIComponent(id)}`;
}

/** Undefined also for a target of which a part is a secret. */
function readHost(target: unknown): string | undefined {
  const { user, host, port } = ((target as { ssh?: Partial<SshAccess> } | undefined)?.ssh ?? {}) as Partial<SshAccess>;
  if (typeof user !== "string" || typeof host !== "string") return undefined;
  return nameHost({ user, host, port: typeof port === "number" ? port : undefined });
}

/** The call in the program itself: the first one that lies within the project, and in no package. */
function findPlace(trace: { sourcePosition?: string }[]): StateResource["place"] {
  for (const { sourcePosition = "" } of trace) {
    const [, file, line] = /^project:\/\/\/(.+)#(\d+)(?:,\d+)?$/.exec(sourcePosition) ?? [];
    if (file === undefined || /(^|\/)(\.\.|node_modules)\//.test(file)) continue;
    return { file: decodeFile(file), line: Number(line) };
  }
  return undefined;
}

function decodeFile(file: string): string {
  try {
    return decodeURIComponent(file);
  } catch {
    return file;
  }
}
