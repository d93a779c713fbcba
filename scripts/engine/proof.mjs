// @ts-check
import { SetUpFailure } from "../setup/failure.mjs";
import { runTool } from "../setup/tool.mjs";
import { parseVersion } from "./version.mjs";

const limitMs = 30_000;

/**
 * Proves that a Pulumi CLI works here by letting it say its version.
 *
 * @param {string} pulumi
 * @returns {Promise<{ version: string } | { problem: string }>}
 */
export async function proveThatItRuns(pulumi) {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { ok, output, problem } = await runTool(pulumi, ["version"], { env, limitMs });
  const words = output.split("\n")[0];
  if (!ok) return { problem: `does not run (${problem}${words && `: ${words}`})` };
  const version = parseVersion(output);
  return version ? { version } : { problem: `does not say its version${words && `, but "${words}"`}` };
}

/**
 * @param {string} pulumi
 * @param {string} what how the failure calls it
 */
export async function mustRunHere(pulumi, what) {
  const proof = await proveThatItRuns(pulumi);
  if ("problem" in proof) throw new SetUpFailure(`${what} ${proof.problem}; not using it`);
}
