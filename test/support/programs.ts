import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { makeFolder } from "./folder.js";

/** A folder of programs that are not ours: each a shell script's body, by its name. */
export function makePrograms(programs: Record<string, string>): string {
  const folder = makeFolder();
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** What GitLab Runner 19.4 does: it refuses what is no TOML, with the line; prints no token unless the text is wrong. */
export const GITLAB_RUNNER = `[ "$1 $2" = "lint --config" ] || { echo "Command $1 not found." >&2; exit 1; }
[ -f "$3" ] || exit 1
if grep -q refused "$3"; then echo "FATAL: decoding config: $(grep token "$3")" >&2; exit 1; fi
echo "Configuration file is valid." >&2`;

/** `docker volume inspect` for one volume. */
export function makeDocker(volume: string, folder: string): string {
  return `[ "$1 $2 $3 $4" = "volume inspect --format {{.Mountpoint}}" ] || { echo "unknown: $*" >&2; exit 64; }
if [ "$5" = "${volume}" ]; then echo "${folder}"; else echo "Error response from daemon: get $5: no such volume" >&2; exit 1; fi`;
}

const paths: (string | undefined)[] = [];

/** Puts programs on this process's PATH, before all others, until the test ends. */
export function putOnPath(folder: string): void {
  paths.push(process.env.PATH);
  process.env.PATH = `${folder}${delimiter}${process.env.PATH ?? ""}`;
}

afterEach(() => {
  for (const path of paths.splice(0).reverse()) process.env.PATH = path;
});
