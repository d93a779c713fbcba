import { isDeepStrictEqual } from "node:util";
import type { Registration } from "../../gitlab/registration.js";
import type { RunnerView } from "../../gitlab/runnerQueries.js";
import type { RunnerAttributes, RunnerScope } from "../../gitlab/runners.js";
import type { Properties } from "../method.js";
import type { RunnerInputs } from "./inputs.js";
import { stripMarkers } from "./marker.js";

/** The settings that GitLab can change later, as arguments name them; with what GitLab takes when one is not given. */
export const DEFAULTS = {
  description: "",
  maintenanceNote: "",
  paused: false,
  locked: false,
  accessLevel: "not_protected",
  runUntagged: true,
  tagList: [] as string[],
  maximumTimeout: null as number | null,
};

export type Attribute = keyof typeof DEFAULTS;

export type Attributes = { [name in Attribute]: unknown };

export const ATTRIBUTES = Object.keys(DEFAULTS) as Attribute[];

/** GitLab's key of each attribute. */
export const KEYS = {
  description: "description",
  maintenanceNote: "maintenance_note",
  paused: "paused",
  locked: "locked",
  accessLevel: "access_level",
  runUntagged: "run_untagged",
  tagList: "tag_list",
  maximumTimeout: "maximum_timeout",
} as const satisfies Record<Attribute, keyof RunnerAttributes>;

/** The given attributes by GitLab's keys. */
export function toKeys(attributes: Partial<Attributes>): Partial<RunnerAttributes> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [KEYS[name as Attribute], value]));
}

/** What a creation sends: only what is declared, so that GitLab's own defaults hold for the rest. */
export function toCreateRequest(inputs: RunnerInputs): RunnerScope & Partial<RunnerAttributes> {
  return {
    // `check` asks for it in this flow.
    runner_type: inputs.runnerType as RunnerScope["runner_type"],
    group_id: inputs.groupId as number | undefined,
    project_id: inputs.projectId as number | undefined,
    ...toKeys(pickDeclared(inputs)),
    token_expires_at: inputs.initialTokenExpiresAt,
    token_rotation_deadline: inputs.tokenRotationDeadline,
  };
}

function pickDeclared(inputs: RunnerInputs): Partial<Attributes> {
  return Object.fromEntries(ATTRIBUTES.filter((name) => name in inputs).map((name) => [name, inputs[name]]));
}

/** What a registration sends, in the form of `gitlab-runner register`. */
export function toRegistration(inputs: RunnerInputs): Registration {
  const { tag_list: tags, ...rest } = toKeys(pickDeclared(inputs));
  return tags === undefined || tags.length === 0 ? rest : { ...rest, tag_list: tags.join(",") };
}

/** A runner's attributes as arguments would name them; tags sorted, since GitLab keeps no order, the note without our mark. */
export function fromReply(reply: RunnerView): Attributes {
  const pairs = ATTRIBUTES.map((name) => [name, reply[KEYS[name]] ?? DEFAULTS[name]] as const);
  const maintenanceNote = stripMarkers(reply.maintenance_note ?? "");
  return { ...(Object.fromEntries(pairs) as Attributes), tagList: [...reply.tag_list].sort(), maintenanceNote };
}

/** What the declared arguments ask for, GitLab's default for each that is not declared. */
export function wantedAttributes(inputs: Partial<Attributes>): Attributes {
  return Object.fromEntries(ATTRIBUTES.map((name) => [name, inputs[name] ?? DEFAULTS[name]])) as Attributes;
}

/** Null and nothing are the same; the order of a map's keys, which gets lost on the way to the engine, does not count. */
export function isEqual(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one ?? null, other ?? null);
}

/** Arguments in one form, so that equal settings look equal: ids as numbers, tags as a sorted set. Any value is taken. */
export function normalizeRunnerInputs(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, normalize(key, value)]));
}

function normalizeIds(ids: unknown[]): unknown[] {
  const numbers = ids.map((id) => (/^\d+$/.test(String(id)) ? Number(id) : id));
  return [...new Set(numbers)].sort((one, other) => Number(one) - Number(other));
}

/** Null stands for not given, as in JSON. */
export function withoutMissing(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null && value !== undefined));
}

function normalize(key: string, value: unknown): unknown {
  if ((key === "groupId" || key === "projectId") && /^\d+$/.test(String(value))) return Number(value);
  if (key === "sharedProjectIds" && Array.isArray(value)) return normalizeIds(value);
  if (key !== "tagList" || !Array.isArray(value)) return value;
  return [...new Set(value.map((item: unknown) => (typeof item === "string" ? item.trim() : item)))].sort();
}
