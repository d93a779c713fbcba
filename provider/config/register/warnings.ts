import type { Problem } from "../../errors.js";
import { isDropped } from "../executors.js";
import { type Field, findByPath } from "../schema/field.js";
import type { Table } from "../value.js";
import type { Flag, Use } from "./commandLine.js";

/** Where the reading of the words may surprise. */
export function warnOfWords({
  uses,
  stray,
  flags,
}: {
  uses: Use[];
  stray: string[];
  flags: readonly Flag[];
}): Problem[] {
  return [...warnOfStray(uses, stray, flags), ...warnOfDeprecated(uses)];
}

/** A stray word is not shown: it may be a secret that was meant for a flag. */
function warnOfStray(uses: Use[], stray: string[], flags: readonly Flag[]): Problem[] {
  if (stray.length === 0) return [];
  const names = new Set(flags.flatMap((flag) => flag.names));
  const ignored = stray.map((word) => /^--?([^=]+)/.exec(word)?.[1] ?? "").filter((name) => names.has(name));
  const last = uses.findLast(({ by }) => by.startsWith("flag "));
  const path = last?.by.slice("flag ".length) ?? "register";
  const isSwitch = last?.flag.kind === "bool";
  const way = isSwitch ? `, since it takes no value behind a blank: write ${path}=true or ${path}=false` : "";
  const lost =
    ignored.length > 0 ? `, and with it the flags behind it: ${ignored.map((name) => `--${name}`).join(", ")}` : "";
  return [{ path, message: `the word behind it, or one that stands alone, is ignored${lost}${way}` }];
}

function warnOfDeprecated(uses: Use[]): Problem[] {
  const seen = new Set<Flag>();
  return uses.flatMap(({ flag, by }) => {
    const advice = flag.path[0] === "entry" ? fieldOf(flag).deprecated : undefined;
    if (!advice || seen.has(flag)) return [];
    seen.add(flag);
    return [{ path: nameUse(by), message: `is deprecated: ${advice}` }];
  });
}

function fieldOf(flag: Flag): Field {
  return findByPath("RunnerConfiguration", flag.path.slice(1)).at(-1) as Field;
}

function nameUse(by: string): string {
  return by.replace(/^flag /, "");
}

/** Flags of another executor: their whole section is left out. */
export function warnOfDroppedFlags(uses: Use[], executor: string): Problem[] {
  const dropped = uses.filter(({ flag }) => flag.path[0] === "entry" && isDropped(flag.path[1] ?? "", executor));
  const names = new Set(dropped.map(({ by }) => nameUse(by)));
  return [...names].map((path) => ({ path, message: `has no effect: the executor ${executor} does not use it` }));
}

/** `concurrent` is not raised for an entry that could take more. */
export function warnOfLimits(configuration: Table, entry: Table): Problem[] {
  const concurrent = (configuration.concurrent ?? 0n) as bigint;
  const above = ["limit", "request_concurrency"].filter((key) => ((entry[key] ?? 0n) as bigint) > concurrent);
  return above.map((path) => ({
    path,
    message: `is above the global concurrent (${concurrent}), which stays as it is and takes precedence`,
  }));
}
