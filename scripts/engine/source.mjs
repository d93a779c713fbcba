// @ts-check
import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { SetUpFailure } from "../setup/failure.mjs";
import { fingerprint } from "../setup/fingerprint.mjs";
import { inPartial, swapIn } from "../setup/partial.mjs";
import { step } from "../setup/progress.mjs";
import { projectAt, repository } from "../setup/project.mjs";
import { runTool } from "../setup/tool.mjs";
import { cliName, languageHostName, launcherName } from "./executable.mjs";
import { mustRunHere } from "./proof.mjs";
import { version } from "./version.mjs";

const modules = fileURLToPath(new URL(".", import.meta.url));
const pins = ["cli/go.mod", "cli/go.sum", "language-host/go.mod", "language-host/go.sum"];

/** @returns {string} changes with what would be built */
export function sourceFingerprint() {
  return fingerprint(modules, pins).slice(0, 12);
}

/**
 * Builds the Pulumi CLI and its language host for Node.js from their Go modules into `target`.
 *
 * @param {string} target
 * @param {string} go
 */
export function buildFromSource(target, go) {
  return inPartial(path.dirname(target), async (folder) => {
    const engine = path.join(folder, "built");
    await buildModule({
      go,
      title: "building Pulumi's language host for Node.js from source",
      expect: "about 1 minute, once",
      module: "language-host",
      output: path.join(engine, languageHostName),
      flags: "-s -w",
      main: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    });
    await buildModule({
      go,
      title: `building the Pulumi CLI ${version} from source`,
      expect: "about 3 minutes and 3 GB in Go's own caches, once",
      module: "cli",
      output: path.join(engine, cliName),
      // Without a version of its own, the CLI answers a blank one, and Pulumi's Automation API hangs.
      flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
      main: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    });
    await mustRunHere(path.join(engine, cliName), "The pulumi that was built from source");
    copyLauncher(engine);
    await swapIn(engine, target);
  });
}

/**
 * Beside the CLI, as in the official bundle, the launcher needs no place on PATH, and the CLI prints no warning.
 *
 * @param {string} engine
 */
function copyLauncher(engine) {
  const launcher = path.join(projectAt(repository).modules, "@pulumi", "pulumi", launcherName);
  if (existsSync(launcher)) cpSync(launcher, path.join(engine, launcherName));
}

/** @param {{ go: string, title: string, expect: string, module: string, output: string, flags: string, main: string }} what */
function buildModule({ go, title, expect, module, output, flags, main }) {
  const args = ["build", "-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags", flags, "-o", output, main];
  const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
  return step({ title, expect }, async (detail) => {
    const { ok, output, problem } = await runTool(go, args, { cwd: path.join(modules, module), env, onLine: detail });
    if (!ok) throw new SetUpFailure(describeFailure(problem, output));
  });
}

/**
 * @param {string} problem
 * @param {string} output
 */
function describeFailure(problem, output) {
  const words = output.split("\n").filter((line) => !line.startsWith("go: downloading "));
  return `go build failed (${problem}). Its words:

${words.join("\n")}

Instead of building it, you can install Pulumi: https://www.pulumi.com/docs/install/`;
}
