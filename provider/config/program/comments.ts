import type { Path } from "../../path.js";
import type { Member, Node, TomlDocument } from "../document.js";
import { findByKey } from "../schema/field.js";
import type { TypeName } from "../schema/table.js";

/** The comments of a file, each at the key that it speaks of. */
export class Comments {
  readonly #byPath = new Map<string, string[]>();

  constructor(places: Iterable<readonly [Path, string]> = []) {
    for (const [path, comment] of places) {
      const key = JSON.stringify(path);
      this.#byPath.set(key, [...(this.#byPath.get(key) ?? []), comment]);
    }
  }

  above(path: Path): readonly string[] {
    return this.#byPath.get(JSON.stringify(path)) ?? [];
  }
}

/** What our own files begin with. */
const HEADER = /^(Written by Pulumi:|pulumi-gitlab-runner owner:)/;

/** A comment speaks of the key on its line, else of the next one. Those that may hold a secret stay in the file alone. */
export function readComments(document: TomlDocument, isSecret: (comment: string) => boolean): Comments {
  const keys = listKeys(document).sort((a, b) => a.line - b.line);
  const places = document.comments.flatMap(({ start, end, line }): [Path, string][] => {
    const comment = document.text.slice(start, end).replace(/^#+ ?/, "").trimEnd();
    const key = keys.find((one) => one.line >= line);
    return key && comment !== "" && !HEADER.test(comment) && !isSecret(comment) ? [[key.path, comment]] : [];
  });
  return new Comments(places);
}

interface PlacedKey {
  path: Path;
  line: number;
}

function listKeys({ blocks }: TomlDocument): PlacedKey[] {
  return blocks.flatMap(({ path, keys, place, members }) => [
    ...(keys.length > 0 ? [{ path: toKeys(path), line: place.line }] : []),
    ...members.flatMap(listMembers),
  ]);
}

function listMembers({ path, place, value }: Member): PlacedKey[] {
  return [{ path: toKeys(path), line: place.line }, ...listInside(value)];
}

/** Keys of inline tables, and of those in arrays. */
function listInside({ members = [], items = [] }: Node): PlacedKey[] {
  return [...members.flatMap(listMembers), ...items.flatMap(listInside)];
}

/** Who an entry is stands in one argument, and not under these keys: what is said of them is said of the entry. */
const OF_ENTRY = /^(name|url|id|token|token_obtained_at|token_expires_at)$/;

/** A path in GitLab's spelling. */
function toKeys(path: Path): Path {
  let type: TypeName | undefined = "GlobalConfiguration";
  const keys = path.map((step) => {
    if (typeof step === "number") return step;
    const field = type && findByKey(type, step);
    type = field?.type;
    return field?.key ?? step;
  });
  const isOfEntry = keys.length === 3 && keys[0] === "runners" && OF_ENTRY.test(String(keys[2]));
  return isOfEntry ? keys.slice(0, 2) : keys;
}
