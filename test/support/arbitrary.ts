import { formatDuration } from "../../provider/config/duration.js";
import { type Field, findByKey } from "../../provider/config/schema/field.js";
import { KEY_TABLE, type TypeName } from "../../provider/config/schema/table.js";
import { DateTime, type Table, type Value } from "../../provider/config/value.js";
import fc from "./chance.js";

/** Any text that UTF-8 can hold. */
const text = fc.string({ unit: "binary", maxLength: 12 });

const integer = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
const float = fc.double({ noNaN: true });
/** Arguments are JSON, which has no infinity and no negative zero. */
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number));
const duration = fc.bigInt({ min: -(1n << 62n), max: 1n << 62n }).map(formatDuration);

/** Times as they are kept: UTC, and no fraction that ends in zeros. */
const time = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const dateTime = time.map((iso) => new DateTime(iso.replace(/\.?0*Z$/, "Z")));

/** A value of a free-form table, of every kind that TOML has. */
const { value: free } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.boolean(),
    integer,
    float,
    dateTime,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(text, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

const map = <T>(value: fc.Arbitrary<T>) => fc.dictionary(text, value, { maxKeys: 3, noNullPrototype: true });

const KINDS: Record<string, fc.Arbitrary<Value>> = {
  string: text,
  bool: fc.boolean(),
  int: integer,
  float: finite,
  duration,
  datetime: dateTime,
  "list<string>": fc.array(text, { maxLength: 3 }),
  "list<int>": fc.array(integer, { maxLength: 3 }),
  "list<float>": fc.array(finite, { maxLength: 3 }),
  "string|list<string>": fc.array(text, { maxLength: 3 }),
  "map<string,string>": map(text),
  "map<string,bool>": map(fc.boolean()),
  "map<string,int>": map(integer),
  "map<string,list<string>>": map(fc.array(text, { maxLength: 3 })),
  "map<string,any>": map(free),
};

function anyValue(field: Field): fc.Arbitrary<Value> {
  const { type, kind } = field;
  if (type) return kind === "table" ? anyTable(type) : fc.array(anyTable(type), { maxLength: 2 });
  const value = KINDS[kind];
  if (!value) throw new Error(`no values for kind ${kind}`);
  return value;
}

const tables = new Map<TypeName, fc.Arbitrary<Table>>();

/** Any table of a type: any of its keys with any values, and sometimes keys that it does not know. */
export function anyTable(type: TypeName): fc.Arbitrary<Table> {
  const known = tables.get(type);
  if (known) return known;
  const members = KEY_TABLE[type].map((field) => [field.key, anyValue(field)] as const);
  const table = fc.record(Object.fromEntries(members), { requiredKeys: [], noNullPrototype: true });
  tables.set(type, table as fc.Arbitrary<Table>);
  return table as fc.Arbitrary<Table>;
}

/** The same with keys that the type does not know, at its top. */
export function withExtras(type: TypeName): fc.Arbitrary<Table> {
  const name = text.filter((key) => !findByKey(type, key));
  const extras = fc.uniqueArray(fc.tuple(name, free), { maxLength: 3, selector: ([key]) => key.toLowerCase() });
  return fc.tuple(anyTable(type), extras).map(([table, more]) => ({ ...table, ...Object.fromEntries(more) }));
}
