/** Who runs on a machine, as far as the place of GitLab Runner's file depends on it. */
export interface Place {
  /** As `uname -s` says it, or `Windows`. */
  system: string;
  isRoot: boolean;
  home?: string;
  /** The working folder. */
  folder: string;
}

/**
 * Where GitLab Runner has its config.toml unless it is told otherwise, on each system as GitLab's docs install it.
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
 */
export function defaultPath({ system, isRoot, home, folder }: Place): string {
  if (system === "Windows") return "C:\\GitLab-Runner\\config.toml";
  // Its service runs as that user; root only installs it.
  if (isRoot && system === "FreeBSD") return "/home/gitlab-runner/.gitlab-runner/config.toml";
  if (isRoot) return "/etc/gitlab-runner/config.toml";
  return home ? `${withoutEnd(home)}/.gitlab-runner/config.toml` : `${withoutEnd(folder)}/config.toml`;
}

function withoutEnd(folder: string): string {
  return folder.replace(/\/+$/, "");
}
