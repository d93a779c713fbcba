// @ts-check

/** What we download or build. The Go module in cli/ names the same version. */
export const version = "3.225.0";

/** The oldest that we take from PATH: the oldest SDK that the package accepts. */
export const oldestVersion = "3.216.0";

/**
 * @param {string} text
 * @returns {string | undefined} `3.225.0` from `v3.225.0` or `v3.225.0-alpha.1`
 */
export function parseVersion(text) {
  return /^v?(\d+\.\d+\.\d+)/.exec(text.trim())?.[1];
}

/**
 * @param {string} found
 * @param {string} oldest
 */
export function isAtLeast(found, oldest) {
  const wanted = oldest.split(".").map(Number);
  const has = found.split(".").map(Number);
  const first = wanted.findIndex((number, place) => number !== has[place]);
  return first === -1 || Number(has[first]) > Number(wanted[first]);
}
