import type { Reply } from "../../http/reply.js";
import { canReadProject } from "../../world/access.js";
import { groupsAbove } from "../../world/places.js";
import type { ProjectRecord } from "../../world/records.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { optional, readParams } from "../declare.js";
import { general } from "../gates.js";
import { lookUpGroup } from "../lookups.js";
import { paginate, pagination } from "../paginate.js";
import { flag } from "../paramTypes.js";
import { showProject } from "../represent/project.js";

const declaration = {
  include_subgroups: optional(flag),
  simple: optional(flag),
  archived: optional(flag),
  ...pagination,
};

/** The projects of a group. Nothing is archived or shared here. */
export const listProjectsRoutes: Route[] = [
  userRoute("GET", "/groups/:id/projects", { gate: general("read_project"), answer: listGroupProjects }),
];

// The latest come first.
function listGroupProjects(call: UserCall): Reply {
  const group = lookUpGroup(call);
  const declared = readParams(declaration, call.params);
  const lies = (project: ProjectRecord) =>
    declared.include_subgroups
      ? groupsAbove(call.world, project).some(({ id }) => id === group.id)
      : project.groupId === group.id;
  const sees = (project: ProjectRecord) => canReadProject(call.world, call.caller, project);
  const rows = declared.archived ? [] : call.world.projects.where((row) => lies(row) && sees(row)).reverse();
  const show = (project: ProjectRecord) => ({
    ...showProject(call.world, project),
    ...(declared.simple ? {} : { archived: false, builds_access_level: project.buildsAccessLevel }),
  });
  return paginate(call, rows, { declared, show });
}
