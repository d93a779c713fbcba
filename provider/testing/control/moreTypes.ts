import type { ParamType, Reading } from "../rest/declare.js";
import { integer } from "../rest/paramTypes.js";

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
