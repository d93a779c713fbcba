// @ts-check
import { isLive, paint } from "./colour.mjs";
import { formatDuration, formatElapsed } from "./duration.mjs";
import { onEnd } from "./interrupt.mjs";

/** How often a long step says that it is still at work where no line can be redrawn. */
const reminderMs = 30_000;
const redrawMs = 100;
/** How long the latest words of a tool say what it is doing. */
const freshMs = 3_000;

// Set-up speaks on stderr only, because stdout belongs to the command behind it.
const stream = process.stderr;
let steps = 0;

/** @returns {number} how many steps were shown so far */
export function countSteps() {
  return steps;
}

/** @param {string} text */
export function say(text) {
  stream.write(`set-up: ${text}\n`);
}

/**
 * Shows a piece of work while it runs, and how long it took.
 *
 * @template T
 * @param {{ title: string, expect?: string }} what `expect` tells in advance what takes long: "about 3 minutes, once"
 * @param {(detail: (text: string) => void) => Promise<T>} work may tell more by calling `detail`
 * @returns {Promise<T>}
 */
export async function step({ title, expect }, work) {
  steps++;
  const started = performance.now();
  const show = isLive(stream) ? showLive : showPlain;
  const shown = show({ title, announcement: expect ? `${title}; ${expect}` : title, started });
  const forget = onEnd(() => shown.end("interrupted"));
  try {
    const result = await work(shown.detail);
    shown.end("done");
    return result;
  } catch (error) {
    shown.end("failed");
    throw error;
  } finally {
    forget();
  }
}

/**
 * @typedef {{ title: string, announcement: string, started: number }} Shown
 * @typedef {"done" | "failed" | "interrupted"} Outcome
 */

/** @param {Shown} shown */
function showPlain({ title, announcement, started }) {
  say(announcement);
  const timer = setInterval(() => {
    say(`still ${title} (${formatElapsed(performance.now() - started)})`);
  }, reminderMs);
  return {
    detail: () => {},
    end(/** @type {Outcome} */ outcome) {
      clearInterval(timer);
      say(`${outcome} ${title} (${formatDuration(performance.now() - started)})`);
    },
  };
}

/** @param {Shown} shown */
function showLive({ title, announcement, started }) {
  let more = "";
  let toldAt = 0;
  const draw = () => {
    if (performance.now() - toldAt > freshMs) more = "";
    const text = `  ${announcement} · ${formatElapsed(performance.now() - started)}${more && ` · ${more}`}`;
    stream.write(`\r\x1b[2K${paint("dim", text.slice(0, (stream.columns || 80) - 1), stream)}`);
  };
  const timer = setInterval(draw, redrawMs);
  draw();
  return {
    detail(/** @type {string} */ text) {
      more = text;
      toldAt = performance.now();
    },
    end(/** @type {Outcome} */ outcome) {
      clearInterval(timer);
      const mark = outcome === "done" ? paint("green", "✓", stream) : paint("red", "✗", stream);
      const took = paint("dim", `(${formatDuration(performance.now() - started)})`, stream);
      stream.write(`\r\x1b[2K${mark} ${title} ${took}${outcome === "done" ? "" : ` ${outcome}`}\n`);
    },
  };
}
