import type { Path } from "../../path.js";
import { type Arguments, toArguments } from "../arguments.js";
import { dropZeros } from "../normalize.js";
import { type Field, findByArgument } from "../schema/field.js";
import type { TypeName } from "../schema/table.js";
import { isTellingItem } from "../schema/tellingNames.js";
import type { Table } from "../value.js";
import type { Comments } from "./comments.js";
import { type Expression, literal, type Member, text } from "./expression.js";
import type { Place, Vault } from "./vault.js";

/** What settings are turned into a program with. */
export interface Workshop {
  vault: Vault;
  comments: Comments;
}

/** Where settings stand: in the file by GitLab's keys, and by what a secret there is named after. */
export interface Spot {
  path: Path;
  place: Place;
}

/** A table of the file as the members of an object: every setting that makes a difference, secrets from stack config. */
export function expressTable(workshop: Workshop, type: TypeName, table: Table, spot: Spot): Member[] {
  return expressArguments(workshop, type, toArguments(type, dropZeros(type, table)), spot);
}

function expressArguments(workshop: Workshop, type: TypeName, settings: Arguments, spot: Spot): Member[] {
  return Object.entries(settings).map(([argument, value]) => {
    const field = findByArgument(type, argument);
    const inner = { path: [...spot.path, field?.key ?? argument], place: [...spot.place, argument] };
    const comments = workshop.comments.above(inner.path);
    return { key: argument, value: expressField(workshop, field, value, inner), comments };
  });
}

function expressField(workshop: Workshop, field: Field | undefined, value: unknown, spot: Spot): Expression {
  const { vault } = workshop;
  // extraToml, the one argument without a key.
  if (!field) return vault.express(spot.place, String(value));
  if (field.secret === true) return vault.store(spot.place, String(value));
  const { type } = field;
  if (type && Array.isArray(value)) return expressTables(workshop, type, value as Arguments[], spot);
  if (type) return { kind: "object", members: expressArguments(workshop, type, value as Arguments, spot) };
  if (field.kind === "string|list<string>") return expressWords(value as string[]);
  return expressValue(vault, value, { place: spot.place, isSecretItem: itemRule(field) });
}

function expressTables(workshop: Workshop, type: TypeName, tables: Arguments[], { path, place }: Spot): Expression {
  const items = tables.map((table, index): Expression => {
    const spot = { path: [...path, index], place: tables.length > 1 ? [...place, index + 1] : place };
    return { kind: "object", members: expressArguments(workshop, type, table, spot) };
  });
  return { kind: "list", items };
}

/** One word stands for a list of one. */
function expressWords(words: string[]): Expression {
  return words.length === 1 ? text(words[0] as string) : literal(words);
}

type ItemRule = (item: string) => boolean;

/** Whatever a job's environment holds may be a secret, but for plain switches and small numbers. */
function itemRule(field: Field): ItemRule {
  if (field.key !== "environment") return isTellingItem;
  return (item) => isTellingItem(item) || !/^[^=]+=(true|false|\d{0,4})$/i.test(item);
}

interface ValueSpot {
  place: Place;
  isSecretItem: ItemRule;
}

function expressValue(vault: Vault, value: unknown, { place, isSecretItem }: ValueSpot): Expression {
  if (typeof value === "string") return vault.express(place, value);
  if (Array.isArray(value)) {
    const items = value.map((item, index) =>
      typeof item === "string"
        ? vault.expressItem(value.length > 1 && !item.includes("=") ? [...place, index + 1] : place, item, isSecretItem)
        : expressValue(vault, item, { place: [...place, index + 1], isSecretItem }),
    );
    return { kind: "list", items };
  }
  if (typeof value !== "object" || value === null) return literal(value);
  const members = Object.entries(value).map(([key, item]): Member => {
    if (typeof item === "string") return { key, value: vault.expressNamed(place, key, item) };
    return { key, value: expressValue(vault, item, { place: [...place, key], isSecretItem }) };
  });
  return { kind: "object", members };
}
