import type { GitLabClient } from "../../gitlab/client.js";
import type { RunnerView } from "../../gitlab/runnerQueries.js";
import { type Difference, NOT_SET } from "../report.js";
import { Shield } from "../shield.js";
import {
  ATTRIBUTES,
  type Attribute,
  type Attributes,
  DEFAULTS,
  fromReply,
  isEqual,
  wantedAttributes,
} from "./attributes.js";
import { isSource } from "./flow.js";
import type { RunnerInputs } from "./inputs.js";
import { listSecrets } from "./reference.js";

/** A Runner's outputs as state holds them: the declared arguments, and what GitLab made of them. */
export interface RunnerState extends RunnerInputs {
  schemaVersion: 1;
  url: string;
  runnerId: number;
  token: string;
  /** Null where the token never expires: an output that is not there counts as unknown in each preview. */
  tokenExpiresAt: string | null;
  tokenObtainedAt: string;
  /** Made anew by each creation, so that a deletion can tell whether the runner was taken over since. */
  generation?: string;
  /** How often the token was reset here; absent before the first time. */
  rotations?: number;
  /** The answer to a reset is lost: the token may be dead, and the next update resets it again. */
  isTokenLost?: true;
  /** An existing runner was taken over; `pending` until the first update brings program and GitLab together. */
  adoption?: "pending" | "settled";
  /** Only its token is used here: the runner is not ours to change or delete. */
  isElsewhere?: true;
  /** What GitLab gave at create or update; absent while that is not known. `read` never changes it. */
  applied?: Applied;
  /** What `read` found otherwise than applied: argument -> observed value. */
  drift?: Record<string, unknown>;
}

/** Attributes as state may hold them in plain text: a secret is a fingerprint, GitLab's default is left out. */
export type Applied = Partial<Attributes>;

/** What GitLab told, or we noted, once; every update carries it on. */
const COMPUTED = [
  "schemaVersion",
  "runnerId",
  "token",
  "tokenExpiresAt",
  "tokenObtainedAt",
  "generation",
  "rotations",
  "isTokenLost",
  "adoption",
  "isElsewhere",
] as const;

const NOT_DECLARED: ReadonlySet<string> = new Set([...COMPUTED, "applied", "drift"]);

function pick(state: RunnerState, isWanted: (key: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(state).filter(([key]) => isWanted(key)));
}

/** The part of state that was declared. */
export function inputsOf(state: RunnerState): Record<string, unknown> {
  return pick(state, (key) => !NOT_DECLARED.has(key));
}

/** The part of state that every update carries on. */
export function pickComputed(state: RunnerState): Pick<RunnerState, (typeof COMPUTED)[number]> {
  return pick(state, (key) => (COMPUTED as readonly string[]).includes(key)) as ReturnType<typeof pickComputed>;
}

/**
 * What may be shown of this runner; a declared secret is known by its path, other ones by their text. The token is the
 * key of the fingerprints: random, secret, and no other runner's.
 */
export function shieldOf(state: RunnerState, ...secrets: string[]): Shield {
  return new Shield(state.token, [...listSecrets(state), ...secrets]);
}

function showAttribute(state: RunnerState, shield: Shield, name: Attribute, value: unknown): unknown {
  return state.secretPaths?.includes(name) ? shield.hide(value) : shield.show(value);
}

/** Attributes without their secrets and without what is GitLab's default: the state of a large fleet is written often. */
export function showAttributes(state: RunnerState, shield: Shield, attributes: Attributes): Applied {
  const shown = ATTRIBUTES.map((name) => [name, showAttribute(state, shield, name, attributes[name])] as const);
  return Object.fromEntries(shown.filter(([name, value]) => !isEqual(value, DEFAULTS[name])));
}

/** GitLab's answer as state may hold it. */
export function showReply({ connection }: GitLabClient, state: RunnerState, reply: RunnerView): Applied {
  return showAttributes(state, shieldOf(state, connection.token), fromReply(reply));
}

function readAttribute(attributes: Applied, name: Attribute): unknown {
  return attributes[name] ?? DEFAULTS[name];
}

/**
 * What GitLab has otherwise than it was applied. A token without the right to change a runner sees no maintenance note:
 * what is not told did not drift.
 */
export function findDifferences(applied: Applied, observed: Applied, hasNote: boolean): Difference[] {
  const told = ATTRIBUTES.filter((name) => name !== "maintenanceNote" || hasNote);
  const changed = told.filter((name) => !isEqual(applied[name], observed[name]));
  return changed.map((name) => ({
    path: name,
    declared: readAttribute(applied, name) ?? undefined,
    observed: readAttribute(observed, name) ?? undefined,
  }));
}

/** State with what was observed; the declared arguments in it stay, so that drift that goes away leaves no trace. */
export function addObservation(state: RunnerState, differences: readonly Difference[]): RunnerState {
  const { drift, ...rest } = state;
  if (differences.length === 0) return rest;
  return { ...rest, drift: Object.fromEntries(differences.map(({ path, observed }) => [path, observed ?? NOT_SET])) };
}

/**
 * The inputs that a refresh leaves in state: a declared argument shows the observed value, so that the next preview
 * tells both; what drifted outside of them stands in `drift`, which `check` empties.
 */
export function observedInputs(state: RunnerState): Record<string, unknown> {
  const inputs = pick(state, (key) => !NOT_DECLARED.has(key) && !isSource(key));
  const drifted = Object.entries(state.drift ?? {});
  const undeclared = drifted.filter(([path]) => !(path in inputs));
  const declared = drifted.filter(([path]) => path in inputs);
  for (const [path, observed] of declared) inputs[path] = observed === NOT_SET ? undefined : observed;
  return undeclared.length > 0 ? { ...inputs, drift: Object.fromEntries(undeclared) } : inputs;
}

/** The attributes to send: those that are not, as far as state knows, what `next` wants. All of them when nothing is known. */
export function findChanges(state: RunnerState, next: RunnerState): Partial<Attributes> {
  const wanted = wantedAttributes(next);
  const shown = showAttributes(state, shieldOf(state), wanted);
  const { applied } = state;
  const isKnown = (name: Attribute) =>
    applied !== undefined && isEqual(knownValue(state, applied, name), readAttribute(shown, name));
  return Object.fromEntries(ATTRIBUTES.filter((name) => !isKnown(name)).map((name) => [name, wanted[name]]));
}

function knownValue({ drift }: RunnerState, applied: Applied, name: Attribute): unknown {
  const observed = drift?.[name] ?? readAttribute(applied, name);
  return observed === NOT_SET ? DEFAULTS[name] : observed;
}

/**
 * What counts as applied after an update. For an attribute that was not sent it is what we want of it, even if GitLab
 * just told another value: somebody changed that since, and the next look must find it.
 */
export function mergeApplied(next: RunnerState, sent: Partial<Attributes>, shownReply: Applied): Applied {
  const wanted = showAttributes(next, shieldOf(next), wantedAttributes(next));
  const merged = ATTRIBUTES.map((name) => [name, (name in sent ? shownReply : wanted)[name]]);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}
