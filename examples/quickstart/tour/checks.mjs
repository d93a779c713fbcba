// What was asked of GitLab and the disk, and whether it was so.
import assert from "node:assert/strict";
import { say } from "./screen.mjs";

export class Checks {
  held = 0;
  failed = 0;

  /** Runs a check; a failed one is shown, and the tour goes on to show the rest. */
  async expect(text, check) {
    try {
      await check();
      this.held += 1;
      say.held(text);
    } catch (error) {
      this.failed += 1;
      say.failed(text, error instanceof assert.AssertionError ? firstLines(error.message) : error.message);
    }
  }
}

const firstLines = (message) => message.split("\n").slice(0, 6).join("\n     ");

/** The last line of the tour, and its exit code. */
export function checkAll({ held, failed }, started) {
  const seconds = Math.round((Date.now() - started) / 1000);
  if (failed > 0) {
    say.title(`${failed} of ${held + failed} checks failed (${seconds} s).`);
    return 1;
  }
  say.title(`All ${held} checks held (${seconds} s). Next: the README, and your own program.`);
  return 0;
}
