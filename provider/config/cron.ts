/** One field of a cron expression: its values as a pattern, the highest interval, and what else may stand there. */
interface CronField {
  value: string;
  highest: number;
  special?: RegExp;
}

const DAY_NAMES = "sun|mon|tue|wed|thu|fri|sat|sunday|monday|tuesday|wednesday|thursday|friday|saturday";
const MONTH_NAMES =
  "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december";
const DAY_OF_WEEK = `0?[0-7]|${DAY_NAMES}`;
const DAY_OF_MONTH = "0?[1-9]|[12][0-9]|3[01]";

const SECOND: CronField = { value: "0?[0-9]|[1-5][0-9]", highest: 59 };
const YEAR: CronField = { value: "19[789][0-9]|20[0-9]{2}", highest: 2099 };
const FIVE: readonly CronField[] = [
  SECOND,
  { value: "0?[0-9]|1[0-9]|2[0-3]", highest: 23 },
  { value: DAY_OF_MONTH, highest: 31, special: new RegExp(`^(l|lw|(${DAY_OF_MONTH})w)$`) },
  { value: `0?[1-9]|1[012]|${MONTH_NAMES}`, highest: 12 },
  { value: DAY_OF_WEEK, highest: 6, special: new RegExp(`^(${DAY_OF_WEEK})(l|#[1-5])$`) },
];

const ALIASES = /@(yearly|annually|monthly|weekly|daily|hourly)/g;

/**
 * Whether the Runner takes a text for a period: a cron expression of 5 fields, 6 with a year behind them, or 7 with
 * seconds before them; what follows is ignored (its parser is gorhill/cronexpr).
 */
export function isCronExpression(text: string): boolean {
  // Each alias stands for seven fields that are valid.
  const words = text.replace(ALIASES, "0 0 0 1 1 * *").match(/\S+/g) ?? [];
  if (words.length < 5) return false;
  const fields = words.length >= 7 ? [SECOND, ...FIVE, YEAR] : words.length === 6 ? [...FIVE, YEAR] : FIVE;
  return fields.every((field, index) => isCronField(field, words[index] ?? ""));
}

function isCronField(field: CronField, word: string): boolean {
  const entries = word.toLowerCase().match(/[^,]+/g) ?? [];
  return entries.length > 0 && entries.every((entry) => isCronEntry(field, entry));
}

function isCronEntry({ value, highest, special }: CronField, entry: string): boolean {
  if (entry === "?" || special?.test(entry)) return true;
  const match = new RegExp(`^(?:\\*|(?:${value})(?:-(?:${value}))?)(?:/(\\d+))?$`).exec(entry);
  return match !== null && (match[1] === undefined || isInterval(match[1], highest));
}

/** The parser knows numbers up to 59, and the years. */
function isInterval(text: string, highest: number): boolean {
  const number = Number(text);
  const isKnown = /^\d{1,2}$/.test(text) ? number <= 59 : /^\d{4}$/.test(text) && number >= 1970;
  return isKnown && number >= 1 && number <= highest;
}
