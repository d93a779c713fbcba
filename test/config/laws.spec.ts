import assert from "node:assert/strict";
import { type Arguments, toArguments, toTable } from "../../provider/config/arguments.js";
import { encodeConfiguration } from "../../provider/config/encode.js";
import { readConfigFile } from "../../provider/config/file.js";
import { keepExtras } from "../../provider/config/load.js";
import { dropZeros } from "../../provider/config/normalize.js";
import { type Field, findByKey } from "../../provider/config/schema/field.js";
import { KEY_TABLE, type TypeName } from "../../provider/config/schema/table.js";
import { confirmText } from "../../provider/config/secondOpinion.js";
import { mergeTemplate } from "../../provider/config/template.js";
import { isTable, isZero, type Table, type Value } from "../../provider/config/value.js";
import { anyTable, withExtras } from "../support/arbitrary.js";
import fc from "../support/chance.js";

const TYPES = Object.keys(KEY_TABLE) as TypeName[];

/** What the Runner's encoder loses although it was set: a zero behind a pointer that is marked `omitzero`. */
function dropLost(type: TypeName, table: Table): Table {
  const kept = Object.entries(table).flatMap(([key, value]): [string, Value][] => {
    const field = findByKey(type, key);
    if (field?.omitzero && field.pointer && (isZero(value) || value === "0s")) return [];
    return [[key, field?.type ? dropLostIn(field.type, value) : value]];
  });
  return Object.fromEntries(kept);
}

function dropLostIn(type: TypeName, value: Value): Value {
  return Array.isArray(value) ? value.map((item) => dropLost(type, item as Table)) : dropLost(type, value as Table);
}

const meaningOf = (type: TypeName, table: Table) => dropZeros(type, dropLost(type, table));

function renderAndRead(configuration: Table): Table {
  const text = encodeConfiguration(configuration);
  confirmText(text);
  const { globals, entries, problems, extras } = readConfigFile(text);
  assert.deepEqual(problems, []);
  keepExtras(extras);
  return { ...globals, runners: entries };
}

describe("a configuration of any keys and values", () => {
  it("is read from its text as it was written, by two parsers", () => {
    const both = fc.tuple(anyTable("GlobalConfiguration"), withExtras("RunnerConfiguration"));
    const law = fc.property(both, ([globals, entry]) => {
      const configuration = { ...globals, runners: [entry, ...((globals.runners ?? []) as Table[])] };
      const expected = meaningOf("GlobalConfiguration", configuration);
      assert.deepEqual(meaningOf("GlobalConfiguration", renderAndRead(configuration)), expected);
    });
    fc.assert(law, { numRuns: 40 });
  }).timeout(60_000);

  it("is the same after a way through a program's arguments, at every type", () => {
    for (const type of TYPES) {
      const law = fc.property(withExtras(type), (table) => {
        // As they travel: arguments are JSON.
        const settings = JSON.parse(JSON.stringify(toArguments(type, table))) as Arguments;
        assert.deepEqual(toTable(type, settings), table);
      });
      fc.assert(law, { numRuns: 10 });
    }
  }).timeout(60_000);
});

describe("the merge of a template into any entry", function () {
  this.timeout(60_000);
  const entry = anyTable("RunnerConfiguration");
  /** The template's own: token, times and name never come from it. */
  const template = anyTable("RunnerConfiguration").map(
    ({ token, name, token_obtained_at, token_expires_at, ...rest }) => rest,
  );

  const check = (law: fc.IProperty<[Table, Table]>) => fc.assert(law, { numRuns: 40 });
  const pairs = (predicate: (entry: Table, template: Table) => void) => check(fc.property(entry, template, predicate));

  it("with an empty template changes nothing", () => {
    pairs((ours) => assert.deepEqual(mergeTemplate(ours, {}), ours));
  });

  it("does nothing more when done twice", () => {
    pairs((ours, theirs) => {
      const once = mergeTemplate(ours, theirs);
      assert.deepEqual(mergeTemplate(once, theirs), once);
    });
  });

  it("lets every explicit value win that is not empty, takes lists whole and maps by key", () => {
    pairs((ours, theirs) => provePlaces("RunnerConfiguration", [ours, theirs, mergeTemplate(ours, theirs)]));
  });
});

const isEmpty = (value: Value | undefined) =>
  value === undefined ||
  (Array.isArray(value)
    ? value.length === 0
    : isTable(value)
      ? Object.keys(value).length === 0
      : isZero(value) || value === "0s");

/** At each key the result is the entry's where that is not empty, else the template's. */
function provePlaces(type: TypeName, [ours, theirs, merged]: [Table, Table, Table]): void {
  for (const field of KEY_TABLE[type]) provePlace(field, [ours[field.key], theirs[field.key], merged[field.key]]);
}

function provePlace(field: Field, [ours, theirs, merged]: [Value?, Value?, Value?]): void {
  if (field.type && field.kind === "table") proveTable(field, field.type, [ours, theirs, merged] as Tables);
  else if (field.kind.startsWith("map<")) proveMap([ours, theirs, merged] as Tables);
  else assert.deepEqual(merged, isTaken(field, ours, theirs) ? theirs : ours, field.key);
}

/** A template's value counts where the entry's is empty; an empty one only behind a pointer that nobody set. */
function isTaken(field: Field, ours: Value | undefined, theirs: Value | undefined): boolean {
  if (ours === undefined && field.pointer) return theirs !== undefined;
  return isEmpty(ours) && !isEmpty(theirs);
}

type Tables = [Table | undefined, Table | undefined, Table | undefined];

/** A pointer table that the entry lacks is taken as it is, empty lists too. */
function proveTable(field: Field, type: TypeName, [ours, theirs, merged]: Tables): void {
  const isWhole = theirs === undefined || (ours === undefined && field.pointer);
  if (isWhole) assert.deepEqual(merged, theirs ?? ours);
  else provePlaces(type, [ours ?? {}, theirs, merged ?? {}]);
}

function proveMap([ours = {}, theirs = {}, merged = {}]: Tables): void {
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  assert.deepEqual(new Set(Object.keys(merged)), keys);
  for (const key of keys) {
    const [one, other, result] = [ours, theirs, merged].map((map) => (Object.hasOwn(map, key) ? map[key] : undefined));
    const areTables = one !== undefined && other !== undefined && isTable(one) && isTable(other);
    if (areTables) proveMap([one, other, result as Table]);
    else assert.deepEqual(result, isEmpty(one) && other !== undefined ? other : one, key);
  }
}
