import { normalizeAddress } from "../../../address.js";
import type { Path } from "../../../path.js";
import { NO_SELF_ROTATION } from "../../entry.js";
import { identifyEntry } from "../../file.js";
import { DateTime, NO_TIME, type Table } from "../../value.js";
import {
  type Configuration,
  type Flaw,
  forEachEntry,
  nameEntry,
  numberAt,
  type Rule,
  tableAt,
  textAt,
} from "../rule.js";

/** The Runner puts variables of its environment into url and token. */
function isExpanded(text: string): boolean {
  return text.includes("$");
}

/** Who the entry is in GitLab: address, id, token, its times. */
export const CREDENTIAL_RULES: readonly Rule[] = [
  forEachEntry("missing-url", "error", (entry, path) =>
    textAt(entry, "url") === ""
      ? [
          {
            path: [...path, "url"],
            message: 'is missing: write the address of GitLab, such as "https://gitlab.example.com"',
          },
        ]
      : [],
  ),
  forEachEntry("missing-token", "error", (entry, path) => {
    if (textAt(entry, "token").trim() !== "") return [];
    const message = "is missing: the entry is skipped without a runner authentication token (glrt-…)";
    return [{ path: [...path, "token"], message }];
  }),
  forEachEntry("invalid-url", "error", checkUrl),
  forEachEntry("legacy-url", "warning", (entry, path) => {
    if (!/\/ci\/*$/.test(textAt(entry, "url"))) return [];
    const message = 'ends with "/ci", as no GitLab has since 2015: submodules may fail to clone; end it after the host';
    return [{ path: [...path, "url"], message }];
  }),
  forEachEntry("password-in-url", "warning", checkPasswords),
  forEachEntry("registration-token", "error", (entry, path) => {
    if (!/^GR1348941/.test(textAt(entry, "token"))) return [];
    const message =
      'is a registration token, with which no job can be fetched: put in the authentication token that "gitlab-runner register" or GitLab gives for it';
    return [{ path: [...path, "token"], message }];
  }),
  { id: "token-twice", severity: "harmful", find: findTokensTwice },
  { id: "runner-twice", severity: "error", find: findRunnersTwice },
  { id: "name-twice", severity: "warning", find: findNamesTwice },
  forEachEntry("token-expired", "error", checkExpiry),
  forEachEntry("token-obtained-missing", "warning", (entry, path) => {
    if (!isTime(entry.token_expires_at) || isTime(entry.token_obtained_at)) return [];
    const message =
      "is missing beside token_expires_at: the Runner counts from the year 1, and rotates the token at once; write when it was obtained";
    return [{ path: [...path, "token_obtained_at"], message }];
  }),
  forEachEntry("token-not-rotated", "warning", checkRotation),
];

function checkUrl(entry: Table, path: Path): Flaw[] {
  const url = textAt(entry, "url");
  if (url === "" || isExpanded(url)) return [];
  const address = normalizeAddress(withoutPassword(url));
  return typeof address === "string" ? [] : [{ path: [...path, "url"], message: address.problem }];
}

function withoutPassword(text: string): string {
  return text.replace(/^([a-z]+:\/\/)[^/?#]*@/i, "$1");
}

function checkPasswords(entry: Table, path: Path): Flaw[] {
  return ["url", "clone_url"]
    .filter((key) => withoutPassword(textAt(entry, key)) !== textAt(entry, key))
    .map((key) => ({
      path: [...path, key],
      message:
        "carries a user name or password, which job logs may show: leave it out, and give jobs their own credentials",
    }));
}

function findTokensTwice({ entries }: Configuration): Flaw[] {
  return findTwice(
    entries,
    (entry) => textAt(entry, "token"),
    "token",
    (first) =>
      `is also the token of entry ${first}: both ask for jobs as the same runner, and one entry's removal ends the other; keep one of them`,
  );
}

/** A GitLab gives one token to a runner, so one of two different ones is dead. */
function findRunnersTwice({ entries }: Configuration): Flaw[] {
  const isNumbered = (entry: Table) => numberAt(entry, "id") > 0 && textAt(entry, "url") !== "";
  const flaws = findTwice(
    entries,
    (entry) => (isNumbered(entry) ? identifyEntry(entry) : ""),
    "id",
    (first) => `is the same runner as entry ${first}, with another token: one of the two is dead; keep the living one`,
  );
  const tokens = entries.map((entry) => textAt(entry, "token"));
  return flaws.filter(({ path }) => tokens.filter((token) => token === tokens[path[1] as number]).length === 1);
}

function findNamesTwice({ entries }: Configuration): Flaw[] {
  return findTwice(
    entries,
    (entry) => textAt(entry, "name"),
    "name",
    (_first, at) =>
      `is also the name of entry number ${at + 1}: "gitlab-runner unregister --name" takes the first; give each its own`,
  );
}

function findTwice(
  entries: readonly Table[],
  read: (entry: Table) => string,
  key: string,
  explain: (first: string, at: number) => string,
): Flaw[] {
  const firsts = new Map<string, number>();
  return entries.flatMap((entry, index) => {
    const value = read(entry);
    const first = firsts.get(value);
    if (value === "" || first === undefined) {
      firsts.set(value, index);
      return [];
    }
    return [{ path: ["runners", index, key], message: explain(nameEntry(entries[first], first), first) }];
  });
}

function isTime(value: unknown): value is DateTime {
  return value instanceof DateTime && value.text !== NO_TIME.text;
}

function checkExpiry(entry: Table, path: Path, { now }: Configuration): Flaw[] {
  const expires = entry.token_expires_at;
  if (!now || !isTime(expires) || Date.parse(expires.text) > now.getTime()) return [];
  const message = `was ${expires.text}: the token is dead; reset it in GitLab, and put in the new one`;
  return [{ path: [...path, "token_expires_at"], message }];
}

/** Where Pulumi owns the token it writes this flag itself. */
function checkRotation(entry: Table, path: Path, { isManaged }: Configuration): Flaw[] {
  const isOff = tableAt(entry, "feature_flags")?.[NO_SELF_ROTATION] === true;
  if (isManaged || !isTime(entry.token_expires_at) || !isOff) return [];
  const message =
    "keeps the Runner from renewing a token that expires: see to it that something else does, or remove it";
  return [{ path: [...path, "feature_flags", NO_SELF_ROTATION], message }];
}
