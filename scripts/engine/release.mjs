// @ts-check
import { existsSync, renameSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { SetUpFailure } from "../setup/failure.mjs";
import { inPartial, swapIn } from "../setup/partial.mjs";
import { say, step } from "../setup/progress.mjs";
import { mustRun } from "../setup/tool.mjs";
import { download, fetchText, Unreachable } from "./download.mjs";
import { cliName, languageHostName } from "./executable.mjs";
import { mustRunHere } from "./proof.mjs";
import { version } from "./version.mjs";

const systems = /** @type {Record<string, string>} */ ({ linux: "linux", darwin: "darwin", win32: "windows" });
const machines = ["x64", "arm64"];

/** @param {NodeJS.ProcessEnv} env */
function releasesOf(env) {
  return (env.PULUMI_GITLAB_RUNNER_RELEASES || "https://get.pulumi.com/releases/sdk").replace(/\/+$/, "");
}

/**
 * Gets the official release into `target`, if it can be reached and is what its checksum says.
 *
 * @param {string} target
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} why not
 */
export async function downloadRelease(target, env) {
  const system = systems[process.platform];
  if (!system || !machines.includes(process.arch)) return `no release for ${process.platform}-${process.arch}`;
  const archive = `pulumi-v${version}-${system}-${process.arch}.${system === "windows" ? "zip" : "tar.gz"}`;
  try {
    await getRelease(target, releasesOf(env), archive);
    return undefined;
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof SetUpFailure)) throw error;
    say(error.message);
    return error.message;
  }
}

/**
 * @param {string} target
 * @param {string} releases
 * @param {string} archive
 */
async function getRelease(target, releases, archive) {
  const checksums = await fetchText(`${releases}/pulumi-${version}-checksums.txt`);
  const line = checksums.split("\n").find((entry) => entry.trim().endsWith(` ${archive}`));
  if (!line) throw new SetUpFailure(`${releases} has no checksum for ${archive}`);
  const what = { title: `downloading Pulumi ${version} from ${releases}`, expect: "about 100 MB, once" };
  await step(what, (detail) =>
    inPartial(path.dirname(target), async (folder) => {
      const sha256 = await download(`${releases}/${archive}`, path.join(folder, archive), detail);
      if (sha256 !== line.trim().split(/\s+/)[0]) {
        throw new SetUpFailure(`${releases}/${archive} is not what its checksum says; not using it`);
      }
      await mustRun("tar", ["-xf", archive], { name: "tar", cwd: folder });
      const picked = await pickEngine(folder);
      await mustRunHere(path.join(picked, cliName), "The downloaded pulumi");
      await swapIn(picked, target);
    }),
  );
}

/**
 * Keeps the two programs that we use of the bundle, which is several hundred megabytes.
 *
 * @param {string} folder
 */
async function pickEngine(folder) {
  const picked = path.join(folder, "picked");
  await mkdir(picked);
  const bundle = ["pulumi/bin", "pulumi"]
    .map((name) => path.join(folder, name))
    .find((candidate) => existsSync(path.join(candidate, cliName)) && statSync(candidate).isDirectory());
  if (!bundle) throw new SetUpFailure("The downloaded release holds no pulumi");
  for (const name of [cliName, languageHostName]) renameSync(path.join(bundle, name), path.join(picked, name));
  return picked;
}
