import type { Field } from "../../provider/config/schema/field.js";
import { KEY_TABLE, type TypeName } from "../../provider/config/schema/table.js";
import { DateTime, type Table, type Value } from "../../provider/config/value.js";

/** A value for every key, none of which lint objects to. */
function sampleFor({ key, kind, type, enum: words }: Field): Value {
  const own = SAMPLES[key.toLowerCase()];
  if (own !== undefined) return own;
  if (type) return kind === "table" ? sampleTable(type) : [sampleTable(type)];
  const word = words?.find((choice) => choice !== "") ?? "1";
  const samples: Record<string, Value> = {
    string: word,
    bool: true,
    int: 1n,
    float: 0.5,
    duration: "1h0m0s",
    datetime: new DateTime("2036-01-02T03:04:05Z"),
    "list<string>": [word],
    "list<int>": [1n],
    "list<float>": [0.5],
    "string|list<string>": [word],
    "map<string,string>": { "a key": "1" },
    "map<string,bool>": { FF_X: true },
    "map<string,int>": { key: 1n },
    "map<string,list<string>>": { key: ["1"] },
    "map<string,any>": { key: "1" },
  };
  return samples[kind] as Value;
}

const SAMPLES: Record<string, Value> = {
  url: "https://gitlab.example.com",
  token: "glrt-FAKE",
  id: 1n,
  periods: ["* * * * *"],
  timezone: "UTC",
  machinename: "m-%s",
  machineoptionswithname: ["%s"],
  labels: { key: "1" },
  limit: 3n,
  environment: ["A=true"],
};

export function sampleTable(type: TypeName): Table {
  const fields = KEY_TABLE[type].filter(({ key }) => key !== "runners");
  return Object.fromEntries(fields.map((field) => [field.key, sampleFor(field)]));
}
