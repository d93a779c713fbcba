import type { Table } from "./value.js";

/** The sections that belong to an executor; registering keeps those of its own executor only. */
const SECTIONS: Record<string, readonly string[]> = {
  shell: [],
  custom: ["custom"],
  instance: [],
  docker: ["docker"],
  "docker-windows": ["docker"],
  "docker-autoscaler": ["docker"],
  "docker+machine": ["docker", "machine"],
  kubernetes: ["kubernetes"],
  ssh: ["ssh"],
  parallels: ["ssh", "parallels"],
  virtualbox: ["ssh", "virtualbox"],
};

const ALL_SECTIONS = new Set(Object.values(SECTIONS).flat());

/** The executors that GitLab Runner has. */
export const EXECUTORS: readonly string[] = Object.keys(SECTIONS);

/** Whether registering for the executor leaves this key of an entry out: another executor's section, or `referees`. */
export function isDropped(key: string, executor: string): boolean {
  return key === "referees" || (ALL_SECTIONS.has(key) && !SECTIONS[executor]?.includes(key));
}

/** An entry, or a template's, without what registering for the executor leaves out. */
export function dropSections(entry: Table, executor: string): Table {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !isDropped(key, executor)));
}

/** The docker volumes after registering: with the cache volume, unless there is one or the cache is off. */
export function addCacheVolume(executor: string, docker: Table): string[] | undefined {
  const volumes = (docker.volumes ?? []) as string[];
  if (executor === "docker-windows") return withVolume(volumes, "c:\\cache", (volume) => volume.includes("c:\\cache"));
  if (docker.disable_cache === true) return docker.volumes as string[] | undefined;
  return withVolume(volumes, "/cache", (volume) => volume.split(":").at(-1) === "/cache");
}

function withVolume(volumes: string[], cache: string, isCache: (volume: string) => boolean): string[] {
  return volumes.some(isCache) ? volumes : [...volumes, cache];
}

/** Whether entries of the executor have a docker section. */
export function usesDocker(executor: string): boolean {
  return SECTIONS[executor]?.includes("docker") ?? false;
}

/** The shell that registering sets where none is set. */
export function defaultShell(executor: string, platform: NodeJS.Platform): string | undefined {
  if (executor === "docker-windows") return "pwsh";
  return executor === "shell" && platform === "win32" ? "pwsh" : undefined;
}
