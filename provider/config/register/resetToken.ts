import { encodeConfiguration } from "../encode.js";
import { NO_TIME, parseTime, type Table } from "../value.js";
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
import { resetTokenRequest } from "./requests.js";

const FLAGS = [
  CONFIG_FLAG,
  flag(["n", "name"]),
  flag(["u", "url"]),
  flag(["i", "id"], { kind: "int" }),
  flag(["all-runners"], { kind: "bool" }),
  flag(["pat"]),
];

/**
 * What `gitlab-runner reset-token` would do: new tokens for the entries of a name, of an address and id, or all. The file
 * is saved even where nothing changed.
 * @throws CommandFailure where it would end with an error; the file stays as it is
 */
export function resetToken(input: FileCommandInput): FileCommandResult {
  const { values, text, isOn, configuration } = startFileCommand(FLAGS, input);
  const exchange = new Exchange(input.replies);
  const entries = entriesOf(configuration);
  const id = (values.id ?? 0n) as bigint;
  const isMeant = (entry: Table) =>
    text("name") === ""
      ? textOf(entry, "url") === text("url") && idOf(entry) === id
      : textOf(entry, "name") === text("name");
  const one = isOn("all-runners") ? undefined : entries.find(isMeant);
  if (!isOn("all-runners") && !one) throw exchange.fail("no entry of the file has this --name, or this --url and --id");
  const reset = (entry: Table) => resetEntry(entry, { exchange, hasAccessToken: text("pat") !== "", now: input.now });
  const changed = entries.map((entry) => (one === undefined || entry === one ? reset(entry) : entry));
  if (one && changed.includes(one)) throw exchange.fail("GitLab gave no new token: the old one stays");
  const saved = entries.length === 0 ? configuration : { ...configuration, runners: changed };
  return { requests: exchange.requests, text: encodeConfiguration(saved) };
}

function idOf(entry: Table): bigint {
  return (entry.id ?? 0n) as bigint;
}

interface Reset {
  exchange: Exchange;
  hasAccessToken: boolean;
  now?: string;
}

/** The entry with its new token; the same one where GitLab gave none. */
function resetEntry(entry: Table, { exchange, hasAccessToken, now }: Reset): Table {
  const credentials = { id: idOf(entry), token: textOf(entry, "token") };
  const reply = exchange.send(resetTokenRequest(credentials, hasAccessToken));
  if (reply.status !== 201 || !reply.token) return entry;
  return {
    ...entry,
    token: reply.token,
    token_obtained_at: (now && parseTime(now)) || NO_TIME,
    token_expires_at: (reply.tokenExpiresAt && parseTime(reply.tokenExpiresAt)) || NO_TIME,
  };
}
