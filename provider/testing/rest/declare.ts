import type { Params } from "../http/params.js";
import { badParameters } from "./refusal.js";

/** What became of a raw value: the value (null for nothing), or what is wrong with it. */
export type Reading<T> = { value: T | null } | { problem: string };

/** A type of parameter, as the API declares it. */
export interface ParamType<T> {
  read(raw: unknown): Reading<T>;
  /** Set for types whose missing value is also a wrong value. */
  readonly missing?: string;
}

/** One declared parameter. */
export interface Param<T> {
  readonly type: ParamType<T>;
  readonly required: boolean;
}

/** The declared parameters of an endpoint. */
export type Declaration = Readonly<Record<string, Param<unknown>>>;

/** The parameters that were sent, of the right types; a key that was not sent is missing, null was sent as nothing. */
export type Declared<D extends Declaration> = {
  -readonly [K in keyof D]?: D[K] extends Param<infer T> ? T | null : never;
};

/** A rule about several parameters; gives what is wrong, or null. */
export type ParamRule = (params: Params) => string | null;

/** A parameter that must be sent. */
export function required<T>(type: ParamType<T>): Param<T> {
  return { type, required: true };
}

/** A parameter that may be left out. */
export function optional<T>(type: ParamType<T>): Param<T> {
  return { type, required: false };
}

/** Reads the declared parameters; refuses with all that is wrong at once. Others are ignored. */
export function readParams<D extends Declaration>(
  declaration: D,
  params: Params,
  rules: readonly ParamRule[] = [],
): Declared<D> {
  const declared: Params = {};
  const texts: string[] = [];
  for (const [name, param] of Object.entries(declaration)) {
    if (!Object.hasOwn(params, name)) {
      if (param.required) texts.push(...missing(name, param));
      continue;
    }
    const reading = param.type.read(params[name]);
    if ("problem" in reading) texts.push(`${name} ${reading.problem}`);
    else if (reading.value === null && param.required && param.type.missing)
      texts.push(`${name} ${param.type.missing}`);
    else declared[name] = reading.value;
  }
  texts.push(...rules.flatMap((rule) => rule(params) ?? []));
  if (texts.length > 0) throw badParameters(texts);
  return declared as Declared<D>;
}

/** Refuses requests that have none of these parameters. */
export function atLeastOneOf(names: readonly string[]): ParamRule {
  const text = `${names.join(", ")} are missing, at least one parameter must be provided`;
  return (params) => (names.some((name) => Object.hasOwn(params, name)) ? null : text);
}

/** Refuses requests that have more than one of these parameters. */
export function mutuallyExclusive(names: readonly string[]): ParamRule {
  const sent = (params: Params) => names.filter((name) => Object.hasOwn(params, name));
  return (params) => (sent(params).length > 1 ? `${sent(params).join(", ")} are mutually exclusive` : null);
}

function missing(name: string, param: Param<unknown>): string[] {
  const texts = [`${name} is missing`];
  return param.type.missing ? [...texts, `${name} ${param.type.missing}`] : texts;
}
