// @ts-check
import { isAtLeast } from "../engine/version.mjs";
import { SetUpFailure } from "../setup/failure.mjs";
import { runTool } from "../setup/tool.mjs";

// What scripts/fields/go.mod asks for.
const oldest = "1.22.0";

/**
 * Makes sure that there is Go.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} its version
 */
export async function findGo(env) {
  const { ok, output, problem } = await runTool("go", ["env", "GOVERSION"], { env });
  const [, minor, patch = "0"] = /^go(\d+\.\d+)(?:\.(\d+))?/.exec(output) ?? [];
  const version = minor && `${minor}.${patch}`;
  if (ok && version && isAtLeast(version, oldest)) return version;
  const found = ok ? `this is ${output}` : `go: ${problem}`;
  throw new SetUpFailure(`Go ${oldest.replace(/\.0$/, "")} or later is missing (${found}). Install it, and run this again:
  - Debian and Ubuntu: apt-get install golang-go
  - elsewhere: https://go.dev/dl/`);
}
