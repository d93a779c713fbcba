import { normalizeAddress } from "../address.js";
import type { Problem } from "../errors.js";
import { type Extra, loadTable } from "./load.js";
import { parseToml } from "./toml.js";
import type { Table, Value } from "./value.js";

/** A config.toml as data. */
export interface ConfigFile {
  /** The global section and its tables, without the entries. */
  globals: Table;
  /** The `[[runners]]` entries in their order. */
  entries: Table[];
  /** Keys that the Runner does not know, by path. */
  unknown: Map<string, Value>;
  /** The same, each with the table that it stands in. */
  extras: Extra[];
  /** Values that the Runner would refuse. */
  problems: Problem[];
  /** Which ConfigToml wrote the file last, by its id; undefined when no comment says so. */
  owner?: string;
}

const OWNER_MARK = "# pulumi-gitlab-runner owner: ";
const OWNER = /^# pulumi-gitlab-runner owner: ([0-9a-f]+)\s*$/m;

/** What our files begin with. The Runner drops comments when it saves, so the owner can be missing. */
export function writeHeader(owner: string): string {
  const lines = [
    '# Written by Pulumi: changes made here are overwritten by the next "pulumi up".',
    `${OWNER_MARK}${owner}`,
    "",
    "",
  ];
  return lines.join("\n");
}

/**
 * Reads a config.toml as GitLab Runner would.
 * @throws TomlSyntaxError where the Runner could not read it either
 */
export function readConfigFile(text: string): ConfigFile {
  const { table: globals, ...found } = loadTable("GlobalConfiguration", parseToml(text));
  const entries = (globals.runners ?? []) as Table[];
  // Not a copy without it: `extras` refer to this very table.
  delete globals.runners;
  return { globals, entries, ...found, owner: findOwner(text) };
}

/** A pattern that is tried at each line is slow on a file of a thousand entries; most files have no owner. */
function findOwner(text: string): string | undefined {
  return text.includes(OWNER_MARK) ? OWNER.exec(text)?.[1] : undefined;
}

/** By what an entry is found again in a file: never by its place, which others change. */
export function identify(url: string, id: bigint | number): string {
  const address = normalizeAddress(url);
  return `${typeof address === "string" ? address : url} ${id}`;
}

/** The identity of an entry as it stands in a file. */
export function identifyEntry(entry: Table): string {
  return identify((entry.url ?? "") as string, (entry.id ?? 0n) as bigint);
}

/**
 * Which of the second entries is for the runner of which of the first, by their places in the lists: by url and id, and
 * where one of them has id 0, as an old registration leaves it, by url and token. Of several, the first counts.
 */
export function matchEntries(first: readonly Table[], second: readonly Table[]): Map<number, number> {
  const partners = new Map<number, number>();
  const taken = new Set<number>();
  for (const { keyOf, fits } of WAYS) {
    const places = groupPlaces(second, keyOf);
    first.forEach((entry, place) => {
      const isFree = (other: number) => !taken.has(other) && fits(entry, second[other] as Table);
      const partner = partners.has(place) ? undefined : places.get(keyOf(entry))?.find(isFree);
      if (partner === undefined) return;
      partners.set(place, partner);
      taken.add(partner);
    });
  }
  return partners;
}

/** Tells whether an entry is for the runner of any of these, however many entries are. */
export function findsRunnerOf(known: readonly Table[]): (entry: Table) => boolean {
  const groups = WAYS.map(({ keyOf }) => groupPlaces(known, keyOf));
  return (entry) =>
    WAYS.some(({ keyOf, fits }, way) => {
      const places = groups[way]?.get(keyOf(entry)) ?? [];
      return places.some((place) => fits(known[place] as Table, entry));
    });
}

/** How two entries are found to be for the same runner; the first way goes before the second. */
const WAYS: readonly { keyOf(entry: Table): string; fits(one: Table, other: Table): boolean }[] = [
  { keyOf: identifyEntry, fits: (one) => idOf(one) !== 0n },
  {
    keyOf: ({ url, token }) => `${identify((url ?? "") as string, 0)} ${token ?? ""}`,
    fits: (one, other) => !!one.token && (idOf(one) === 0n || idOf(other) === 0n),
  },
];

function idOf({ id }: Table): bigint {
  return (id ?? 0n) as bigint;
}

function groupPlaces(entries: readonly Table[], keyOf: (entry: Table) => string): Map<string, number[]> {
  const places = new Map<string, number[]>();
  entries.forEach((entry, place) => {
    const key = keyOf(entry);
    const known = places.get(key);
    if (known) known.push(place);
    else places.set(key, [place]);
  });
  return places;
}

/** An entry as a person would name it; no token. */
export function describeEntry(entry: Table): string {
  return `"${entry.name ?? ""}" (url ${entry.url ?? '""'}, id ${entry.id ?? 0})`;
}
