import type { Params } from "../http/params.js";
import type { Declaration } from "../rest/declare.js";
import { badParameters } from "../rest/refusal.js";
import { addJob, type NewJob } from "../world/jobs.js";
import { addMember, addToken, addUser, type NewMember, type NewToken, type NewUser } from "../world/people.js";
import { addGroup, addProject, type NewGroup, type NewProject } from "../world/places.js";
import { addRunner, type NewRunner } from "../world/runners.js";
import type { Row, Table } from "../world/table.js";
import type { World } from "../world/world.js";
import {
  groupParams,
  jobParams,
  memberParams,
  projectParams,
  runnerParams,
  tokenParams,
  userParams,
} from "./recordParams.js";
import { readStrict } from "./strictParams.js";

/** One kind of records, as the control door offers it. */
export interface OpenTable {
  readonly name: string;
  all(): readonly Row[];
  find(id: number): Row | undefined;
  create(params: Params): Row;
  change(id: number, params: Params): Row;
  remove(id: number): boolean;
}

/** All kinds of records. */
export function openTables(world: World): OpenTable[] {
  const { users, tokens, groups, projects, members, runners, jobs } = world;
  return [
    open("users", users, { params: userParams, needs: ["username"], add: (fresh: NewUser) => addUser(world, fresh) }),
    open("tokens", tokens, {
      params: tokenParams,
      needs: ["userId"],
      add: (fresh: NewToken) => addToken(world, fresh),
    }),
    open("groups", groups, { params: groupParams, needs: ["path"], add: (fresh: NewGroup) => addGroup(world, fresh) }),
    open("projects", projects, {
      params: projectParams,
      needs: ["path"],
      add: (fresh: NewProject) => addProject(world, fresh),
    }),
    open("members", members, {
      params: memberParams,
      needs: ["userId", "role"],
      add: (fresh: NewMember) => addMember(world, fresh),
    }),
    open("runners", runners, {
      params: runnerParams,
      needs: ["runnerType"],
      add: (fresh: NewRunner) => addRunner(world, fresh),
    }),
    open("jobs", jobs, { params: jobParams, needs: ["projectId"], add: (fresh: NewJob) => addJob(world, fresh) }),
  ];
}

interface Kind<T, N> {
  readonly params: Declaration;
  readonly needs: readonly string[];
  readonly add: (fresh: N) => T;
}

function open<T extends Row, N>(name: string, table: Table<T>, kind: Kind<T, N>): OpenTable {
  const read = (params: Params) => readStrict(kind.params, params);
  const create = (params: Params) => {
    const missing = kind.needs.filter((need) => params[need] === undefined);
    if (missing.length > 0) throw badParameters(missing.map((need) => `${need} is missing`));
    const fresh = read(params);
    // What can be set but not given at birth is set right after; all of it was read by its type above.
    const row = attempt(() => kind.add(fresh as N));
    return table.update(row.id, fresh as Partial<Omit<T, "id">>);
  };
  return {
    name,
    all: () => table.all(),
    find: (id) => table.find(id),
    create,
    change: (id, params) => table.update(id, read(params) as Partial<Omit<T, "id">>),
    remove: (id) => table.remove(id),
  };
}

// An unknown id in what was sent is the sender's mistake.
function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw badParameters([error instanceof Error ? error.message : String(error)]);
  }
}
