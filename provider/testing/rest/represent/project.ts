import { fullPathOf } from "../../world/places.js";
import type { GroupRecord, ProjectRecord } from "../../world/records.js";
import type { World } from "../../world/world.js";

/** A project in brief, as jobs name it. */
export function showProjectIdentity(world: World, project: ProjectRecord): Record<string, unknown> {
  const group = world.groups.find(project.groupId ?? 0);
  return {
    id: project.id,
    description: project.description,
    name: project.name,
    name_with_namespace: group ? `${group.name} / ${project.name}` : project.name,
    path: project.path,
    path_with_namespace: fullPathOf(world, project),
    created_at: project.createdAt,
  };
}

/** A project, as a runner's details list it. */
export function showProject(world: World, project: ProjectRecord): Record<string, unknown> {
  const webUrl = `${world.externalUrl}/${fullPathOf(world, project)}`;
  return {
    ...showProjectIdentity(world, project),
    default_branch: "main",
    tag_list: [],
    topics: [],
    ssh_url_to_repo: `git@${new URL(world.externalUrl).hostname}:${fullPathOf(world, project)}.git`,
    http_url_to_repo: `${webUrl}.git`,
    web_url: webUrl,
    readme_url: null,
    forks_count: 0,
    avatar_url: null,
    star_count: 0,
    last_activity_at: project.createdAt,
    visibility: project.visibility,
    namespace: showNamespace(world, project),
  };
}

/** A group, as a runner's details list it. */
export function showGroup(world: World, group: GroupRecord): Record<string, unknown> {
  return { id: group.id, web_url: groupUrl(world, group), name: group.name };
}

function showNamespace(world: World, project: ProjectRecord): Record<string, unknown> | null {
  const group = world.groups.find(project.groupId ?? 0);
  if (group === undefined) return null;
  return {
    id: group.id,
    name: group.name,
    path: group.path,
    kind: "group",
    full_path: fullPathOf(world, group),
    parent_id: group.parentId,
    avatar_url: null,
    web_url: groupUrl(world, group),
  };
}

function groupUrl(world: World, group: GroupRecord): string {
  return `${world.externalUrl}/groups/${fullPathOf(world, group)}`;
}
