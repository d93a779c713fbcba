// @ts-check
import { SetUpFailure } from "../setup/failure.mjs";
import { runTool } from "../setup/tool.mjs";

/**
 * rsync, by which `gitlab-ci-local` copies a repository for its jobs.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} its name
 */
export async function findRsync(env) {
  const { output } = await runTool("rsync", ["--version"], { env });
  if (/rsync\s+version/.test(output)) return "rsync";
  throw new SetUpFailure(`rsync is missing. Install it, and run this again:
  - Debian and Ubuntu: apt-get install rsync
  - elsewhere: https://rsync.samba.org/`);
}
