import assert from "node:assert/strict";

/** The error with which an act ends; that it goes well fails the test. */
export async function failureOf(act: Promise<unknown>): Promise<Error> {
  const error = await act.then(
    (result) => assert.fail(`it went well: ${JSON.stringify(result)}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error, String(error));
  return error;
}
