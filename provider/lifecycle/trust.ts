import { InvalidInputError, type Problem } from "../errors.js";
import type { TlsSettings } from "../gitlab/tls.js";

/** Whom to trust, as one place of the settings has it: texts, since stack config and environment hold nothing else. */
export interface TrustTexts {
  cacertFile?: string;
  clientCert?: string;
  clientKey?: string;
  insecure?: string;
  /** The place, for errors. */
  origin: string;
}

/**
 * Whom to trust: from the first place that says anything of it. They go together, so that no certificate of one place
 * meets the key of another. The files themselves are read when the first request is due.
 * @throws InvalidInputError with all that is wrong
 */
export function findTrust(places: readonly { trust: TrustTexts }[]): TlsSettings | undefined {
  const trust = places.map((place) => place.trust).find(saysSomething);
  if (!trust) return undefined;
  const problems = findProblems(trust);
  if (problems.length > 0) throw new InvalidInputError(problems);
  const { cacertFile, clientCert, clientKey, insecure, origin } = trust;
  return { ...omitEmpty({ cacertFile, clientCert, clientKey }), insecure: parseFlag(insecure) === true, origin };
}

function saysSomething({ cacertFile, clientCert, clientKey, insecure }: TrustTexts): boolean {
  return [cacertFile, clientCert, clientKey, insecure].some((text) => !!text);
}

function omitEmpty<T extends object>(texts: T): Partial<T> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => !!text)) as Partial<T>;
}

function findProblems({ clientCert, clientKey, insecure, origin }: TrustTexts): Problem[] {
  const problems: Problem[] = [];
  const add = (path: string, message: string) => problems.push({ path, message: `${message} (from ${origin})` });
  if (clientCert && !clientKey) add("clientKey", "is missing: a certificate (clientCert) needs the file with its key");
  if (clientKey && !clientCert) add("clientCert", "is missing: a key (clientKey) needs the file with its certificate");
  if (insecure && parseFlag(insecure) === undefined) add("insecure", "must be true or false");
  return problems;
}

function parseFlag(text = "false"): boolean | undefined {
  if (/^(true|1)$/i.test(text.trim())) return true;
  return /^(false|0|)$/i.test(text.trim()) ? false : undefined;
}
