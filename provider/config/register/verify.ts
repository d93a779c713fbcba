import { encodeConfiguration } from "../encode.js";
import type { Table } from "../value.js";
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
import { verifyRequest } from "./requests.js";

const FLAGS = [
  CONFIG_FLAG,
  flag(["n", "name"]),
  flag(["u", "url"]),
  flag(["t", "token"]),
  flag(["delete"], { kind: "bool" }),
];

/**
 * What `gitlab-runner verify` would do: it asks for each entry, or those that name or token select, whether GitLab still
 * knows the runner. Only a 403 says no; with `--delete` the entry goes.
 * @throws CommandFailure where it would end with an error; the file stays as it is
 */
export function verify(input: FileCommandInput): FileCommandResult {
  const { text, isOn, configuration } = startFileCommand(FLAGS, input);
  const exchange = new Exchange(input.replies);
  const selector = { name: text("name"), url: text("url"), token: text("token") };
  const entries = entriesOf(configuration);
  const asked = entries.filter((entry) => isSelected(entry, selector));
  const isGone = (entry: Table) =>
    exchange.send(verifyRequest(textOf(entry, "token"), input.systemId ?? "")).status === 403;
  const gone = new Set(asked.filter(isGone));
  if (asked.length === 0 && hasSelector(selector))
    throw exchange.fail("no entry of the file fits --name, --url, --token");
  if (gone.size === 0) return { requests: exchange.requests };
  if (!isOn("delete"))
    throw exchange.fail(`GitLab does not know ${gone.size} of the runners: --delete removes the entries`);
  const { runners, ...globals } = configuration;
  const kept = entries.filter((entry) => !gone.has(entry));
  const changed = kept.length > 0 ? { ...globals, runners: kept } : globals;
  return { requests: exchange.requests, text: encodeConfiguration(changed) };
}

interface Selector {
  name: string;
  url: string;
  token: string;
}

function hasSelector({ name, url, token }: Selector): boolean {
  return name !== "" || url !== "" || token !== "";
}

/** By name, or by token where the addresses fit; so an address alone selects what has no token. */
function isSelected(entry: Table, selector: Selector): boolean {
  if (!hasSelector(selector) || textOf(entry, "name") === selector.name) return true;
  const url = textOf(entry, "url");
  const isAnywhere = [url, selector.url].some((one) => one === "" || one === "*");
  return textOf(entry, "token") === selector.token && (isAnywhere || url === selector.url);
}
