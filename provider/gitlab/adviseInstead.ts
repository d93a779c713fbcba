import { GitLabCallError } from "../errors.js";

/** The call, with a next step of its own for a refusal of which this endpoint tells more than its status. */
export async function advise<T>(call: Promise<T>, advice: Readonly<Record<number, string>>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof GitLabCallError) || error.call.isForeign) throw error;
    const better = advice[error.call.status ?? 0];
    const isOfScope = error.call.words.startsWith("insufficient_scope");
    throw better === undefined || isOfScope ? error : new GitLabCallError({ ...error.call, advice: better });
  }
}
