// @ts-check
import { existsSync } from "node:fs";
import path from "node:path";
import { SetUpFailure } from "../setup/failure.mjs";
import { runTool } from "../setup/tool.mjs";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * A Chromium for the specs of the HTML report.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the path of its program
 */
export async function findChromium(env) {
  const folders = (env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const program of programs.flatMap((name) => folders.map((folder) => path.join(folder, name)))) {
    if (!existsSync(program)) continue;
    const { ok, output } = await runTool(program, ["--version"], { env });
    if (ok && /Chrom(e|ium) \d+/.test(output)) return program;
  }
  throw new SetUpFailure(`Chromium is missing (none of ${programs.join(", ")} is on the PATH). Install it, and run this again:
  - Debian and Ubuntu: apt-get install chromium
  - elsewhere: https://www.chromium.org/getting-involved/download-chromium/`);
}
