import { formatPath, type Path } from "../../path.js";
import { encodeConfiguration } from "../encode.js";
import { listChangedLeaves, listLeaves } from "../leaves.js";
import { parseToml } from "../toml.js";
import type { Table } from "../value.js";
import type { Use } from "./commandLine.js";

/** Which layer gave the value of a key. */
export interface KeyOrigin {
  /** The key, from the entry on. */
  path: string;
  /** `flag --limit`, `environment RUNNER_LIMIT`, `template`, `answer`, `GitLab's answer`, `executor default`, `built-in default`. */
  origin: string;
}

/** What each layer did. */
export interface Layers {
  uses: readonly Use[];
  /** Filled from the template. */
  template: readonly Path[];
  /** Typed as answers to questions. */
  typed: readonly Path[];
  /** Given by GitLab. */
  answered: readonly Path[];
  /** The entry before the executor's defaults were set. */
  beforeExecutor: Table;
}

/** For each key of an entry, as it is written, the layer that gave its value. */
export function explainEntry(entry: Table, layers: Layers): KeyOrigin[] {
  const origins = new Map<string, string>();
  for (const use of layers.uses) noteUse(origins, use);
  for (const path of layers.template) origins.set(formatPath(path), "template");
  for (const path of layers.typed) origins.set(formatPath(placeInEntry(path)), "answer");
  for (const path of layers.answered) origins.set(formatPath(path), "GitLab's answer");
  for (const { path } of listChangedLeaves(layers.beforeExecutor, entry)) noteExecutor(origins, formatPath(path));
  return listWritten(entry).map((path) => ({ path, origin: origins.get(path) ?? "built-in default" }));
}

/** A list grows with each use; all else is replaced. */
function noteUse(origins: Map<string, string>, { flag, path, by }: Use): void {
  const key = formatPath(placeInEntry(path));
  const present = flag.kind.startsWith("list<") ? origins.get(key) : undefined;
  if (!present?.split(", ").includes(by)) origins.set(key, present ? `${present}, ${by}` : by);
}

/** The executor adds to a list, and fills what is empty. */
function noteExecutor(origins: Map<string, string>, key: string): void {
  const present = origins.get(key);
  origins.set(key, present ? `${present}, executor default` : "executor default");
}

/** The registration token lies beside the entry, and becomes the token where it is one itself. */
function placeInEntry(path: Path): Path {
  return path[0] === "entry" ? path.slice(1) : ["token"];
}

function listWritten(entry: Table): string[] {
  const { runners } = parseToml(encodeConfiguration({ runners: [entry] }));
  return listLeaves((runners as Table[])[0] ?? {}).map(({ path }) => formatPath(path));
}
