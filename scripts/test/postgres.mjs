// @ts-check
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { SetUpFailure } from "../setup/failure.mjs";
import { runTool } from "../setup/tool.mjs";

/** Debian has a folder for each version there; none of them is on the PATH. */
const versions = "/usr/lib/postgresql";
const others = ["/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin"];

/**
 * PostgreSQL's server, which the specs start on a cluster of their own.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the folder of its programs
 */
export async function findPostgres(env) {
  const onPath = (env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const folder of new Set([...onPath, ...debianFolders(), ...others])) {
    // What some systems put on the PATH is the server alone.
    if (!existsSync(path.join(folder, "initdb"))) continue;
    const { ok, output } = await runTool(path.join(folder, "postgres"), ["--version"], { env });
    if (ok && /PostgreSQL/.test(output)) return folder;
  }
  throw new SetUpFailure(`PostgreSQL's server (postgres, initdb) is missing. Install it, and run this again:
  - Debian and Ubuntu: apt-get install postgresql
  - elsewhere: https://www.postgresql.org/download/`);
}

/** The newest first. */
function debianFolders() {
  if (!existsSync(versions)) return [];
  const names = readdirSync(versions).sort((one, other) => Number(other) - Number(one));
  return names.map((name) => path.join(versions, name, "bin"));
}
