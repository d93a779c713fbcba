import { type ConfigFile, describeEntry, findsRunnerOf, matchEntries, readConfigFile } from "../../config/file.js";
import { keepExtras } from "../../config/load.js";
import { addLoadDefaults } from "../../config/normalize.js";
import { listSettings } from "../../config/patch/globals.js";
import type { Table } from "../../config/value.js";
import { TomlSyntaxError } from "../../errors.js";
import { formatPath, getAt, type Path, parsePath, setAt } from "../../path.js";
import { compare, type PlacedDifference } from "../differences.js";
import { NOT_SET } from "../report.js";
import { findLostTokens, type LostToken } from "../runner/selfRotation.js";
import { Shield } from "../shield.js";
import type { Awaited } from "./contact.js";
import { type ConfigTomlInputs, declareGlobals, listCredentials, type Rendered, restoreInputs } from "./spec.js";
import { type View, viewOf } from "./view.js";

/** A ConfigToml's outputs as state holds them: the declared arguments, and what was delivered. */
export interface ConfigTomlState extends ConfigTomlInputs {
  schemaVersion: 1;
  /** A secret; see `fingerprint`. */
  fingerprintKey: string;
  /** Of the delivered text. */
  fingerprint: string;
  /** The text, where no path is given. A secret. */
  content?: string;
  /** Where the file is on its machine; older state has `path` alone. */
  location?: string;
  /** What was delivered, with fingerprints in place of secrets. `read` never changes it. */
  applied: View;
  /** Of the machine, as it was seen last; in inputs it is the declared one, which is kept as the next. */
  systemId?: string;
  pinnedSystemId?: string;
  /** What `read` found otherwise than applied: argument -> observed value; or what is still to be seen to. */
  drift?: Record<string, unknown>;
  /** With `waitForContact`: the contacts that did not come in time. */
  awaited?: Awaited;
}

const COMPUTED = new Set([
  "schemaVersion",
  "fingerprintKey",
  "fingerprint",
  "content",
  "location",
  "applied",
  "drift",
  "systemId",
  "pinnedSystemId",
  "awaited",
]);

/** The part of state that was declared. */
export function inputsOf(state: ConfigTomlState): ConfigTomlInputs {
  const inputs = Object.fromEntries(Object.entries(state).filter(([key]) => !COMPUTED.has(key))) as ConfigTomlInputs;
  return state.pinnedSystemId === undefined ? inputs : { ...inputs, systemId: state.pinnedSystemId };
}

/** State of which something is still to be seen to: the next update does, also where no argument has changed. */
export function markPending(state: ConfigTomlState, what: string, reason: string): ConfigTomlState {
  return { ...state, drift: { ...state.drift, [what]: reason } };
}

/** What may be shown of a file that holds these inputs; every secret among them is known by its text. */
export function makeShield(key: string, inputs: ConfigTomlInputs): Shield {
  const restored = restoreInputs(inputs);
  const tokens = Object.values(restored.runners).map(({ runner }) => runner.token?.value);
  const marked = listDeclared(restored, Object.keys(inputs.secretItems ?? {}));
  return new Shield(key, [...tokens, ...marked].filter(isText));
}

/** Secret arguments, by the paths that the resource class found; `items` are those that it moved out of lists. */
function listDeclared(inputs: ConfigTomlInputs, items: readonly string[]): unknown[] {
  const secretPaths = new Set([...(inputs.secretPaths ?? []), ...items]);
  if (secretPaths.size === 0) return [];
  const visit = (value: unknown, path: Path, isSecret: boolean): unknown[] => {
    if (typeof value !== "object" || value === null) return isSecret ? [value] : [];
    const isInside = (inner: Path) => isSecret || secretPaths.has(formatPath(inner));
    const steps = Object.entries(value).map(([key, member]) => [
      [...path, Array.isArray(value) ? Number(key) : key],
      member,
    ]);
    return (steps as [Path, unknown][]).flatMap(([inner, member]) => visit(member, inner, isInside(inner)));
  };
  return visit(inputs, [], false);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A view of what the inputs ask for. */
export function viewApplied(key: string, inputs: ConfigTomlInputs, rendered: Rendered): View {
  return viewOf(rendered, { shield: makeShield(key, inputs), inputs });
}

/** Where the file on disk is not as it was applied. */
export function findDifferences(state: ConfigTomlState, text: string): PlacedDifference[] {
  try {
    return compareFile(state, readConfigFile(text));
  } catch (error) {
    if (!(error instanceof TomlSyntaxError)) throw error;
    const observed = `not valid TOML: ${error.message}`;
    return [{ path: ["file"], declared: "valid TOML", observed, kind: "invalid", line: error.line }];
  }
}

function compareFile(state: ConfigTomlState, file: ConfigFile): PlacedDifference[] {
  keepExtras(file.extras);
  const isShared = state.ownership === "entries";
  const { entries, places, foreign } = assignEntries(state, file.entries);
  const shield = makeShield(state.fingerprintKey, state);
  const globals = isShared ? pickDeclared(state, file.globals) : file.globals;
  const view = viewOf({ globals, entries }, { shield, inputs: state, applied: state.applied });
  const problems = isShared ? file.problems.filter(({ path }) => places.has(placeOf(path))) : file.problems;
  const present = (what: string, found: Omit<PlacedDifference, "path" | "declared">): PlacedDifference => ({
    path: [shield.redact(what)],
    declared: undefined,
    ...found,
  });
  const isKnown = findsRunnerOf(listCredentials(state));
  return [
    ...compareViews(state.applied, view),
    ...compareIds(state, entries),
    ...findLostTokens(state, entries).map((path) => describeToken(path, state, shield)),
    ...foreign.flatMap((place): PlacedDifference[] => {
      const entry = file.entries[place] as Table;
      // In a file that others write, too, what is theirs is no drift; a second entry of our runner is not theirs.
      if (isShared && !isKnown(entry)) return [];
      const observed = isKnown(entry) ? "present a second time" : "present";
      const found = { observed, kind: "foreign", place: ["runners", place] } as const;
      return [present(`[[runners]] ${describeEntry(entry)}`, found)];
    }),
    ...problems.map(({ path, message }) =>
      present(path, { observed: `not valid: ${message}`, kind: "invalid", place: parsePath(path) }),
    ),
  ];
}

/** An entry is found by its id, or without one by its token: so the id may be another one, and it is in no view. */
function compareIds({ runners }: ConfigTomlState, entries: ReadonlyMap<string, Table>): PlacedDifference[] {
  return [...entries].flatMap(([key, { id }]) => {
    const [declared, observed] = [Number(runners[key]?.runner.id), Number(id ?? 0)];
    if (declared === observed) return [];
    return [
      { path: ["runners", key, "runner", "id"], declared: declared || undefined, observed: observed || undefined },
    ];
  });
}

/** A token that GitLab Runner rotates by itself is in no view. */
function describeToken({ path, found }: LostToken, state: ConfigTomlState, shield: Shield): PlacedDifference {
  const token = getAt(restoreInputs(state), [...path, "value"]);
  return { path, declared: shield.hide(token), observed: found ? shield.hide(found) : undefined, kind: "token" };
}

/** Which entry of a file a path is in. */
function placeOf(path: string): number {
  return Number(/^runners\[(\d+)\]/.exec(path)?.[1] ?? -1);
}

/** Of a global section, the settings that are declared here. */
function pickDeclared(state: ConfigTomlState, globals: Table): Table {
  const loaded = addLoadDefaults(globals);
  const picked = listSettings(declareGlobals(state)).reduce<unknown>(
    (table, { path }) => setAt(table, path, getAt(loaded, path)),
    {},
  );
  return (picked ?? {}) as Table;
}

/** An entry that is gone as a whole is one difference, not one for each of its settings. */
function compareViews(applied: View, observed: View): PlacedDifference[] {
  const { runners: declaredEntries, ...globals } = applied;
  const { runners: observedEntries, ...observedGlobals } = observed;
  const found = observedEntries as View;
  const inEntries = Object.entries(declaredEntries as View).flatMap(([key, entry]) => {
    const path = ["runners", key];
    if (key in found) return compare(entry, found[key], path).map(markToken);
    return [{ path, declared: "present", observed: undefined, kind: "missing" } as const];
  });
  return [...compare(globals, observedGlobals), ...inEntries];
}

function markToken(difference: PlacedDifference): PlacedDifference {
  const [, , section, name] = difference.path;
  return section === "runner" && name === "token" ? { ...difference, kind: "token" } : difference;
}

/** Which entry on disk is which declared one, and at which place; and the places of those that are nobody's here. */
export function assignEntries(inputs: ConfigTomlInputs, entries: readonly Table[]) {
  const keys = Object.keys(inputs.runners).sort();
  const pairs = matchEntries(listCredentials(inputs), entries);
  const assigned = new Map<string, Table>();
  const placeOf = new Map<string, number>();
  for (const [index, place] of pairs) {
    assigned.set(keys[index] as string, entries[place] as Table);
    placeOf.set(keys[index] as string, place);
  }
  const places = new Set(pairs.values());
  const foreign = [...entries.keys()].filter((place) => !places.has(place));
  return { entries: assigned, places, foreign, placeOf };
}

/** State with what was observed; the declared arguments in it stay, so that drift that goes away leaves no trace. */
export function addObservation(state: ConfigTomlState, differences: readonly PlacedDifference[]): ConfigTomlState {
  const { drift, ...rest } = state;
  if (differences.length === 0) return rest as ConfigTomlState;
  const observed = differences.map(({ path, observed }) => [nameSetting(path), observed ?? NOT_SET]);
  return { ...rest, drift: Object.fromEntries(observed) } as ConfigTomlState;
}

/** A path as it is reported; a place that has no argument is named as it is in the file. */
export function nameSetting(path: Path): string {
  return path.length === 1 ? String(path[0]) : formatPath(path);
}

/**
 * The inputs that a refresh leaves in state: a declared argument shows the observed value, so that the next preview
 * tells both; what drifted outside of them stands in `drift`, which `check` empties.
 */
export function observedInputs(
  state: ConfigTomlState,
  differences: readonly PlacedDifference[],
): Record<string, unknown> {
  const inputs = inputsOf(state);
  let shown: unknown = inputs;
  const drift: Record<string, unknown> = {};
  for (const { path, observed } of differences) {
    if (getAt(inputs, path) === undefined) drift[nameSetting(path)] = observed ?? NOT_SET;
    else shown = setAt(shown, path, keepReferences(path, state, observed));
  }
  return Object.keys(drift).length > 0 ? { ...(shown as object), drift } : (shown as Record<string, unknown>);
}

/** In a list that drifted, an item that did not stays as it was declared: it may be a reference to a secret. */
function keepReferences(path: Path, state: ConfigTomlState, observed: unknown): unknown {
  const declared = getAt(state, path);
  const applied = getAt(state.applied, path);
  if (!Array.isArray(observed) || !Array.isArray(declared) || !Array.isArray(applied)) return observed;
  return observed.map((item, index) => (item === applied[index] ? (declared[index] ?? item) : item));
}
