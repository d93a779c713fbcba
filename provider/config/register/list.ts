import { CONFIG_FLAG, type FileCommandInput, startFileCommand, textOf } from "./fileCommand.js";
import { entriesOf } from "./loadFile.js";

/** One line of `gitlab-runner list`. The token is shown in full, as the Runner does: treat it as a secret. */
export interface ListedEntry {
  name: string;
  executor: string;
  token: string;
  url: string;
}

/** What `gitlab-runner list` would print; it asks no GitLab and writes nothing. */
export function list(input: Omit<FileCommandInput, "replies" | "now">): ListedEntry[] {
  const { configuration } = startFileCommand([CONFIG_FLAG], input);
  return entriesOf(configuration).map((entry) => ({
    name: textOf(entry, "name"),
    executor: textOf(entry, "executor"),
    token: textOf(entry, "token"),
    url: textOf(entry, "url"),
  }));
}
