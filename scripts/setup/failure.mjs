// @ts-check

/** Something the reader can act on: its message is shown as it is, without a stack. */
export class SetUpFailure extends Error {
  name = "SetUpFailure";
}

/**
 * @param {unknown} error
 * @returns {string | undefined} the code of a system error, such as ENOENT
 */
export function codeOf(error) {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
