import type { ParamType, Reading } from "../rest/declare.js";
import { integer } from "../rest/paramTypes.js";
import { SHORTEST_TOKEN_LIFE } from "../world/settings.js";

/** For how many seconds tokens live: GitLab takes no shorter time than its minimum. */
export const tokenLife: ParamType<number> = {
  read: (raw) => {
    const reading = integer.read(raw);
    const isTooShort = "value" in reading && reading.value !== null && reading.value < SHORTEST_TOKEN_LIFE;
    return isTooShort ? { problem: `must be greater than or equal to ${SHORTEST_TOKEN_LIFE}` } : reading;
  },
};

/** A list of whole numbers. */
export const integers: ParamType<number[]> = {
  read: (raw) => {
    if (!Array.isArray(raw)) return { problem: "is invalid" };
    const values = raw.flatMap((item) => valuesOf(integer.read(item)));
    return values.length === raw.length ? { value: values } : { problem: "is invalid" };
  },
};

/** A number from 0 to 1. */
export const chance: ParamType<number> = {
  read: (raw) => (typeof raw === "number" && raw >= 0 && raw <= 1 ? { value: raw } : { problem: "is invalid" }),
};

/** Anything, as it is. */
export const anything: ParamType<unknown> = { read: (raw) => ({ value: raw }) };

function valuesOf<T>(reading: Reading<T>): T[] {
  return "value" in reading && reading.value !== null ? [reading.value] : [];
}
