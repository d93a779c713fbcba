// @ts-check
import path from "node:path";
import { fileURLToPath } from "node:url";

export const packageName = "pulumi-gitlab-runner";

/** The checkout that these scripts belong to. */
export const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * Where things lie in a checkout.
 *
 * @typedef {ReturnType<typeof projectAt>} Project
 * @param {string} root
 */
export function projectAt(root) {
  return {
    root,
    modules: path.join(root, "node_modules"),
    dist: path.join(root, "dist"),
    tarball: path.join(root, "build", "package", `${packageName}.tgz`),
    /**
     * Where our package is installed: programs in examples/ and build/ find it there, and so does Pulumi's SDK, which
     * must, to name the provider's modules by the package's exports.
     */
    installed: path.join(root, "node_modules", packageName),
    /** What set-up itself remembers between runs. */
    state: path.join(root, "build", "setup"),
    lock: path.join(root, "build", "setup", "lock"),
  };
}
