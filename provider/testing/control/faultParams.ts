import type { Fault, FaultSpec } from "../faults/fault.js";
import { isParams, type Params } from "../http/params.js";
import { type ParamType, required } from "../rest/declare.js";
import { hash, integer, oneOf, text } from "../rest/paramTypes.js";
import { badParameters } from "../rest/refusal.js";
import { anything, chance } from "./moreTypes.js";
import { given, nullable, readStrict } from "./strictParams.js";

// All kinds but `mangle`, which takes a function.
const kinds = [
  "rateLimit",
  "throttle",
  "serverError",
  "badGateway",
  "maintenance",
  "queryTimeout",
  "conflict",
  "redirect",
  "reply",
  "delay",
  "cut",
  "truncate",
  "contentType",
  "malformedJson",
] as const;

const integerOrAll: ParamType<number | "all"> = {
  read: (raw) => (raw === "all" ? { value: "all" } : integer.read(raw)),
};

const declaration = {
  kind: required(oneOf(kinds)),
  method: given(text),
  path: given(text),
  nth: given(integer),
  count: given(integerOrAll),
  probability: given(chance),
  seed: given(integer),
  when: given(oneOf(["before", "after"])),
  delayMs: given(integer),
  retryAfter: given(integer),
  status: given(integer),
  body: nullable(anything),
  headers: given(hash),
  location: given(text),
  bytes: given(integer),
  contentType: given(text),
};

const needs: Record<string, string> = {
  reply: "status",
  redirect: "location",
  contentType: "contentType",
  delay: "delayMs",
};

/** Reads a fault that came as JSON. */
export function readFault(params: Params): FaultSpec {
  const spec = readStrict(declaration, params);
  const need = needs[String(spec.kind)];
  if (need !== undefined && spec[need] === undefined) throw badParameters([`${need} is missing`]);
  if (isParams(spec.headers)) spec.headers = mapToText(spec.headers);
  // Every part was read by its type above.
  return spec as unknown as FaultSpec;
}

/** Shows a fault as JSON can. */
export function showFault(fault: Fault): Params {
  const { path } = fault.spec;
  const spec = { ...fault.spec, ...(path instanceof RegExp ? { path: String(path) } : {}) };
  return { id: fault.id, seen: fault.seen, hits: fault.hits, ...spec };
}

function mapToText(headers: Params): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
