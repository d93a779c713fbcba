import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import type { Outcome } from "./runAll";
import type { Site } from "./stacks";

/** The command `pulumi-gitlab-runner drift`; it takes no lock and changes nothing. */
export async function findDrift({ folder, site, signal }: Site): Promise<Outcome> {
  const { code, output } = await runCommand(["drift", "--stack", site, "--cwd", folder], signal);
  if (code === 0) return { kind: "good", words: "clean" };
  if (signal.aborted) return { kind: "bad", words: "stopped" };
  if (code === 2) return { kind: "drifted", words: "drifted", details: output };
  return { kind: "bad", words: "could not tell", details: output };
}

function runCommand(words: string[], signal: AbortSignal): Promise<{ code: number | null; output: string }> {
  const installed = dirname(require.resolve("pulumi-gitlab-runner/package.json"));
  const program = join(installed, "dist/cli/main.js");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    // The command hands it on to the Pulumi CLI, and waits for its end.
    const stop = () => child.kill("SIGINT");
    signal.addEventListener("abort", stop);
    child.on("error", reject);
    child.on("close", (code) => {
      signal.removeEventListener("abort", stop);
      resolve({ code, output: output.trim() });
    });
  });
}
