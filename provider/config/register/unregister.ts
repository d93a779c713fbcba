import { isDeepStrictEqual } from "node:util";
import { encodeConfiguration } from "../encode.js";
import { NO_TIME, type Table, type Value } from "../value.js";
import {
  CONFIG_FLAG,
  Exchange,
  type FileCommandInput,
  type FileCommandResult,
  flag,
  startFileCommand,
  textOf,
} from "./fileCommand.js";
import { entriesOf } from "./loadFile.js";
import { unregisterRequest } from "./requests.js";

const FLAGS = [
  flag(["u", "url"], { env: "CI_SERVER_URL" }),
  flag(["t", "token"], { env: "CI_SERVER_TOKEN" }),
  flag(["tls-ca-file"], { env: "CI_SERVER_TLS_CA_FILE" }),
  flag(["tls-cert-file"], { env: "CI_SERVER_TLS_CERT_FILE" }),
  flag(["tls-key-file"], { env: "CI_SERVER_TLS_KEY_FILE" }),
  CONFIG_FLAG,
  flag(["n", "name"]),
  flag(["all-runners"], { kind: "bool" }),
];

/**
 * What `gitlab-runner unregister` would do: it takes runner managers (tokens of the present workflow) or runners (others)
 * out of GitLab, and their entries out of the file. The address counts for nothing, whatever the help says.
 * @throws CommandFailure where it would end with an error; the file stays as it is
 */
export function unregister(input: FileCommandInput): FileCommandResult {
  const { text, isOn, configuration } = startFileCommand(FLAGS, input);
  const exchange = new Exchange(input.replies);
  const entries = entriesOf(configuration);
  const isRemoved = (entry: Table) =>
    exchange.send(unregisterRequest(textOf(entry, "token"), input.systemId ?? "")).status === 204;
  const kept = isOn("all-runners")
    ? entries.filter((entry) => !isRemoved(entry))
    : removeOne(entries, { name: text("name"), token: text("token"), isRemoved, exchange });
  if (kept.length === entries.length) return { requests: exchange.requests };
  // With the last entry the Runner forgets the list too.
  const { runners, ...globals } = configuration;
  const changed = kept.length > 0 ? { ...globals, runners: kept } : globals;
  return { requests: exchange.requests, text: encodeConfiguration(changed) };
}

interface Removal {
  name: string;
  token: string;
  isRemoved: (entry: Table) => boolean;
  exchange: Exchange;
}

function removeOne(entries: Table[], { name, token, isRemoved, exchange }: Removal): Table[] {
  if (name === "" && token === "") throw exchange.fail("--name or --token is needed, or --all-runners");
  const fits = (entry: Table) =>
    (name === "" || textOf(entry, "name") === name) && (token === "" || textOf(entry, "token") === token);
  const found = entries.find(fits);
  if (!found) throw exchange.fail("no entry of the file has this --name and --token");
  if (!isRemoved(found)) throw exchange.fail("GitLab did not unregister the runner: its entry stays");
  return entries.filter((entry) => !hasSameCredentials(entry, found));
}

const CREDENTIALS: Readonly<Record<string, Value>> = {
  url: "",
  id: 0n,
  token: "",
  token_obtained_at: NO_TIME,
  token_expires_at: NO_TIME,
  "tls-ca-file": "",
  "tls-cert-file": "",
  "tls-key-file": "",
};

/** An entry with the same token but another time or file is another one. */
function hasSameCredentials(one: Table, other: Table): boolean {
  return Object.entries(CREDENTIALS).every(([key, zero]) => isDeepStrictEqual(one[key] ?? zero, other[key] ?? zero));
}
