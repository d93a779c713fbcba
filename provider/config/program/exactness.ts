import { NO_SELF_ROTATION } from "../entry.js";
import { DateTime, isTable, NO_TIME, type Table } from "../value.js";
import { type Expression, literal, type Member } from "./expression.js";

/** The settings, and what must be said so that rendering adds nothing of its own to an entry that does not have it. */
export function keepExact(entry: Table, settings: readonly Member[]): Member[] {
  const executor = String(entry.executor ?? "");
  const additions: [isNeeded: boolean, path: [string, string?], value: unknown][] = [
    [/^docker/.test(executor), ["docker", "volumes"], []],
    [executor === "docker-windows", ["shell"], ""],
  ];
  return additions.reduce<Member[]>(
    (members, [isNeeded, path, value]) => (isNeeded ? addMissing(members, path, value) : members),
    [...settings],
  );
}

/** Whether GitLab Runner renews the token of this entry by itself, as it does unless it is told not to. */
export function rotatesItself({ token_expires_at: time, feature_flags: flags }: Table): boolean {
  const isOff = isTable(flags) && flags[NO_SELF_ROTATION] === true;
  return time instanceof DateTime && time.text !== NO_TIME.text && !isOff;
}

function addMissing(members: Member[], [key, inner]: readonly [string, string?], value: unknown): Member[] {
  const found = members.find((member) => member.key === key);
  if (inner === undefined) return found ? members : [...members, { key, value: literal(value) }];
  const object = found?.value ?? { kind: "object", members: [] };
  if (object.kind !== "object") return members;
  const filled: Expression = { kind: "object", members: addMissing(object.members, [inner], value) };
  if (!found) return [...members, { key, value: filled }];
  return members.map((member) => (member === found ? { ...member, value: filled } : member));
}
