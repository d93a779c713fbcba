import { type GitLabOptions, type StandInGitLab, startGitLab } from "../../provider/testing/index.js";

const running: StandInGitLab[] = [];

/** Of all GitLabs that this process has had. */
const addresses = new Set<string>();

/**
 * A stand-in GitLab for one test; it ends with the test. None has the address of an earlier one, as the system may give it a
 * port anew: the provider functions of this process would take its runners for those that they know.
 */
export async function makeGitLab(options?: GitLabOptions): Promise<StandInGitLab> {
  const gitlab = await startGitLab(options);
  running.push(gitlab);
  if (options?.port === undefined && addresses.has(gitlab.url)) return makeGitLab(options);
  addresses.add(gitlab.url);
  return gitlab;
}

/** Lets the provider functions of this process use that GitLab, until the test ends. */
export function useGitLab({ url, token }: { url: string; token: string }): void {
  process.env.GITLAB_BASE_URL = url;
  process.env.GITLAB_TOKEN = token;
}

afterEach(async () => {
  delete process.env.GITLAB_BASE_URL;
  delete process.env.GITLAB_TOKEN;
  await Promise.all(running.splice(0).map((gitlab) => gitlab.close()));
});
