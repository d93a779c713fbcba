/** One field of a period: its bounds, and the words that stand for numbers. */
interface FieldShape {
  name: string;
  least: number;
  most: number;
  words?: readonly string[];
  /** Forms that only this field has. */
  special?: RegExp;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const SECOND: FieldShape = { name: "second", least: 0, most: 59 };
const YEAR: FieldShape = { name: "year", least: 1970, most: 2099 };
const FIVE: readonly FieldShape[] = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of the month", least: 1, most: 31, special: /^(l|lw|\d{1,2}w)$/ },
  { name: "month", least: 1, most: 12, words: MONTHS },
  { name: "day of the week", least: 0, most: 7, words: DAYS, special: /^([0-7]l|[0-7]#[1-5]|[a-z]{3,9}(l|#[1-5]))$/ },
];

const SHORTHANDS = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@hourly"];

/**
 * Why a text is no period as GitLab Runner reads it: minute, hour, day, month, weekday; with a year behind them; with
 * seconds before them, too.
 * @see https://docs.gitlab.com/runner/configuration/autoscale/#autoscaling-periods-configuration
 */
export function checkPeriod(text: string): string[] {
  if (SHORTHANDS.includes(text.trim())) return [];
  const fields = text.trim().split(/\s+/);
  const shapes = fields.length >= 7 ? [SECOND, ...FIVE, YEAR] : fields.length === 6 ? [...FIVE, YEAR] : FIVE;
  if (fields.length < 5 || fields.length > 7) {
    return ['is no period: it needs 5, 6 or 7 fields, such as "* * 9-17 * * mon-fri *"'];
  }
  const wrong = shapes.filter((shape, index) => !isField(shape, fields[index] ?? ""));
  return wrong.length > 0 ? [`is no period: look at ${wrong.map(({ name }) => name).join(", ")}`] : [];
}

function isField(shape: FieldShape, text: string): boolean {
  return text.split(",").every((part) => isPart(shape, part.toLowerCase()));
}

function isPart(shape: FieldShape, part: string): boolean {
  if (part === "*" || part === "?" || shape.special?.test(part)) return true;
  const [range = "", step] = part.split("/");
  if (step !== undefined && !(/^\d+$/.test(step) && Number(step) >= 1 && Number(step) <= shape.most)) return false;
  if (range === "*") return true;
  const ends = range.split("-");
  return ends.length <= 2 && ends.every((end) => isNumber(shape, end));
}

function isNumber({ least, most, words }: FieldShape, text: string): boolean {
  if (/^\d+$/.test(text)) return Number(text) >= least && Number(text) <= most;
  return words?.some((word) => text.startsWith(word) && /^[a-z]+$/.test(text)) ?? false;
}

/** Whether Go finds the time zone; "Local" and nothing are the machine's own. */
export function isTimezone(text: string): boolean {
  if (text === "" || text === "Local") return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
