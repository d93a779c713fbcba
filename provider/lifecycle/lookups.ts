import { z } from "zod";
import { InvalidInputError, type Problem } from "../errors.js";
import {
  listRunners,
  lookUpRunner,
  type RunnerDetails,
  type RunnerPlace,
  type RunnerSummary,
} from "../gitlab/lookups.js";
import { findProblems } from "./check.js";
import { connect } from "./connection.js";
import { stripMarkers } from "./runner/marker.js";
import { type ConfigSource, findSettings } from "./settings.js";

export type { RunnerDetails, RunnerSummary } from "../gitlab/lookups.js";

/** A runner, with the address of the GitLab that knows it. */
export type Found<T> = T & { url: string };

const number = z.custom<number | string>((value) => /^[1-9]\d*$/.test(String(value)), {
  error: "must be GitLab's number of the runner",
});

const place = z.custom<number | string>((value) => /^[^\s?#]+$/.test(String(value)) && value !== 0, {
  error: "must be GitLab's number of it, or its full path",
});

function oneOf<const Value extends string>(values: readonly Value[]) {
  return z.enum(values, { error: `must be one of ${values.join(", ")}` });
}

const flag = z.boolean({ error: "must be true or false" });

const oneShape = z.strictObject({ runnerId: number });

const manyShape = z.strictObject({
  groupId: place.optional(),
  projectId: place.optional(),
  wholeInstance: flag.optional(),
  runnerType: oneOf(["instance_type", "group_type", "project_type"]).optional(),
  status: oneOf(["online", "offline", "never_contacted", "stale", "active", "paused"]).optional(),
  paused: flag.optional(),
  tagList: z
    .array(
      z.string({ error: "must be text" }).refine((tag) => tag.trim() !== "" && !tag.includes(","), {
        error: "must be one tag, without a comma",
      }),
      { error: "must be a list of tags" },
    )
    .optional(),
  versionPrefix: z
    .string({ error: "must be text" })
    .regex(/^[\d+.]+$/, { error: 'must be the beginning of a version, such as "18.2."' })
    .optional(),
});

/** Which runners. */
export type RunnerQuery = z.infer<typeof manyShape>;

/** @throws InvalidInputError, before anything is sent; GitLabCallError */
export async function findRunner(
  args: { runnerId: number | string },
  config: ConfigSource,
): Promise<Found<RunnerDetails>> {
  const client = await open(findProblems(oneShape, args), config);
  const runner = await lookUpRunner(client, args.runnerId);
  const { maintenanceNote: note } = runner;
  return { ...runner, maintenanceNote: note && stripMarkers(note), url: client.connection.address };
}

/** @throws InvalidInputError, before anything is sent; GitLabCallError */
export async function findRunners(args: RunnerQuery, config: ConfigSource): Promise<Found<RunnerSummary>[]> {
  const client = await open([...findProblems(manyShape, args), ...findClash(args)], config);
  const { runnerType: type, status, paused, tagList, versionPrefix } = args;
  const filters = { type, status, paused, tag_list: tagList?.join(","), version_prefix: versionPrefix };
  const url = client.connection.address;
  return (await listRunners(client, findPlace(args), filters)).map((runner) => ({ ...runner, url }));
}

async function open(problems: readonly Problem[], config: ConfigSource) {
  if (problems.length > 0) throw new InvalidInputError(problems);
  return connect(findSettings(process.env, config));
}

function findClash({ groupId, projectId, wholeInstance }: RunnerQuery): Problem[] {
  const given = Object.entries({ groupId, projectId, wholeInstance: wholeInstance || undefined });
  const names = given.filter(([, value]) => value !== undefined).map(([name]) => name);
  return names.slice(1).map((path) => ({ path, message: `excludes ${names[0]}: remove one of them` }));
}

function findPlace({ groupId, projectId, wholeInstance }: RunnerQuery): RunnerPlace {
  if (groupId !== undefined) return { groupId };
  if (projectId !== undefined) return { projectId };
  return wholeInstance ? "instance" : "available";
}
