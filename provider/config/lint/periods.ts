/** One field of a period: its values as a pattern, the highest interval, and forms that only this field has. */
interface FieldShape {
  name: string;
  value: string;
  most: number;
  special?: RegExp;
}

const MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const LONG_MONTHS = "january|february|march|april|june|july|august|september|october|november|december";
const DAYS = "sun|mon|tue|wed|thu|fri|sat|sunday|monday|tuesday|wednesday|thursday|friday|saturday";
const DAY_OF_MONTH = "0?[1-9]|[12][0-9]|3[01]";
const DAY_OF_WEEK = `0?[0-7]|${DAYS}`;
const SIXTY = "0?[0-9]|[1-5][0-9]";

const SECOND: FieldShape = { name: "second", value: SIXTY, most: 59 };
const YEAR: FieldShape = { name: "year", value: "19[789][0-9]|20[0-9]{2}", most: 2099 };
const FIVE: readonly FieldShape[] = [
  { name: "minute", value: SIXTY, most: 59 },
  { name: "hour", value: "0?[0-9]|1[0-9]|2[0-3]", most: 23 },
  { name: "day of the month", value: DAY_OF_MONTH, most: 31, special: new RegExp(`^(l|lw|(${DAY_OF_MONTH})w)$`) },
  { name: "month", value: `0?[1-9]|1[012]|${MONTHS}|${LONG_MONTHS}`, most: 12 },
  { name: "day of the week", value: DAY_OF_WEEK, most: 6, special: new RegExp(`^(${DAY_OF_WEEK})(l|#[1-5])$`) },
];

const SHORTHANDS = /@(yearly|annually|monthly|weekly|daily|hourly)/g;

/**
 * Why a text is no period as GitLab Runner reads it: minute, hour, day, month, weekday; with a year behind them; with
 * seconds before them, too. What follows counts for nothing.
 * @see https://docs.gitlab.com/runner/configuration/autoscale/#autoscaling-periods-configuration
 */
export function checkPeriod(text: string): string[] {
  // Each shorthand stands for seven fields that are right.
  const fields = text.replace(SHORTHANDS, "0 0 0 1 1 * *").match(/\S+/g) ?? [];
  const shapes = fields.length >= 7 ? [SECOND, ...FIVE, YEAR] : fields.length === 6 ? [...FIVE, YEAR] : FIVE;
  if (fields.length < 5) return ['is no period: it needs 5, 6 or 7 fields, such as "* * 9-17 * * mon-fri *"'];
  const wrong = shapes.filter((shape, index) => !isField(shape, fields[index] ?? ""));
  return wrong.length > 0 ? [`is no period: look at ${wrong.map(({ name }) => name).join(", ")}`] : [];
}

function isField(shape: FieldShape, text: string): boolean {
  const parts = text.toLowerCase().match(/[^,]+/g) ?? [];
  return parts.length > 0 && parts.every((part) => isPart(shape, part));
}

function isPart({ value, most, special }: FieldShape, part: string): boolean {
  if (part === "?" || special?.test(part)) return true;
  const match = new RegExp(`^(?:\\*|(?:${value})(?:-(?:${value}))?)(?:/(\\d+))?$`).exec(part);
  return match !== null && (match[1] === undefined || isInterval(match[1], most));
}

/** The Runner's parser knows the numbers up to 59, and the years. */
function isInterval(text: string, most: number): boolean {
  const number = Number(text);
  const isKnown = /^\d{1,2}$/.test(text) ? number <= 59 : /^\d{4}$/.test(text) && number >= 1970;
  return isKnown && number >= 1 && number <= most;
}

/** Whether Go finds the time zone; "Local" and nothing are the machine's own. */
export function isTimezone(text: string): boolean {
  if (text === "" || text === "Local") return true;
  if (/^[+-]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
