import { isParams, type Params } from "../http/params.js";
import type { ParamType, Reading } from "./declare.js";

const invalid = { problem: "is invalid" };
const nothing = { value: null };
const wrongValue = "does not have a valid value";

const trueWords = new Set(["true", "t", "1", "on", "yes", "y"]);
const falseWords = new Set(["false", "f", "0", "off", "no", "n"]);

/** A text; numbers and booleans count as their text. */
export const text: ParamType<string> = {
  read: (raw) => {
    if (raw === null || raw === undefined) return nothing;
    return typeof raw === "object" ? invalid : { value: String(raw) };
  },
};

/** A whole number, also as a text; an empty text is nothing. */
export const integer: ParamType<number> = {
  read: (raw) => {
    if (isBlank(raw)) return nothing;
    if (typeof raw === "number") return Number.isSafeInteger(raw) ? { value: raw } : invalid;
    return typeof raw === "string" && /^\s*[+-]?\d+\s*$/.test(raw) ? { value: Number(raw) } : invalid;
  },
};

/** True or false, also as the words that forms send; an empty text is nothing. */
export const flag: ParamType<boolean> = {
  read: (raw) => {
    if (isBlank(raw)) return nothing;
    const word = typeof raw === "object" ? "" : String(raw).toLowerCase();
    if (trueWords.has(word)) return { value: true };
    return falseWords.has(word) ? { value: false } : invalid;
  },
};

/** A point in time, as ISO 8601. */
export const time: ParamType<Date> = {
  read: (raw) => {
    if (isBlank(raw)) return nothing;
    const date = typeof raw === "string" ? new Date(raw) : new Date(Number.NaN);
    return Number.isNaN(date.getTime()) ? invalid : { value: date };
  },
};

/** A list of texts, or one text with commas; nothing, and things that are neither, count as the empty list. */
export const texts: ParamType<string[]> = {
  read: (raw) => {
    const parts = typeof raw === "string" ? [raw] : Array.isArray(raw) ? raw.map((part) => String(part ?? "")) : [];
    return { value: parts.flatMap((part) => part.split(",")).map((part) => part.trim()) };
  },
};

/** An object. */
export const hash: ParamType<Params> = {
  read: (raw) => {
    if (isBlank(raw)) return nothing;
    return isParams(raw) ? { value: raw } : invalid;
  },
};

/** One of some words. */
export function oneOf<T extends string>(words: readonly T[]): ParamType<T> {
  const read = (raw: unknown): Reading<T> => {
    if (raw === null || raw === undefined) return nothing;
    const value = words.find((word) => word === raw);
    return value === undefined ? { problem: wrongValue } : { value };
  };
  return { read, missing: wrongValue };
}

/** Several of some words. */
export function someOf<T extends string>(words: readonly T[]): ParamType<T[]> {
  const read = (raw: unknown): Reading<T[]> => {
    const reading = texts.read(raw);
    const sent = "value" in reading ? (reading.value ?? []) : [];
    const known = words.filter((word) => sent.includes(word));
    return sent.every((word) => known.some((other) => other === word)) && sent.length > 0
      ? { value: known }
      : { problem: wrongValue };
  };
  return { read, missing: wrongValue };
}

/** A text that a pattern finds something in. */
export function textLike(pattern: RegExp): ParamType<string> {
  const read = (raw: unknown): Reading<string> => {
    const reading = text.read(raw);
    return "value" in reading && reading.value !== null && !pattern.test(reading.value) ? invalid : reading;
  };
  return { read };
}

function isBlank(raw: unknown): boolean {
  return raw === null || raw === undefined || raw === "";
}
