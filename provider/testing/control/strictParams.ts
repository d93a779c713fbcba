import type { Params } from "../http/params.js";
import { type Declaration, optional, type Param, type ParamType, readParams } from "../rest/declare.js";
import { badParameters } from "../rest/refusal.js";

/** A parameter that may be left out, but not be null. */
export function given<T>(type: ParamType<T>): Param<T> {
  return optional(notNull(type));
}

/** A parameter that may be left out or be null. */
export const nullable = optional;

/** Reads parameters that were sent; unlike GitLab's API the control door refuses those that it does not know. */
export function readStrict(declaration: Declaration, params: Params): Params {
  const unknown = Object.keys(params).filter((name) => !Object.hasOwn(declaration, name));
  if (unknown.length > 0) throw badParameters(unknown.map((name) => `${name} is not known here`));
  return readParams(declaration, params);
}

function notNull<T>(type: ParamType<T>): ParamType<T> {
  const read = (raw: unknown) => {
    const reading = type.read(raw);
    return "value" in reading && reading.value === null ? { problem: "must not be empty" } : reading;
  };
  return { read };
}
