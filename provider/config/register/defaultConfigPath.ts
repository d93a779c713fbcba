import { posix, win32 } from "node:path";

/** Who runs `gitlab-runner`, as far as the place of its file depends on it. */
export interface RunnerUser {
  isRoot: boolean;
  home?: string;
  /** The working folder. */
  folder: string;
}

/**
 * Where `gitlab-runner` keeps its config.toml unless it is told otherwise.
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
 */
export function defaultConfigPath(platform: NodeJS.Platform, { isRoot, home, folder }: RunnerUser): string {
  if (platform === "win32") return win32.join(folder, "config.toml");
  if (isRoot) return "/etc/gitlab-runner/config.toml";
  return home ? posix.join(home, ".gitlab-runner/config.toml") : posix.join(folder, "config.toml");
}
