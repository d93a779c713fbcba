import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./stack.js";

const RUNS = join(ROOT, "test/fixtures/register-runs");

/** One request of a recorded run, with its answer. */
export interface RecordedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Record<string, unknown> | null;
  response: { status: number; headers: Record<string, string>; body: string | null };
}

/** One recorded run of the real gitlab-runner; see the README of the fixtures. */
export interface RecordedRun {
  name: string;
  folder: string;
  args: string[];
  env: Record<string, string>;
  stdin?: string;
  systemId: string;
  exit: number;
  before?: string;
  after?: string;
  template?: string;
  requests: RecordedRequest[];
}

function readRun(name: string): RecordedRun {
  const folder = join(RUNS, name);
  const read = (file: string) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : undefined;
  const { args, env, stdin, exit, result } = JSON.parse(read("case.json") ?? "{}");
  const lines = (read("http.jsonl") ?? "").split("\n").filter((line) => line !== "");
  return {
    name,
    folder,
    args,
    env,
    stdin,
    exit,
    systemId: result.system_id_file,
    before: read("before.toml"),
    after: read("after.toml"),
    template: read("template.toml"),
    requests: lines.map((line) => JSON.parse(line)),
  };
}

export function readRuns(): RecordedRun[] {
  const names = readdirSync(RUNS).filter((name) => /^\d/.test(name));
  return names.sort().map(readRun);
}

/** A runner, as GitLab answers with one. */
export interface RecordedReply {
  id?: number;
  token: string;
  token_expires_at: string | null;
}

/** What GitLab answered; undefined where it refused, or where the answer cannot be read. */
export function readReply({ response }: RecordedRequest): RecordedReply | undefined {
  if (response.status >= 300) return undefined;
  try {
    return JSON.parse(response.body ?? "{}");
  } catch {
    return undefined;
  }
}

/** Whether GitLab's answer, rather than the command line, ended a registration. */
export function endsByAnswer({ args, exit, requests }: RecordedRun): boolean {
  const [first] = requests;
  return args[0] === "register" && exit !== 0 && first !== undefined && readReply(first) === undefined;
}

/** The requests as data: without what the Runner tells of itself, and each try once. */
export function withoutTries({ requests }: RecordedRun): { method: string; path: string; body: unknown }[] {
  const sent = requests.map(({ method, path, body }) => {
    const { info: _, ...rest } = body ?? {};
    return { method, path, body: rest };
  });
  return sent.filter((one, index) => index === 0 || JSON.stringify(one) !== JSON.stringify(sent[index - 1]));
}
