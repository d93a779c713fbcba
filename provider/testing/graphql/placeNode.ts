import { canReadGroup, canReadProject } from "../world/access.js";
import { fullPathOf } from "../world/places.js";
import type { GroupRecord, ProjectRecord } from "../world/records.js";
import { canListGroupRunners, canListProjectRunners } from "../world/runnerAccess.js";
import { belowGroup, type RunnerTest, usableInGroup, usableInProject } from "../world/runnerLists.js";
import { notAvailable } from "./errors.js";
import { type RunnerArguments, showRunners } from "./runnerList.js";
import type { Node, Scope } from "./scope.js";

type Membership = "DIRECT" | "DESCENDANTS" | "ALL_AVAILABLE";

/** A group; null for who may not see it. */
export function showGroup(scope: Scope, group: GroupRecord): Node | null {
  const { world, caller } = scope;
  if (!isVisible(scope, group)) return null;
  const runners = (args: RunnerArguments & { membership?: Membership | null }) => {
    if (caller === null || !canListGroupRunners(world, caller, group)) throw notAvailable();
    return showRunners(scope, args, testFor(scope, group, args.membership ?? "DESCENDANTS"));
  };
  return {
    id: group.id,
    name: group.name,
    path: group.path,
    fullPath: fullPathOf(world, group),
    visibility: group.visibility,
    webUrl: `${world.externalUrl}/groups/${fullPathOf(world, group)}`,
    runners,
  };
}

/** A project; null for who may not see it. */
export function showProject(scope: Scope, project: ProjectRecord): Node | null {
  const { world, caller } = scope;
  if (!isVisible(scope, project)) return null;
  const group = world.groups.find(project.groupId ?? 0);
  const runners = (args: RunnerArguments) => {
    if (caller === null || !canListProjectRunners(world, caller, project)) throw notAvailable();
    return showRunners(scope, args, usableInProject(world, project));
  };
  return {
    id: project.id,
    name: project.name,
    path: project.path,
    fullPath: fullPathOf(world, project),
    nameWithNamespace: group ? `${group.name} / ${project.name}` : project.name,
    description: project.description,
    visibility: project.visibility,
    webUrl: `${world.externalUrl}/${fullPathOf(world, project)}`,
    runners,
  };
}

/** A test for the group or project at an address. */
export function isAt(scope: Scope, fullPath: string): (place: GroupRecord | ProjectRecord) => boolean {
  return (place) => fullPathOf(scope.world, place).toLowerCase() === fullPath.toLowerCase();
}

function testFor({ world }: Scope, group: GroupRecord, membership: Membership): RunnerTest {
  if (membership === "DIRECT") return (runner) => runner.groupId === group.id;
  return membership === "DESCENDANTS" ? belowGroup(world, group) : usableInGroup(world, group);
}

function isVisible({ world, caller }: Scope, place: GroupRecord | ProjectRecord): boolean {
  if (caller === null) return place.visibility === "public";
  return "parentId" in place ? canReadGroup(world, caller, place) : canReadProject(world, caller, place);
}
