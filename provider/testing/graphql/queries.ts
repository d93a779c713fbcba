import { canReadAll } from "../world/access.js";
import type { PageArguments } from "./connection.js";
import { notAvailable } from "./errors.js";
import { showAllJobs } from "./jobNode.js";
import { isAt, showGroup, showProject } from "./placeNode.js";
import { type RunnerArguments, showRunners } from "./runnerList.js";
import { showRunner } from "./runnerNode.js";
import type { Node, Scope } from "./scope.js";
import { showUser } from "./userNode.js";

/** Everything that can be read. What the caller may not see reads as null, but a list of runners as an error. */
export function showQueries(scope: Scope): Node {
  const { world, caller } = scope;
  const { version, revision, enterprise } = world.settings;
  return {
    currentUser: caller ? showUser(world, caller.user) : null,
    echo: ({ text }: { text: string }) => `${JSON.stringify(caller?.user.username ?? null)} says: ${text}`,
    group: ({ fullPath }: { fullPath: string }) => {
      const group = world.groups.first(isAt(scope, fullPath));
      return group ? showGroup(scope, group) : null;
    },
    jobs: (args: PageArguments & { statuses?: string[] | null }) => showAllJobs(scope, args),
    metadata: caller ? { version, revision, enterprise } : null,
    project: ({ fullPath }: { fullPath: string }) => {
      const project = world.projects.first(isAt(scope, fullPath));
      return project ? showProject(scope, project) : null;
    },
    queryComplexity: scope.complexity,
    runner: ({ id }: { id: number }) => {
      const runner = world.runners.find(id);
      return runner ? showRunner(scope, runner) : null;
    },
    runners: (args: RunnerArguments) => {
      if (caller === null || !canReadAll(caller)) throw notAvailable();
      return showRunners(scope, args, () => true);
    },
  };
}
