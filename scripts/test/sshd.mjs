// @ts-check
import path from "node:path";
import { SetUpFailure } from "../setup/failure.mjs";
import { runTool } from "../setup/tool.mjs";

/** Where systems put it; most users have not these folders on their PATH. */
const folders = ["/usr/sbin", "/usr/local/sbin", "/sbin", "/usr/lib/ssh"];

/**
 * OpenSSH's server: each host of the specs is a process of it. It starts by its full path only.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the path of its program
 */
export async function findSshd(env) {
  const onPath = (env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const folder of new Set([...folders, ...onPath])) {
    const program = path.join(folder, "sshd");
    // It knows no way to be asked for its version that ends well in every release; what it says names it.
    const { output } = await runTool(program, ["-V"], { env });
    if (/OpenSSH/.test(output)) return program;
  }
  throw new SetUpFailure(`OpenSSH's server (sshd) is missing. Install it, and run this again:
  - Debian and Ubuntu: apt-get install openssh-server
  - elsewhere: https://www.openssh.com/`);
}
