import { normalizeAddress } from "../../address.js";
import { placeInSet } from "../../lifecycle/runner/reference.js";
import type { NamedState, StateResource } from "./states.js";

/** A resource of a stack, as a reader finds it. */
export interface Place {
  stack: string;
  /** `Runner docker`, `ConfigToml build-1`. */
  resource: string;
}

/** A runner that a stack knows: it made it, took it over, or uses its token. */
export interface DeclaredRunner extends Place {
  id: number;
  /** Undefined where state does not tell: then it may be any GitLab's. */
  url?: string;
}

/** A config.toml that holds a runner's token. */
export interface DeclaredFile extends DeclaredRunner {
  /** `build-1:/etc/gitlab-runner/config.toml`; without a host on the machine that runs Pulumi. */
  file: string;
  /** Its machine, as `file` begins; empty for the one that runs Pulumi. */
  host: string;
  /** Of its machine, where the stack has seen it. */
  systemId?: string;
}

/** What the stacks declare. */
export interface Declared {
  runners: DeclaredRunner[];
  files: DeclaredFile[];
  /** What tells the stacks from all others, as the marks in runners' notes have it. */
  stackIds: Set<string>;
  /** Resources that state holds encrypted as a whole. */
  unreadable: Place[];
}

/** What the states say of runners and files; one that the next `pulumi up` deletes counts, too. */
export function findDeclared(states: readonly NamedState[]): Declared {
  const declared: Declared = { runners: [], files: [], stackIds: new Set(), unreadable: [] };
  for (const state of states) {
    for (const resource of state.resources) {
      const [, kind] = TYPE.exec(resource.type) ?? [];
      if (kind === undefined || resource.external) continue;
      const place = { stack: state.name, resource: `${kind} ${nameOf(resource.urn)}` };
      if (kind === "StackIdentity") declared.stackIds.add(resource.id ?? "");
      else if (kind === "ConfigToml") addFile(declared, place, resource.outputs ?? {});
      else addRunners(declared, place, resource);
    }
  }
  return declared;
}

const TYPE = /^pulumi-nodejs:dynamic\/gitlab-runner:(\w+)$/;

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Whatever in it has a `runnerId` is a runner: the resource itself, or each of a set. */
function addRunners(declared: Declared, place: Place, { id, outputs = {} }: StateResource): void {
  const before = declared.runners.length;
  const { runners: items, ...others } = outputs;
  const url = textOf(outputs.url);
  const add = (resource: string) => (runner: FoundRunner) => declared.runners.push({ ...place, resource, ...runner });
  collect(others, undefined, add(place.resource));
  for (const [item, runner] of Object.entries(isTable(items) ? items : {})) {
    collect(runner, url, add(placeInSet(place.resource, item)));
  }
  const own = Number(id);
  const isEmptySet = isTable(items) && !(SECRET in items);
  if (declared.runners.length > before || isEmptySet) return;
  if (Number.isSafeInteger(own) && own > 0) declared.runners.push({ ...place, id: own, url });
  else if (!isTable(items)) declared.unreadable.push(place);
}

type FoundRunner = Pick<DeclaredRunner, "id" | "url">;

function collect(value: unknown, outer: string | undefined, add: (runner: FoundRunner) => void): void {
  if (!isTable(value)) return;
  const url = textOf(value.url) ?? outer;
  const id = Number(value.runnerId);
  if (Number.isSafeInteger(id) && id > 0) add({ id, url });
  for (const member of Object.values(value)) collect(member, url, add);
}

function addFile(declared: Declared, place: Place, outputs: Record<string, unknown>): void {
  const { runners, path } = outputs;
  if (!isTable(runners) || SECRET in runners) {
    declared.unreadable.push(place);
    return;
  }
  const host = describeHost(outputs);
  const file = `${host === "" ? "" : `${host}:`}${textOf(path) ?? textOf(outputs.location)}`;
  const systemId = textOf(outputs.systemId);
  for (const [key, entry] of Object.entries(runners)) {
    const { url, id } = (isTable(entry) && isTable(entry.runner) ? entry.runner : {}) as Record<string, unknown>;
    const runner = { ...place, resource: `${place.resource}, runners.${key}`, id: Number(id), url: textOf(url) };
    if (!Number.isSafeInteger(runner.id)) declared.unreadable.push(runner);
    else if (textOf(path) === undefined && textOf(outputs.location) === undefined) declared.runners.push(runner);
    else declared.files.push({ ...runner, file, host, systemId });
  }
}

function describeHost({ target }: Record<string, unknown>): string {
  const ssh = isTable(target) && isTable(target.ssh) ? target.ssh : {};
  const host = textOf(ssh.host);
  const port = Number(ssh.port) || 22;
  return host === undefined ? "" : `${host}${port === 22 ? "" : `:${port}`}`;
}

/** Marks a value that state holds encrypted. */
const SECRET = "4dabf18193072939515e22adb298388d";

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Whether a declared runner is one of the GitLab that is asked, which may have had other addresses before. */
export function isAt({ url }: { url?: string }, addresses: readonly string[]): boolean {
  if (url === undefined) return true;
  const address = normalizeAddress(url);
  return typeof address !== "string" || addresses.includes(address);
}
