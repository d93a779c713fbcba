import * as pulumi from "@pulumi/pulumi";
import type { ConfigToml, ConfigTomlArgs } from "./configToml.js";
import { perProgram } from "./perProgram.js";
import { placeOf } from "./place.js";

/** The program's ConfigTomls that have a file alone, by the file. */
const ownersOf = perProgram(() => new Map<string, string>());

/**
 * Two ConfigTomls of a program with one file: the second one would take it over without a word where it declares the same
 * runners, and the first one would fail later. A warning, since a program's own tests may make the same one again and again.
 */
export function watchForSameFile(file: ConfigToml, { name, args }: { name: string; args: ConfigTomlArgs }): void {
  // The compiler takes an output of a path for one that is known: that is not compared.
  const place = args.ownership === "entries" ? undefined : placeOf(args);
  if (place === undefined) return;
  const owners = ownersOf();
  const other = owners.get(place);
  if (other === undefined) owners.set(place, name);
  else void pulumi.log.warn(explain(name, other), file);
}

function explain(name: string, other: string): string {
  return (
    `ConfigToml ${name}: its file is that of ConfigToml ${other}, too: each would undo what the other writes. Give one of ` +
    'them another path or target, declare all entries in one, or let them share the file by ownership: "entries"'
  );
}
