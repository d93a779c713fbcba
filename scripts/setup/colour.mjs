// @ts-check
import * as util from "node:util";

/** @typedef {"bold" | "dim" | "red" | "green" | "yellow"} Look */

/**
 * @param {{ isTTY?: boolean }} stream
 * @returns {boolean} whether `stream` is a terminal that redraws a line
 */
export function isLive(stream) {
  return stream.isTTY === true && process.env.TERM !== "dumb";
}

/**
 * @param {Look} look
 * @param {string} text
 * @param {{ isTTY?: boolean }} stream where the text goes
 */
export function paint(look, text, stream) {
  // Node 20.0 to 20.11 have no styleText, and the first ones that do ignore NO_COLOR.
  if (!isLive(stream) || process.env.NO_COLOR || typeof util.styleText !== "function") return text;
  return util.styleText(look, text);
}
