import { KEY_TABLE, type TypeName } from "./table.js";

/** What kind of value a key holds; the names are those of the field list. */
export type Kind =
  | "string"
  | "bool"
  | "int"
  | "float"
  | "duration"
  | "datetime"
  | "table"
  | "list<table>"
  | "list<string>"
  | "list<int>"
  | "list<float>"
  | "string|list<string>"
  | "map<string,string>"
  | "map<string,bool>"
  | "map<string,int>"
  | "map<string,list<string>>"
  | "map<string,any>";

/** One key of config.toml, with what the Runner's source says of it. */
export interface Field {
  /** As the Runner spells it in the file. */
  key: string;
  /** As a Pulumi program spells it. */
  argument: string;
  kind: Kind;
  /** Of a table or list of tables: which one. */
  type?: TypeName;
  enum?: readonly string[];
  /** Behind a Go pointer: "not set" and "set to zero" are two things. */
  pointer?: boolean;
  /** Go's encoder leaves out an empty string, list, map, table, and `false`; not a zero number. */
  omitempty?: boolean;
  /** Go's encoder leaves out a zero number. */
  omitzero?: boolean;
  /** The value is a credential; or items of the list or map often are. */
  secret?: true | "items";
  deprecated?: string;
}

type Index = Map<TypeName, Map<string, Field>>;

const byKey: Index = new Map();
const byArgument: Index = new Map();

function lookUp(index: Index, type: TypeName, namesOf: (field: Field) => string[]): Map<string, Field> {
  const known = index.get(type);
  if (known) return known;
  const fields = KEY_TABLE[type].flatMap((field) => namesOf(field).map((name) => [name, field] as const));
  const names = new Map(fields);
  index.set(type, names);
  return names;
}

/** The field of a key as a file spells it: the Runner reads keys in any case. */
export function findByKey(type: TypeName, key: string): Field | undefined {
  const names = lookUp(byKey, type, (field) => [field.key, field.key.toLowerCase()]);
  return names.get(key) ?? names.get(key.toLowerCase());
}

/** The field of an argument as a program spells it. */
export function findByArgument(type: TypeName, argument: string): Field | undefined {
  return lookUp(byArgument, type, (field) => [field.argument]).get(argument);
}

/** The fields on the way to a key, from a table of `type` on: its tables, then its own. */
export function findByPath(type: TypeName, path: readonly string[]): Field[] {
  const fields: Field[] = [];
  let at: TypeName | undefined = type;
  for (const key of path) {
    const field: Field | undefined = at && findByKey(at, key);
    if (!field) throw new Error(`${path.join(".")} is no key of ${type}`);
    fields.push(field);
    at = field.type;
  }
  return fields;
}
