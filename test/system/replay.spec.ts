import assert from "node:assert/strict";
import type { FaultSpec, StandInGitLab } from "../../provider/testing/index.js";
import { type RecordedRequest, readRuns } from "../support/registerRuns.js";
import { openGitLab } from "../testing/support.js";

/** What counts of an answer. */
interface Outline {
  status: number;
  type: string | null;
  /** The keys of a JSON object; null for anything else. */
  keys: string[] | null;
  token: unknown;
  expiry: unknown;
}

function parse(text: string | null): Record<string, unknown> | null {
  try {
    return JSON.parse(text ?? "null") as Record<string, unknown> | null;
  } catch {
    return null;
  }
}

function outline(status: number, type: string | null, text: string | null): Outline {
  const body = parse(text);
  const keys = body && Object.keys(body).sort();
  return { status, type: type?.split(";")[0] ?? null, keys, token: body?.token, expiry: body?.token_expires_at };
}

/**
 * The answers that GitLab gives only when something is wrong with itself, or that no GitLab gives there (401 and 410):
 * a switch makes the stand-in give them.
 */
function switchFor({ method, path, response }: RecordedRequest): FaultSpec | null {
  const at = { method, path };
  const { status, body, headers } = response;
  if (status === 500) return { ...at, kind: "serverError" };
  if (status === 502) return { ...at, kind: "badGateway" };
  if (status === 200 && parse(body) === null) return { ...at, kind: "malformedJson" };
  const isForeign = status === 401 || (status === 410 && path.endsWith("/verify"));
  return isForeign ? { ...at, kind: "reply", status, headers, body: parse(body) } : null;
}

const isGood = ({ response }: RecordedRequest) => response.status < 300;

/** Lets the stand-in know what GitLab knew when the request was recorded. */
function arrange(gitlab: StandInGitLab, exchange: RecordedRequest): void {
  const { method, path, body, response } = exchange;
  const sent = String(body?.token ?? "");
  const answer = parse(response.body);
  gitlab.settings.allowRunnerRegistrationToken = response.status !== 410;
  if (!isGood(exchange)) return;
  if (path === "/api/v4/runners" && method === "POST") {
    gitlab.settings.registrationToken = sent;
    plant(gitlab, answer);
    return;
  }
  const runner =
    gitlab.runners.first((known) => known.token === sent) ??
    gitlab.createRunner({ runnerType: "instance_type", ...(sent ? { token: sent } : {}) });
  const expiry = answer?.token_expires_at;
  if (path.endsWith("/reset_authentication_token")) plant(gitlab, answer);
  else if (expiry) runner.tokenExpiresAt = new Date(String(expiry));
  if (path.endsWith("/managers")) addManager(gitlab, runner.id, String(body?.system_id));
}

/** The next token is the recorded one, and lives as long. */
function plant(gitlab: StandInGitLab, answer: Record<string, unknown> | null): void {
  const { token, token_expires_at: expiry } = answer ?? {};
  gitlab.nextTokens.push(String(token));
  const life = expiry ? (Date.parse(String(expiry)) - gitlab.clock.now().getTime()) / 1000 : null;
  gitlab.settings.runnerTokenExpirationInterval = life;
}

function addManager(gitlab: StandInGitLab, runnerId: number, systemId: string): void {
  const { managers } = gitlab.runners.get(runnerId);
  if (managers.some((manager) => manager.systemId === systemId)) return;
  const unknown = { version: null, revision: null, platform: null, architecture: null, ipAddress: null };
  managers.push({
    id: 1,
    systemId,
    ...unknown,
    createdAt: gitlab.clock.now(),
    contactedAt: null,
    unsavedContact: null,
  });
}

async function replay(gitlab: StandInGitLab, { method, path, headers, body }: RecordedRequest): Promise<Outline> {
  const response = await fetch(gitlab.url + path, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  return outline(response.status, response.headers.get("content-type"), text === "" ? null : text);
}

describe("stand-in GitLab: what the real gitlab-runner sent, and was answered", () => {
  let natural = 0;
  let switched = 0;

  for (const { name, requests: run } of readRuns()) {
    if (run.length === 0) continue;
    it(`${name}: ${run.map(({ method, path, response }) => `${method} ${path} ${response.status}`).join(", ")}`, async () => {
      // The recorded ids and tokens of users are these.
      const pat = run[0]?.headers["private-token"];
      const gitlab = await openGitLab({ runnerIdStart: idIn(run) ?? 42, ...(pat ? { token: pat } : {}) });
      gitlab.clock.stop("2026-01-01T00:00:00Z");
      for (const exchange of run) {
        const { status, headers, body } = exchange.response;
        const recorded = outline(status, headers["Content-Type"] ?? null, body);
        const fault = switchFor(exchange);
        if (fault) gitlab.faults.add(fault);
        arrange(gitlab, exchange);
        const actual = await replay(gitlab, exchange);
        assert.deepEqual(actual, recorded);
        if (fault) switched += 1;
        else natural += 1;
      }
      assert.deepEqual(
        gitlab.requests.list().flatMap((request) => request.error ?? []),
        [],
      );
    });
  }

  after(() => {
    console.log(`      ${natural} exchanges by themselves, ${switched} by a switch`);
    assert.ok(natural >= 100, `${natural} exchanges`);
  });
});

function idIn(run: readonly RecordedRequest[]): number | null {
  const id = /\/runners\/(\d+)\//.exec(run[0]?.path ?? "")?.[1];
  return id === undefined ? null : Number(id);
}
