import { normalizeAddress } from "../address.js";
import { InvalidInputError, type Problem } from "../errors.js";
import type { Connection } from "../gitlab/call.js";
import { findTrust, type TrustTexts } from "./trust.js";

/** What Pulumi hands to `configure`: the stack's config, or an explicit provider's arguments. */
export interface ConfigSource {
  get(key: string): string | undefined;
}

/** The connection, and the addresses under which state may still know the same GitLab. */
export interface Settings extends Connection {
  movedFrom: readonly string[];
}

let config: ConfigSource = { get: () => undefined };

/**
 * Keeps the config, and nothing else: Pulumi does not wait for `configure`, and calls other methods even when it threw.
 */
export function keepConfig(source: ConfigSource): void {
  config = source;
}

/** Under these keys an explicit provider hands its arguments on; stack config cannot hold them by accident. */
export const PROVIDER_KEYS = "gitlab-runner-provider";

/** One place from which address and token may come: both from it, or neither. */
interface Source {
  name: string;
  baseUrl?: string;
  token?: string;
  tokenEnv?: string;
  trust: TrustTexts;
}

export type Environment = Record<string, string | undefined>;

/**
 * Which GitLab to talk to and as whom: the first of explicit provider, environment, stack config and pulumi-gitlab's
 * config that gives both address and token.
 * @throws InvalidInputError that names all the ways
 */
export function findSettings(environment: Environment = process.env, source: ConfigSource = config): Settings {
  const sources = listSources(environment, source);
  const complete = sources.find((source) => source.baseUrl && source.token);
  if (!complete?.baseUrl || !complete.token) throw new InvalidInputError([explainMissing(sources)]);
  const address = normalizeAddress(complete.baseUrl);
  if (typeof address !== "string") throw invalid(`the address from ${complete.name} ${address.problem}`);
  const tls = findTrust(sources);
  return { address, token: complete.token, ...(tls ? { tls } : {}), movedFrom: listFormerAddresses(source) };
}

/** The settings, or what is wrong with them. */
export function trySettings(): { settings?: Settings; problems: readonly Problem[] } {
  try {
    return { settings: findSettings(), problems: [] };
  } catch (error) {
    if (error instanceof InvalidInputError) return { problems: error.problems };
    throw error;
  }
}

function invalid(message: string): InvalidInputError {
  return new InvalidInputError([{ path: "", message }]);
}

/** An explicit provider that names any of the two stands alone: its address must not meet somebody else's token. */
function listSources(environment: Environment, config: ConfigSource): Source[] {
  const read = (namespace: string, name: string) => readConfig({ namespace, name, config, environment });
  const explicit = read(PROVIDER_KEYS, "the Provider's arguments baseUrl and token (or tokenEnv)");
  if (explicit.baseUrl || explicit.token || explicit.tokenEnv) return [explicit];
  return [
    explicit,
    readEnvironment(environment),
    read("gitlab-runner", "stack config (gitlab-runner:baseUrl and gitlab-runner:token)"),
    read("gitlab", "pulumi-gitlab's config (gitlab:baseUrl and gitlab:token)"),
  ];
}

function readEnvironment(environment: Environment): Source {
  const { GITLAB_BASE_URL: baseUrl, GITLAB_TOKEN: token, GITLAB_INSECURE: insecure } = environment;
  const { GITLAB_CACERT_FILE: cacertFile, GITLAB_CLIENT_CERT: clientCert, GITLAB_CLIENT_KEY: clientKey } = environment;
  const trust = { cacertFile, clientCert, clientKey, insecure, origin: "the environment" };
  return { name: "the environment (GITLAB_BASE_URL and GITLAB_TOKEN)", baseUrl, token, trust };
}

function readConfig(from: { namespace: string; name: string; config: ConfigSource; environment: Environment }): Source {
  const { namespace, name, config, environment } = from;
  const get = (key: string) => config.get(`${namespace}:${key}`);
  const [baseUrl, token, tokenEnv] = [get("baseUrl"), get("token"), get("tokenEnv")];
  const files = { cacertFile: get("cacertFile"), clientCert: get("clientCert"), clientKey: get("clientKey") };
  const origin = namespace === PROVIDER_KEYS ? "the Provider's arguments" : `stack config, ${namespace}:…`;
  const trust = { ...files, insecure: get("insecure"), origin };
  return { name, baseUrl, tokenEnv, token: token ?? (tokenEnv ? environment[tokenEnv] : undefined), trust };
}

function explainMissing(sources: readonly Source[]): Problem {
  const halves = sources.map(describeHalf).filter((half) => half !== undefined);
  const found = halves.length > 0 ? ` Found: ${halves.join("; ")}.` : "";
  const ways = [
    "  - new Provider(name, { baseUrl, token }) (or tokenEnv: the name of an environment variable), given as `provider`",
    "  - the environment: GITLAB_BASE_URL and GITLAB_TOKEN",
    "  - stack config: pulumi config set gitlab-runner:baseUrl https://gitlab.example.com",
    "                  pulumi config set --secret gitlab-runner:token (or gitlab-runner:tokenEnv NAME)",
    "  - pulumi-gitlab's stack config: gitlab:baseUrl and gitlab:token",
  ];
  const message = `no GitLab to talk to: an address and a token are needed, both from one place.${found}`;
  return { path: "", message: [message, ...ways].join("\n") };
}

/** What an incomplete source has and lacks; undefined when it has nothing. */
function describeHalf({ name, baseUrl, token, tokenEnv }: Source): string | undefined {
  if (tokenEnv && !token) return `${name} names the variable ${tokenEnv}, which is not set`;
  if (baseUrl) return `an address but no token in ${name}`;
  return token ? `a token but no address in ${name}` : undefined;
}

/** `movedFrom` as JSON, as Pulumi stores a list, or with commas. */
function listFormerAddresses(config: ConfigSource): string[] {
  const text = config.get(`${PROVIDER_KEYS}:movedFrom`) ?? config.get("gitlab-runner:movedFrom");
  if (!text) return [];
  return splitList(text).map((entry) => {
    const address = normalizeAddress(entry);
    if (typeof address !== "string") throw invalid(`an address in movedFrom ${address.problem}`);
    return address;
  });
}

function splitList(text: string): string[] {
  if (!text.trim().startsWith("[")) return text.split(",");
  try {
    return (JSON.parse(text) as unknown[]).map(String);
  } catch {
    throw invalid(
      "movedFrom must be a list of addresses: pulumi config set --path 'gitlab-runner:movedFrom[0]' ADDRESS",
    );
  }
}

/** Whether an address is that of the configured GitLab, or was. */
export function isAddressOf({ address, movedFrom }: Settings, url: string): boolean {
  const given = normalizeAddress(url);
  return typeof given === "string" && (given === address || movedFrom.includes(given));
}

/**
 * That an id from state means the same record at the configured GitLab: ids count up in each GitLab, so the same number
 * is another runner elsewhere.
 * @throws InvalidInputError with both addresses
 */
export function requireSameAddress(stored: string | undefined, id: string, settings: Settings): void {
  if (stored === undefined || stored === settings.address || settings.movedFrom.includes(stored)) return;
  throw invalid(
    `runner ${id} is known at ${stored}, but the configured GitLab is ${settings.address}: there the same id is another ` +
      `runner, so nothing was done. Set the address back; or, if this GitLab was renamed, say so: ` +
      `pulumi config set --path 'gitlab-runner:movedFrom[0]' ${stored} (or movedFrom on the Provider)`,
  );
}
