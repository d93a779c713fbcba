import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./folder.js";

/** What Pulumi puts in place of a secret, when a state is exported. */
export const ENCRYPTED = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:AAAA",
};

/** A resource as states have it. */
export interface Stored {
  type: string;
  name: string;
  id: string;
  outputs?: Record<string, unknown>;
}

/** A file with a state as `pulumi stack export` prints it; gives its path. */
export function writeState(resources: readonly Stored[], project = "test"): string {
  const file = join(makeFolder(), "state.json");
  const stored = resources.map(({ type, name, ...rest }) => {
    const full = `pulumi-nodejs:dynamic/gitlab-runner:${type}`;
    return { urn: `urn:pulumi:dev::${project}::${full}::${name}`, custom: true, type: full, ...rest };
  });
  const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.225.0" };
  writeFileSync(file, JSON.stringify({ version: 3, deployment: { manifest, resources: stored } }));
  return file;
}
