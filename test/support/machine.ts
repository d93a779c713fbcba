import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfigFile } from "../../provider/config/file.js";
import { moveClock } from "../../provider/lifecycle/clock.js";

/** A machine on which GitLab Runner reads the config.toml of a folder, as far as GitLab sees of it. */
export class Machine {
  constructor(
    readonly folder: string,
    readonly systemId: string,
  ) {
    writeFileSync(join(folder, ".runner_system_id"), systemId, { mode: 0o600 });
  }

  get file(): string {
    return join(this.folder, "config.toml");
  }

  /** Contacts GitLab with the token of each entry, as a running GitLab Runner does. */
  async contact(): Promise<void> {
    for (const { url, token } of readConfigFile(readFileSync(this.file, "utf8")).entries) {
      const reply = await fetch(`${url}/api/v4/runners/verify`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ token, system_id: this.systemId }),
      });
      if (reply.status !== 200) throw new Error(`${this.systemId}: verify answered ${reply.status}`);
    }
  }
}

/** A system id for the n-th machine. */
export function systemIdOf(place: number): string {
  return `s_${String(place).padStart(12, "0")}`;
}

/** Lets the provider's clock run, a second for each moment, until the work is done. */
export async function runClock<T>(work: Promise<T>): Promise<T> {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    moveClock(seconds * 1_000);
  }, 5);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    moveClock(0);
  }
}

/** Waits until something holds that no event tells. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
