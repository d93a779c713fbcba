import { normalizeAddress } from "../../address.js";
import { encodeTable } from "../encode.js";
import { DateTime, NO_TIME, type Table } from "../value.js";
import type { Comments } from "./comments.js";
import { keepExact, rotatesItself } from "./exactness.js";
import { code, type Expression, literal, type Member, print, quote, text } from "./expression.js";
import { Names, toIdentifier } from "./names.js";
import { expressTable, type Workshop } from "./settings.js";
import { splitStrayWords } from "./strayWords.js";
import type { Vault } from "./vault.js";

/** A GitLab that the program names by a `Provider` of its own. */
export interface NamedGitLab {
  address: string;
  /** The environment variable that holds its token. */
  tokenEnv: string;
}

/** What an entry becomes, beside its settings. */
export interface ImportedEntry {
  entry: Table;
  /** Its number in the file, by which its comments are found. */
  place: number;
  /** Arguments of the `Runner` for it; undefined where the entry's credentials are used as they are. */
  runner?: Record<string, unknown>;
  /** How that `Runner` comes to the runner. @default "adopt" */
  source?: "adopt" | "authenticationToken" | "registrationToken";
  /** The GitLab of that runner, where it is not the one of the environment. */
  gitlab?: NamedGitLab;
}

/** A config.toml on its way to a program. */
export interface ImportedFile {
  /** Where the program finds it. */
  path: string;
  globals: Table;
  entries: readonly ImportedEntry[];
  comments: Comments;
  /** What is to be read above the entries, a line each: of entries that stay out of the program. */
  remarks?: readonly string[];
}

/**
 * The text of a program that takes over a config.toml and its runners as they are. Every secret goes into the vault;
 * where other texts of the file repeat one, they go there too: so the vault must have been through the file before.
 */
export function writeProgram(file: ImportedFile, vault: Vault): string {
  const names = new Names(["pulumi", "config"]);
  const workshop = { vault, comments: file.comments };
  const gitlabs = listGitLabs(file.entries, names);
  const keys = nameEntries(file.entries);
  const runners = file.entries.map((imported, index) => {
    const key = keys[index] as string;
    const variable = imported.runner && names.take(`${toIdentifier(key)}Runner`);
    return { imported, key, variable };
  });
  const declared = runners.filter((one) => one.variable !== undefined);
  const statements = [
    ...[...gitlabs].map(([, gitlab]) => writeProvider(gitlab)),
    ...declared.map((one) => writeRunner(one, { workshop, gitlabs })),
    writeConfigToml(file, runners, workshop),
  ];
  return [...writeHead(vault, gitlabs.size > 0, declared.length > 0), ...statements].join("\n");
}

function writeHead(vault: Vault, hasProvider: boolean, hasRunner: boolean): string[] {
  const classes = ["ConfigToml", ...(hasProvider ? ["Provider"] : []), ...(hasRunner ? ["Runner"] : [])];
  const ours = `import { ${classes.join(", ")} } from "pulumi-gitlab-runner";\n`;
  if (vault.secrets.length === 0) return [ours];
  return ['import * as pulumi from "@pulumi/pulumi";', ours, "const config = new pulumi.Config();\n"];
}

interface DeclaredGitLab extends NamedGitLab {
  variable: string;
}

function listGitLabs(entries: readonly ImportedEntry[], names: Names): Map<string, DeclaredGitLab> {
  const gitlabs = new Map<string, DeclaredGitLab>();
  for (const { gitlab } of entries) {
    if (!gitlab || gitlabs.has(gitlab.address)) continue;
    gitlabs.set(gitlab.address, { ...gitlab, variable: names.take(nameVariable(gitlab)) });
  }
  return gitlabs;
}

/** A host may begin with a digit, a variable not. */
function nameVariable(gitlab: NamedGitLab): string {
  const host = nameGitLab(gitlab);
  return /^[a-z]/i.test(host) ? toIdentifier(host) : toIdentifier("gitlab", host);
}

function nameGitLab({ address }: NamedGitLab): string {
  return address.replace(/^https?:\/\//, "");
}

function writeProvider(gitlab: DeclaredGitLab): string {
  const settings = literal({ baseUrl: gitlab.address, tokenEnv: gitlab.tokenEnv });
  return `const ${gitlab.variable} = new Provider(${quote(nameGitLab(gitlab))}, ${print(settings, { indent: 0, column: 0 })});\n`;
}

interface NamedEntry {
  imported: ImportedEntry;
  key: string;
  variable: string | undefined;
}

interface RunnerContext {
  workshop: Workshop;
  gitlabs: ReadonlyMap<string, DeclaredGitLab>;
}

function writeRunner({ imported, key, variable }: NamedEntry, { workshop, gitlabs }: RunnerContext): string {
  const { entry, runner = {}, gitlab } = imported;
  const rotation = rotatesItself(entry) ? { selfRotation: true } : {};
  const members = Object.entries({ ...runner, ...rotation }).map(([name, value]): Member => {
    if (typeof value !== "string") return { key: name, value: literal(value) };
    return { key: name, value: workshop.vault.express([key, name], value) };
  });
  const args: Expression = { kind: "object", members: [expressSource(imported, key, workshop), ...members] };
  const provider = gitlab && gitlabs.get(gitlab.address)?.variable;
  const start = `const ${variable} = new Runner(`;
  if (!provider) return `${start}${quote(key)}, ${print(args, { indent: 0, column: 0 })});\n`;
  const lines = [`  ${quote(key)},`, `  ${print(args, { indent: 2, column: 2 })},`, `  { provider: ${provider} },`];
  return `${start}\n${lines.join("\n")}\n);\n`;
}

function expressSource({ entry, source = "adopt" }: ImportedEntry, key: string, { vault }: Workshop): Member {
  const token = vault.store([key, source === "registrationToken" ? source : "token"], String(entry.token));
  if (source !== "adopt") return { key: source, value: token };
  const adopt = [
    { key: "runnerId", value: literal(Number(entry.id ?? 0)) },
    { key: "token", value: token },
    ...expressTimes(entry, "adopt"),
  ];
  return { key: "adopt", value: { kind: "object", members: adopt } };
}

/** An adopted runner whose file tells no time says so: else the time of its adoption would go into the file. */
function expressTimes(entry: Table, purpose: "adopt" | "credentials"): Member[] {
  const obtained = timeOf(entry.token_obtained_at);
  const expires = timeOf(entry.token_expires_at);
  const known = obtained ?? (purpose === "adopt" ? NO_TIME.text : undefined);
  return [
    ...(known ? [{ key: "tokenObtainedAt", value: text(known) }] : []),
    ...(expires ? [{ key: "tokenExpiresAt", value: text(expires) }] : []),
    ...(purpose === "credentials" && rotatesItself(entry) ? [{ key: "selfRotation", value: literal(true) }] : []),
  ];
}

function timeOf(value: unknown): string | undefined {
  return value instanceof DateTime && value.text !== NO_TIME.text ? value.text : undefined;
}

/** An entry's name is its key; where another entry has it, its number in GitLab tells the two apart. */
function nameEntries(entries: readonly ImportedEntry[]): string[] {
  const names = new Names();
  const seen = new Set<unknown>();
  return entries.map(({ entry: { name, id } }, index) => {
    const wanted = !name ? `runner-${id || index + 1}` : seen.has(name) ? `${name}-${id || index + 1}` : name;
    seen.add(name);
    return names.take(String(wanted));
  });
}

function writeConfigToml(file: ImportedFile, runners: readonly NamedEntry[], workshop: Workshop): string {
  const entries = runners.map((one): Member => {
    const comments = workshop.comments.above(["runners", one.imported.place]);
    return { key: one.key, value: { kind: "object", members: expressEntry(one, workshop) }, comments };
  });
  const members: Member[] = [
    { key: "path", value: text(file.path) },
    { key: "ownership", value: text("entries") },
    ...expressTable(workshop, "GlobalConfiguration", file.globals, { path: [], place: [] }),
    { key: "runners", value: { kind: "object", members: entries }, comments: file.remarks ?? [] },
  ];
  return `new ConfigToml("config", ${print({ kind: "object", members }, { indent: 0, column: 0 })});\n`;
}

function expressEntry({ imported, key, variable }: NamedEntry, workshop: Workshop): Member[] {
  const { url, id, token, token_obtained_at, token_expires_at, name, ...settings } = imported.entry;
  const spot = { path: ["runners", imported.place], place: [key] };
  const named: Member[] = name === key ? [] : [{ key: "name", value: text(String(name ?? "")) }];
  const runner = expressRunner(imported.entry, { key, variable, workshop });
  const { kept, stray } = splitStrayWords("RunnerConfiguration", settings);
  const declared = expressTable(workshop, "RunnerConfiguration", kept, spot);
  const isStray = Object.keys(stray).length > 0;
  const template = isStray ? [{ key: "template", value: text(encodeTable({ runners: [stray] })) }] : [];
  return [{ key: "runner", value: runner }, ...named, ...template, ...keepExact(imported.entry, declared)];
}

interface RunnerNames {
  key: string;
  variable: string | undefined;
  workshop: Workshop;
}

/** The runner that was taken over, in the file's own spelling of the address; or the entry's credentials. */
function expressRunner(entry: Table, { key, variable, workshop }: RunnerNames): Expression {
  const url = String(entry.url);
  if (variable && normalizeAddress(url) === url) return code(variable);
  const credentials: Member[] = variable
    ? ["id", "token", "tokenObtainedAt", "tokenExpiresAt", "selfRotation"].map((name) => ({
        key: name,
        value: code(`${variable}.${name === "id" ? "runnerId" : name}`),
      }))
    : [
        { key: "id", value: literal(Number(entry.id ?? 0)) },
        { key: "token", value: workshop.vault.store([key, "token"], String(entry.token)) },
        ...expressTimes(entry, "credentials"),
      ];
  return { kind: "object", members: [{ key: "url", value: text(url) }, ...credentials] };
}
