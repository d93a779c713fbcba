/**
 * What a name ends with when its value is a credential, as `DOCKER_AUTH_CONFIG` and `SECRET_KEY_BASE` do, too; `…_file`,
 * `…_path` and `…_id` only lead to one.
 */
const TELLING =
  /(pass|passwd|password|passphrase|secret|token|credentials?|dsn|auth[_-]?config|secret[_-]?key[_-]?base|(private|secret|access|api|account|auth|ssh|deploy|master|signing|encryption|license)[_-]?key)$/i;

/** Whether a setting of this name holds a secret. */
export function isTellingName(name: string): boolean {
  return TELLING.test(name);
}

/** Whether an item `NAME=value` or `--option=value` holds a secret. */
export function isTellingItem(item: unknown): boolean {
  const name = typeof item === "string" ? /^([\w.-]+)=./.exec(item)?.[1] : undefined;
  return name !== undefined && isTellingName(name);
}

/** Whether any key of a TOML text, or the name of an item in one of its lists, tells of a secret. */
export function isTellingText(text: unknown): boolean {
  if (typeof text !== "string") return false;
  const keys = text.matchAll(/(?:^|[\s{,."'])([\w-]+)["']?\s*=\s*[^\s=]/gm);
  return [...keys].some(([, name]) => name !== undefined && isTellingName(name));
}
