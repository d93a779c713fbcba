import { type GitLabOptions, type StandInGitLab, startGitLab } from "../../provider/testing/index.js";

export type Fields = Record<string, unknown>;

/** An answer, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as an object. */
  body: Fields;
  /** The body as a list. */
  list: Fields[];
}

/** What to send. The token of the administrator is sent unless `token` says otherwise; null sends none. */
export interface Sending {
  token?: string | null;
  json?: unknown;
  form?: Record<string, string> | URLSearchParams;
  headers?: Record<string, string>;
}

const open: StandInGitLab[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((gitlab) => gitlab.close()));
});

/** Starts a stand-in that is closed after the test. */
export async function openGitLab(options: GitLabOptions = {}): Promise<StandInGitLab> {
  const gitlab = await startGitLab(options);
  open.push(gitlab);
  return gitlab;
}

/** Sends one request to the API, as `send(gitlab, "GET /runners/1")`. */
export async function send(gitlab: StandInGitLab, request: string, sending: Sending = {}): Promise<Answer> {
  const [method = "GET", path = "/"] = request.split(" ");
  const token = sending.token === undefined ? gitlab.token : sending.token;
  const headers = new Headers(sending.headers);
  if (token !== null) headers.set("PRIVATE-TOKEN", token);
  if (sending.json !== undefined) headers.set("content-type", "application/json");
  const body =
    sending.json === undefined ? sending.form && new URLSearchParams(sending.form) : JSON.stringify(sending.json);
  return read(await fetch(`${gitlab.url}/api/v4${path}`, { method, headers, body, redirect: "manual" }));
}

/** Sends one request to the control door. */
export async function control(gitlab: StandInGitLab, request: string, json?: unknown): Promise<Answer> {
  const [method = "GET", path = ""] = request.split(" ");
  const headers = { "content-type": "application/json" };
  const body = json === undefined ? undefined : JSON.stringify(json);
  return read(await fetch(`${gitlab.url}/-/stand-in${path}`, { method, headers, body }));
}

/** Reads an answer to its end. */
export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  const parsed: unknown = isJson && text !== "" ? JSON.parse(text) : null;
  const body = (parsed ?? {}) as Fields;
  return { status: response.status, headers: response.headers, text, body, list: parsed as Fields[] };
}

/** A user with a token, and perhaps a role somewhere; gives the token. */
export function personWith(
  gitlab: StandInGitLab,
  rights: {
    role?: Parameters<StandInGitLab["addMember"]>[0]["role"];
    groupId?: number;
    projectId?: number;
    scopes?: string[];
    admin?: boolean;
    auditor?: boolean;
  } = {},
): string {
  const { role, groupId, projectId, scopes, ...user } = rights;
  const username = `user${gitlab.users.size + 1}`;
  const { id } = gitlab.createUser({ username, ...user });
  if (role) gitlab.addMember({ userId: id, role, ...(projectId ? { projectId } : { groupId }) });
  return gitlab.createToken({ userId: id, ...(scopes ? { scopes } : {}) }).token;
}

/** The ids in a list. */
export function ids(answer: Answer): unknown[] {
  return answer.list.map((item) => item.id);
}
