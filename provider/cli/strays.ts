import { parseArgs } from "node:util";
import { normalizeAddress } from "../address.js";
import { InvalidInputError, type Problem } from "../errors.js";
import { openClient } from "../gitlab/client.js";
import { type FleetScope, listFleet } from "../gitlab/fleet.js";
import { findSettings } from "../lifecycle/settings.js";
import type { Command } from "./command.js";
import { findDeclared } from "./strays/declared.js";
import { FORMATS, type Report } from "./strays/format.js";
import { findStuckJobs } from "./strays/jobs.js";
import { judge } from "./strays/judge.js";
import { askOnTerminal, prune } from "./strays/prune.js";
import { readStates } from "./strays/states.js";

const OPTIONS = {
  scope: { type: "string" },
  stack: { type: "string", multiple: true, default: [] as string[] },
  state: { type: "string", multiple: true, default: [] as string[] },
  all: { type: "boolean", default: false },
  cwd: { type: "string" },
  jobs: { type: "boolean", default: false },
  format: { type: "string", default: "text" },
  "moved-from": { type: "string", multiple: true, default: [] as string[] },
  prune: { type: "string", multiple: true, default: [] as string[] },
  yes: { type: "boolean", default: false },
} as const;

export const strays: Command = {
  usage: "strays --scope group/PATH|project/PATH|instance [options]",
  about: [
    "Looks in GitLab for runners that no stack declares, for runners that were never contacted or not for 7 days, for",
    "config.toml files whose machine does not call, and for machines that share a system id. Changes nothing, but for --prune.",
    "What is declared tell the states of the stacks: those of --stack and --state, else all stacks of the Pulumi project.",
    "A group means everything below it, too. GitLab and token come from GITLAB_BASE_URL and GITLAB_TOKEN (read_api).",
    "Exit code: 0 nothing found, 2 something, 1 could not tell.",
  ],
  options: [
    ["--scope SCOPE", "group/FULL/PATH, project/FULL/PATH, or instance (for administrators and auditors)"],
    ["--stack NAME", "a stack of the Pulumi project, or a full name; several times"],
    ["--state FILE", 'a state that "pulumi stack export" printed, "-" is standard input; several times'],
    ["--all", "all stacks of the whole backend"],
    ["--cwd FOLDER", "the folder of the Pulumi project; default: this one"],
    ["--jobs", "also pending jobs that no runner takes: none has their tags, or none that has them is at work"],
    ["", "(of an instance GitLab tells them to administrators only, not to auditors)"],
    ["--format FORMAT", "text (default) or json"],
    ["--moved-from ADDRESS", "an address that states may still have for this GitLab; several times"],
    ["--prune ID", "shows this stray, asks, and deletes it in GitLab; several times, or with commas"],
    ["--yes", "deletes what --prune names without asking"],
  ],
  run: async (words) => {
    const { values } = parseArgs({ args: words, options: OPTIONS });
    return look(readWishes(values));
  },
};

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

interface Wishes extends Pick<Values, "stack" | "state" | "all" | "jobs" | "yes"> {
  scope: FleetScope;
  cwd: string;
  format: (report: Report) => string;
  movedFrom: string[];
  prune: number[];
}

/** @throws InvalidInputError with all that is wrong */
function readWishes(values: Values): Wishes {
  const problems: Problem[] = [];
  const scope = readScope(values.scope);
  const isScope = typeof scope !== "string";
  if (!isScope) problems.push({ path: "--scope", message: scope });
  const format = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined;
  if (!format) problems.push({ path: "--format", message: `must be one of ${Object.keys(FORMATS).join(", ")}` });
  const movedFrom = values["moved-from"].map(normalizeAddress);
  for (const address of movedFrom) {
    if (typeof address !== "string") problems.push({ path: "--moved-from", message: address.problem });
  }
  const ids = values.prune.flatMap((list) => list.split(","));
  if (!ids.every((id) => /^\s*[1-9]\d{0,14}\s*$/.test(id))) {
    problems.push({ path: "--prune", message: "must be GitLab's number of a runner, or several with commas" });
  }
  if (values.yes && ids.length === 0)
    problems.push({ path: "--yes", message: "agrees to --prune, which is not given" });
  if (problems.length > 0 || !isScope || !format) throw new InvalidInputError(problems);
  const { cwd = process.cwd(), ...rest } = values;
  const addresses = movedFrom.filter((address) => typeof address === "string");
  return { ...rest, cwd, scope, format, movedFrom: addresses, prune: [...new Set(ids.map(Number))] };
}

const PLACE = /^(group|project)\/([^\s?#]*[^\s?#/])\/?$/;

/** The scope, or what is wrong with it. */
function readScope(text: string | undefined): FleetScope | string {
  if (text === "instance") return { kind: "instance" };
  const [, kind, path = ""] = PLACE.exec(text ?? "") ?? [];
  if (kind === undefined) return "must be group/FULL/PATH, project/FULL/PATH, or instance";
  if (/^\d+$/.test(path)) return "must name the group or project by its full path, not by a number";
  return { kind: kind as "group" | "project", path };
}

async function look(wishes: Wishes): Promise<number> {
  const { scope, cwd, stack: stacks, state: files, all: isAll } = wishes;
  const states = await readStates({ cwd, stacks, files, isAll });
  const declared = findDeclared(states);
  // Standard output is for the report alone.
  const { movedFrom: _, ...connection } = findSettings();
  const client = await openClient(connection, { environment: process.env, tell: say });
  const knowledge = { declared, addresses: [client.connection.address, ...wishes.movedFrom] };
  const fleet = await listFleet(client, scope);
  const jobs = wishes.jobs ? await findStuckJobs(client, scope) : [];
  const confirm = wishes.yes ? async () => true : (question: string) => askOnTerminal(question);
  const pruning = { ids: wishes.prune, fleet, knowledge, confirm, say };
  const gone = wishes.prune.length > 0 ? await prune(client, pruning) : new Set<number>();
  const rest = fleet.filter(({ id }) => !gone.has(id));
  const findings = [...judge(rest, knowledge), ...jobs];
  const names = states.map(({ name }) => name);
  const { unreadable } = declared;
  const scopeName = scope.kind === "instance" ? scope.kind : `${scope.kind}/${scope.path}`;
  const about = { gitlab: client.connection.address, scope: scopeName, stacks: names, runners: rest.length };
  process.stdout.write(wishes.format({ ...about, findings, unreadable }));
  if (unreadable.length > 0) return 1;
  return findings.length > 0 ? 2 : 0;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
