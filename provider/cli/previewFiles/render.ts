import { encodeConfiguration } from "../../config/encode.js";
import { EXTRA_TOML } from "../../config/extraToml.js";
import { type Field, findByArgument } from "../../config/schema/field.js";
import type { TypeName } from "../../config/schema/table.js";
import type { Table } from "../../config/value.js";
import { type ConfigTomlInputs, type EntryInputs, render, restoreInputs } from "../../lifecycle/configToml/spec.js";
import { type Path, setAt } from "../../path.js";
import { hasMark, isMark, markHidden } from "./marks.js";
import { redactTable } from "./redact.js";

type Settings = Record<string, unknown>;

/** A mark, and the key of config.toml in whose place it stands. */
interface Hidden {
  path: Path;
  mark: string;
}

/**
 * The config.toml that inputs of a preview ask for, by the rules by which it is written; what the preview hides is a mark,
 * and so is every secret. Empty where there are no inputs, or all entries are hidden.
 */
export function renderPreview(given: Settings | undefined): string {
  if (given === undefined) return "";
  const { runners, ...globals } = restoreInputs(markHidden(given) as ConfigTomlInputs) as Settings;
  if (isMark(runners)) return `# runners: ${runners}\n`;
  const root = takeHidden("GlobalConfiguration", globals);
  const entries = Object.entries(runners as Record<string, Settings>).map(
    ([key, entry]) => [key, takeEntry(entry)] as const,
  );
  const plain = Object.fromEntries(entries.map(([key, { settings }]) => [key, settings]));
  const rendered = render({ ...root.settings, runners: plain } as ConfigTomlInputs);
  const hidden = new Map(entries.map(([key, entry]) => [key, entry.hidden]));
  const list = [...rendered.entries].map(([key, table]) =>
    redactTable("RunnerConfiguration", putBack(table, hidden.get(key) ?? [])),
  );
  const table = redactTable("GlobalConfiguration", putBack(rendered.globals, root.hidden));
  return encodeConfiguration({ ...table, runners: list });
}

function putBack(table: Table, hidden: readonly Hidden[]): Table {
  return hidden.reduce<unknown>((at, { path, mark }) => setAt(at, path, mark), table) as Table;
}

/** An entry without what is hidden. Of a runner all is hidden that GitLab has not told yet. */
function takeEntry({ runner, template, ...rest }: Settings): { settings: EntryInputs; hidden: Hidden[] } {
  const { settings, hidden } = takeHidden("RunnerConfiguration", rest);
  if (isMark(template)) hidden.push({ path: ["template"], mark: template });
  const told = (isMark(runner) ? { url: runner, id: runner, token: runner } : runner) as Settings;
  const isTokenHidden = isMark(told.token);
  if (isMark(told.id)) hidden.push({ path: ["id"], mark: told.id });
  for (const key of ["token_obtained_at", "token_expires_at"]) {
    if (isTokenHidden) hidden.push({ path: [key], mark: String(told.token) });
  }
  const plain = {
    ...told,
    id: isMark(told.id) ? 0 : told.id,
    token: isTokenHidden ? { value: told.token } : told.token,
  };
  const shown = { ...settings, runner: plain, ...(!isMark(template) && { template }) } as EntryInputs;
  return { settings: shown, hidden };
}

/** Settings without those whose kind has no room for a mark, and those apart. */
function takeHidden(type: TypeName, given: Settings): { settings: Settings; hidden: Hidden[] } {
  const settings: Settings = {};
  const hidden: Hidden[] = [];
  for (const [argument, value] of Object.entries(given)) {
    const field = findByArgument(type, argument);
    const key = field?.key ?? argument;
    // What is no setting of the file, as `target`, leaves no trace in it.
    if (!hasMark(value) || (!field && argument !== EXTRA_TOML) || (field && hasRoom(field, value))) {
      settings[argument] = value;
    } else if (field?.type && !isMark(value)) {
      const inside = takeInside(field.type, value as Settings | Settings[]);
      settings[argument] = inside.value;
      hidden.push(...inside.hidden.map(({ path, mark }) => ({ path: [key, ...path], mark })));
    } else hidden.push({ path: [key], mark: firstMark(value) });
  }
  return { settings, hidden };
}

function takeInside(type: TypeName, value: Settings | Settings[]): { value: unknown; hidden: Hidden[] } {
  if (!Array.isArray(value)) {
    const { settings, hidden } = takeHidden(type, value);
    return { value: settings, hidden };
  }
  const items = value.map((item) => takeHidden(type, item));
  const hidden = items.flatMap((item, index) =>
    item.hidden.map(({ path, mark }) => ({ path: [index, ...path], mark })),
  );
  return { value: items.map(({ settings }) => settings), hidden };
}

/** Whether a mark can stand where it is: in place of a text. */
function hasRoom({ kind }: Field, value: unknown): boolean {
  if (kind === "string" || kind === "string|list<string>") return true;
  if (kind === "list<string>") return Array.isArray(value);
  return kind === "map<string,string>" && !isMark(value);
}

function firstMark(value: unknown): string {
  if (isMark(value)) return value;
  return (
    Object.values(value as object)
      .filter(hasMark)
      .map(firstMark)[0] ?? ""
  );
}
