import type { Path } from "../../../path.js";
import type { Table } from "../../value.js";
import { type Flaw, forEachEntry, listAt, type Rule, tableAt, textAt } from "../rule.js";

/** Where containers run: images, their rights, the cache. */
export const CONTAINER_RULES: readonly Rule[] = [
  forEachEntry("privileged-docker-socket", "harmful", findSocket),
  forEachEntry("pull-policy-not-allowed", "error", findForbiddenPolicy),
  forEachEntry("slot-template", "warning", findSlotTemplates),
  forEachEntry("missing-cache-section", "harmful", (entry, path) => {
    const cache = tableAt(entry, "cache");
    const backend = cache ? BACKENDS[textAt(cache, "Type")] : undefined;
    if (!cache || !backend || tableAt(cache, backend.table)) return [];
    const message = `is missing: the cache of type ${JSON.stringify(cache.Type)} does not work without it`;
    return [{ path: [...path, "cache", backend.table], message }];
  }),
  forEachEntry("missing-cache-bucket", "harmful", (entry, path) => {
    const cache = tableAt(entry, "cache");
    const backend = cache ? BACKENDS[textAt(cache, "Type")] : undefined;
    const table = cache && backend && tableAt(cache, backend.table);
    if (!backend || !table || textAt(table, backend.bucket) !== "") return [];
    return [
      { path: [...path, "cache", backend.table, backend.bucket], message: "is missing: name the place of the cache" },
    ];
  }),
  forEachEntry("missing-cache-type", "warning", (entry, path) => {
    const cache = tableAt(entry, "cache");
    if (!cache || textAt(cache, "Type") !== "") return [];
    const filled = Object.values(BACKENDS).find(
      ({ table, bucket }) => textAt(tableAt(cache, table) ?? {}, bucket) !== "",
    );
    if (!filled) return [];
    const message = `is missing, so [runners.cache.${filled.table}] is not used: write "${filled.table}"`;
    return [{ path: [...path, "cache", "Type"], message }];
  }),
];

const BACKENDS: Readonly<Record<string, { table: string; bucket: string }>> = {
  s3: { table: "s3", bucket: "BucketName" },
  gcs: { table: "gcs", bucket: "BucketName" },
  azure: { table: "azure", bucket: "ContainerName" },
};

const SOCKET = /(^|[\\/])(docker\.sock|docker_engine)(:|$)/;

/** A job with both is root on the host. */
function findSocket(entry: Table, path: Path): Flaw[] {
  const docker = tableAt(entry, "docker");
  const kubernetes = tableAt(entry, "kubernetes");
  const isPrivileged = (table: Table | undefined) => table?.privileged === true || table?.services_privileged === true;
  const volumes = listAt(docker, "volumes").map((volume) => SOCKET.test(String(volume)));
  const hostPaths = listAt(kubernetes && tableAt(kubernetes, "volumes"), "host_path") as Table[];
  const mounts = hostPaths.map((mount) => SOCKET.test(textAt(mount, "host_path") || textAt(mount, "mount_path")));
  const message =
    "mounts Docker's socket into privileged containers, so that every job is root on this host: drop the socket (docker:dind needs none), or privileged";
  return [
    ...(isPrivileged(docker) ? placesOf(volumes, [...path, "docker", "volumes"]) : []),
    ...(isPrivileged(kubernetes) ? placesOf(mounts, [...path, "kubernetes", "volumes", "host_path"]) : []),
  ].map((place) => ({ path: place, message }));
}

function placesOf(hits: readonly boolean[], path: Path): Path[] {
  return hits.flatMap((isHit, index) => (isHit ? [[...path, index]] : []));
}

/** Only the first of the entry's own policies that is allowed counts; with none of them, no job starts. */
function findForbiddenPolicy(entry: Table, path: Path): Flaw[] {
  return ["docker", "kubernetes"].flatMap((section) => {
    const table = tableAt(entry, section);
    const allowed = listAt(table, "allowed_pull_policies");
    const own = listAt(table, "pull_policy");
    const policies = own.length === 0 && section === "docker" ? ["always"] : own;
    if (allowed.length === 0 || policies.length === 0 || policies.some((policy) => allowed.includes(policy))) return [];
    const message = "is none of allowed_pull_policies, so no job starts: name one that is allowed";
    return [{ path: [...path, section, "pull_policy"], message }];
  });
}

function findSlotTemplates(entry: Table, path: Path): Flaw[] {
  if (entry.use_slot_cgroups !== true) return [];
  const docker = tableAt(entry, "docker") ?? {};
  const templates = [
    { at: [...path, "slot_cgroup_template"], text: textAt(entry, "slot_cgroup_template") },
    { at: [...path, "docker", "service_slot_cgroup_template"], text: textAt(docker, "service_slot_cgroup_template") },
  ];
  return templates
    .filter(({ text }) => text !== "" && !/\$\{?slot\b/.test(text))
    .map(({ at }) => ({
      path: at,
      message: "has no slot placeholder, so all jobs share one cgroup: put $slot where its number goes",
    }));
}
