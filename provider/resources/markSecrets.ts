import * as pulumi from "@pulumi/pulumi";
import { type Field, findByArgument } from "../config/schema/field.js";
import type { TypeName } from "../config/schema/table.js";
import { isTellingItem, isTellingName, isTellingText } from "../config/schema/tellingNames.js";
import { isDeferred } from "./deferred.js";
import { isTable } from "./table.js";

/** The texts in which a program may hide settings from the key table. */
const TEXTS = new Set(["extraToml", "template"]);

type Settings = Record<string, unknown>;

/**
 * The settings of one table with every secret marked as such, also where the program gave plain text: by the key table,
 * and by name where keys are free. A value that is known later only is marked as a whole when it holds one.
 */
export function markSecrets<T extends object>(type: TypeName, settings: T): T {
  if (!isTable(settings)) return settings;
  return mapMembers(settings, (value, argument) => markMember(type, argument, value)) as T;
}

function markMember(type: TypeName, argument: string, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (TEXTS.has(argument)) return markIf(value, isTellingText);
  const field = findByArgument(type, argument);
  if (!field || !mayHoldSecret(field)) return value;
  if (field.secret === true) return pulumi.secret(value);
  return isDeferred(value) ? markIf(value, (known) => holdsSecret(field, known)) : markInside(field, value);
}

function markInside(field: Field, value: unknown): unknown {
  const { type } = field;
  if (!type) return markItems(value);
  const isList = field.kind === "list<table>";
  if (Array.isArray(value)) return isList ? value.map((item) => markTable(field, type, item)) : value;
  return isList ? value : markTable(field, type, value);
}

function markTable(field: Field, type: TypeName, value: unknown): unknown {
  if (isDeferred(value)) return markIf(value, (known) => holdsSecret(field, known));
  return isTable(value) ? markSecrets(type, value) : value;
}

/** Items of a list or map whose keys are free: only their names tell. */
function markItems(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => markIf(item, isTellingItem));
  if (typeof value === "string") return markIf(value, isTellingText);
  if (!isTable(value)) return value;
  return mapMembers(value, (item, key) => (isTellingName(key) ? pulumi.secret(item) : markNested(item)));
}

function markNested(item: unknown): unknown {
  if (isDeferred(item)) return markIf(item, holdsTellingName);
  return isTable(item) || Array.isArray(item) ? markItems(item) : item;
}

/** Whether anything that is known of the value must be kept as a secret. */
function holdsSecret(field: Field, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (field.secret === true) return true;
  const { type } = field;
  if (!type) return field.secret === "items" && holdsTellingName(value);
  const tables = (Array.isArray(value) ? value : [value]).filter(isTable);
  return tables.some((table) => Object.entries(table).some(([key, member]) => isSecretMember(type, key, member)));
}

function isSecretMember(type: TypeName, argument: string, value: unknown): boolean {
  if (TEXTS.has(argument)) return isTellingText(value);
  const field = findByArgument(type, argument);
  return field !== undefined && holdsSecret(field, value);
}

function holdsTellingName(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => isTellingItem(item) || holdsTellingName(item));
  if (!isTable(value)) return isTellingText(value);
  return Object.entries(value).some(([key, item]) => isTellingName(key) || holdsTellingName(item));
}

function markIf(value: unknown, isSecret: (known: unknown) => boolean): unknown {
  if (isDeferred(value)) {
    const output: pulumi.Output<unknown> = pulumi.output<unknown>(value);
    return output.apply((known) => (isSecret(known) ? pulumi.secret(known) : known));
  }
  return isSecret(value) ? pulumi.secret(value) : value;
}

/** Most keys hold none, and stay out of this. */
function mayHoldSecret({ type, secret }: Field): boolean {
  return type !== undefined || secret !== undefined;
}

function mapMembers(members: Settings, convert: (value: unknown, key: string) => unknown): Settings {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, convert(value, key)]));
}
