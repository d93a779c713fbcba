import type { Host } from "../../delivery/host.js";
import { GitLabRunnerError } from "../../errors.js";

/** A file as it is found: its own path, where the given one is a link, and its text. */
export interface FoundFile {
  file: string;
  present: string | undefined;
}

const TRIES = 5;

/**
 * Changes a file on the ground of what is in it. Our own processes wait for one another; GitLab Runner does not, so `act`
 * answers whether the file was still as it was read, and else begins anew.
 */
export async function changeFile(host: Host, path: string, act: (found: FoundFile) => Promise<boolean>): Promise<void> {
  await host.exclusively(path, async (file) => {
    for (let tries = 0; tries < TRIES; tries++) {
      if (await act({ file, present: await host.read(path) })) return;
    }
    throw new GitLabRunnerError(
      `path: ${path}${host.where} is changed by somebody else all the time, so nothing was written: run again`,
    );
  });
}
