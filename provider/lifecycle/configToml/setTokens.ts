import { isUnknown, UNKNOWN } from "../check.js";
import { PartialFailure, type Properties } from "../method.js";

// A secret takes four times its length in state, and Pulumi encrypts, hands on and writes each of them at each of its steps.
// So of the items of sets that a file has, all tokens are one secret: `setTokens`, by the keys of their entries. It is there
// between the engine and `lifecycle/configToml` only: everywhere else each entry has its token, wherever its runner is from.

/** `schemaVersion` of a file's state with `setTokens`. */
export const SCHEMA = 2;

/** As `EntryInputs["runner"]`, and as little known of it as of all that comes from the engine. */
interface EntryRunner extends Properties {
  id?: unknown;
  token?: unknown;
  item?: unknown;
}

/** Arguments or state of a ConfigToml with each token in its entry. Those of 0.4.0 and before are so already. */
export function spreadTokens(properties: Properties): Properties {
  const { setTokens, ...rest } = properties;
  if (setTokens === undefined) return properties;
  const find = (key: string): EntryRunner => {
    // What a preview does not know, or hides, it has no part of.
    if (typeof setTokens === "string") return { id: setTokens, token: setTokens };
    // The program tells the number along with the token, since it knows them together; in state it is in the entry.
    const { id, ...token } = (setTokens as Record<string, EntryRunner>)[key] ?? {};
    return id === undefined ? { token } : { id, token };
  };
  const spread = mapItems(rest, (runner, key) => ({ ...find(key), ...runner }));
  return { ...spread, ...("schemaVersion" in rest && { schemaVersion: 1 }) };
}

/** The reverse. What a refresh saw in the place of a token is no secret, and stays there. */
export function gatherTokens(properties: Properties): Properties {
  const tokens: Properties = {};
  const gathered = mapItems(properties, ({ token, ...runner }, key) => {
    if (typeof token === "string" && !isUnknown(token)) return { ...runner, token };
    tokens[key] = token;
    return runner;
  });
  const all = Object.values(tokens);
  if (all.length === 0) return properties;
  const setTokens = all.some(isUnknown) ? UNKNOWN : tokens;
  return { ...gathered, setTokens, ...("schemaVersion" in properties && { schemaVersion: SCHEMA }) };
}

/** The properties with another runner in each entry that has one of a set. */
function mapItems(properties: Properties, convert: (runner: EntryRunner, key: string) => EntryRunner): Properties {
  const { runners } = properties;
  if (typeof runners !== "object" || runners === null) return properties;
  const entries = Object.entries(runners as Record<string, { runner?: EntryRunner } | undefined>).map(
    ([key, entry]) => {
      const runner = entry?.runner;
      return [key, runner?.item === undefined ? entry : { ...entry, runner: convert(runner, key) }];
    },
  );
  return { ...properties, runners: Object.fromEntries(entries) };
}

/** What a method hands to the engine, in the form of the engine. */
export function gatherInResult<Result>(result: Result): Result {
  if (typeof result !== "object" || result === null) return result;
  const parts = ["inputs", "outs", "props"].filter((part) => part in result);
  const gathered = parts.map((part) => [part, gatherTokens(result[part as keyof Result] as Properties)]);
  return { ...result, ...Object.fromEntries(gathered) };
}

/** The same for what a failure leaves in state. */
export function gatherInFailure(error: unknown): unknown {
  if (!(error instanceof PartialFailure)) return error;
  return new PartialFailure(error.id, gatherTokens(error.properties), ...error.reasons);
}
