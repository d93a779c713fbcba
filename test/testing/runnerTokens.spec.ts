import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { control, openGitLab, send } from "./support.js";

const create = "POST /user/runners";
const instance = { runner_type: "instance_type" };

async function createdToken(gitlab: StandInGitLab, json: unknown = instance): Promise<string> {
  return String((await send(gitlab, create, { json })).body.token);
}

describe("stand-in GitLab: §8 tokens", () => {
  it("§8 new tokens are routable, and no two are alike", async () => {
    const gitlab = await openGitLab();
    const tokens = new Set<string>();
    for (let index = 0; index < 20; index += 1) {
      const token = await createdToken(gitlab);
      assert.match(token, /^([a-z0-9]+-)?glrt-[A-Za-z0-9_-]+\.01\.[0-9a-z]{9}$/);
      const [, payload = "", , tail = ""] = /^glrt-(.+)\.(01)\.(.+)$/.exec(token) ?? [];
      assert.equal(Number.parseInt(tail.slice(0, 2), 36), payload.length);
      tokens.add(token);
    }
    assert.equal(tokens.size, 20);
  });

  it("§8 a routable token names organization, place, user and type, and ends with the CRC32 of all before", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId, userId } = gitlab;
    const routes = [
      [instance, { o: 1, u: userId, t: 1 }],
      [
        { runner_type: "group_type", group_id: groupId },
        { o: 1, g: groupId, u: userId, t: 2 },
      ],
      [
        { runner_type: "project_type", project_id: projectId },
        { o: 1, p: projectId, u: userId, t: 3 },
      ],
    ] as const;
    for (const [json, route] of routes) {
      const token = await createdToken(gitlab, json);
      const [, payload = ""] = /^glrt-(.+)\.01\./.exec(token) ?? [];
      // A random tail of 16 bytes follows the lines of the route.
      const lines = Buffer.from(payload, "base64url").subarray(0, -16).toString().split("\n");
      const read = lines.map((line) => [line.slice(0, 1), Number.parseInt(line.slice(2), 36)]);
      assert.deepEqual(Object.fromEntries(read), route);
      assert.equal(Number.parseInt(token.slice(-7), 36), crc32(token.slice(0, -7)));
    }
  });

  it("§8 registration tokens of groups and projects are GR1348941 and 20 characters", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const reset = async (path: string) =>
      (await send(gitlab, `POST ${path}/runners/reset_registration_token`)).body.token;
    const tokens = [
      gitlab.groups.get(groupId).registrationToken,
      gitlab.projects.get(projectId).registrationToken,
      await reset(`/groups/${groupId}`),
      await reset(`/projects/${projectId}`),
    ];
    for (const token of tokens) assert.match(String(token), /^GR1348941[A-Za-z0-9_-]{20}$/);
    assert.equal(new Set(tokens).size, 4);
  });

  it("§8 older forms and an instance's own prefix are options", async () => {
    const gitlab = await openGitLab({ settings: { runnerTokenForm: "typed" } });
    const project = { runner_type: "project_type", project_id: gitlab.projectId };
    assert.match(await createdToken(gitlab), /^glrt-t1_[A-Za-z0-9_-]{20}$/);
    assert.match(await createdToken(gitlab, project), /^glrt-t3_[A-Za-z0-9_-]{20}$/);
    gitlab.settings.runnerTokenForm = "plain";
    assert.match(await createdToken(gitlab), /^glrt-[A-Za-z0-9_-]{20}$/);
    gitlab.settings.runnerTokenForm = "routable";
    gitlab.settings.instanceTokenPrefix = "acme";
    assert.match(await createdToken(gitlab), /^acme-glrt-[A-Za-z0-9_-]+\.01\.[0-9a-z]{9}$/);
  });

  it("§8 tokens of all forms stay valid in a later GitLab", async () => {
    const gitlab = await openGitLab();
    const tokens: string[] = [];
    for (const version of ["16.0.0-ee", "17.9.0-ee", "18.0.0-ee"]) {
      gitlab.settings.version = version;
      tokens.push(await createdToken(gitlab));
    }
    gitlab.settings.version = "19.2.0-ee";
    for (const token of tokens) {
      const { status, body } = await send(gitlab, "POST /runners/verify", { token: null, json: { token } });
      assert.deepEqual([status, body.token], [200, token]);
    }
  });

  it("§8 a test can plant the next tokens, for creation and for reset", async () => {
    const gitlab = await openGitLab({ nextTokens: ["canary-1"] });
    gitlab.nextTokens.push("canary-2", "canary-3");
    assert.equal(await createdToken(gitlab), "canary-1");
    assert.equal((await send(gitlab, "POST /runners/1/reset_authentication_token")).body.token, "canary-2");
    const reset = await send(gitlab, "POST /runners/reset_authentication_token", { json: { token: "canary-2" } });
    assert.equal(reset.body.token, "canary-3");
    assert.match(await createdToken(gitlab), /^glrt-/);
  });

  it("§8 a token's value shows only on creation, on reset and to its holder", async () => {
    const gitlab = await openGitLab({ nextTokens: ["canary"] });
    const json = { runner_type: "project_type", project_id: gitlab.projectId };
    await send(gitlab, create, { json });
    const requests = [
      "GET /runners",
      "GET /runners/all",
      `GET /projects/${gitlab.projectId}/runners`,
      "GET /runners/1",
      "GET /runners/1/managers",
      "GET /runners/1/projects",
      "GET /runners/1/jobs",
    ];
    for (const request of requests) assert.equal((await send(gitlab, request)).text.includes("canary"), false, request);
    const put = await send(gitlab, "PUT /runners/1", { json: { paused: true } });
    assert.equal(put.text.includes("canary"), false);
  });

  it("§8 the smallest interval that applies wins: instance, groups above, project", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    const { groupId, projectId } = gitlab;
    const top = gitlab.groups.get(groupId);
    const sub = gitlab.createGroup({ path: "sub", parentId: groupId });
    const day = 86_400;
    const daysOf = async (json: unknown) => {
      const { body } = await send(gitlab, create, { json });
      const end = body.token_expires_at;
      return end === null ? null : (Date.parse(String(end)) - gitlab.clock.now().getTime()) / (day * 1000);
    };
    const group = { runner_type: "group_type", group_id: groupId };
    const subgroup = { runner_type: "group_type", group_id: sub.id };
    const project = { runner_type: "project_type", project_id: projectId };
    const all = async () => [
      await daysOf(instance),
      await daysOf(group),
      await daysOf(subgroup),
      await daysOf(project),
    ];
    assert.deepEqual(await all(), [null, null, null, null]);
    gitlab.settings.runnerTokenExpirationInterval = 10 * day;
    assert.deepEqual(await all(), [10, null, null, null]);
    gitlab.settings.groupRunnerTokenExpirationInterval = 20 * day;
    gitlab.settings.projectRunnerTokenExpirationInterval = 30 * day;
    assert.deepEqual(await all(), [10, 20, 20, 30]);
    top.runnerTokenExpirationInterval = 5 * day;
    top.subgroupRunnerTokenExpirationInterval = 6 * day;
    top.projectRunnerTokenExpirationInterval = 7 * day;
    assert.deepEqual(await all(), [10, 5, 6, 7]);
    sub.runnerTokenExpirationInterval = 3 * day;
    gitlab.projects.get(projectId).runnerTokenExpirationInterval = 2 * day;
    assert.deepEqual(await all(), [10, 5, 3, 2]);
  });

  it("§8 settings take no expiry below 7,200 s, at the start, later and over HTTP", async () => {
    const names = [
      "runnerTokenExpirationInterval",
      "groupRunnerTokenExpirationInterval",
      "projectRunnerTokenExpirationInterval",
    ] as const;
    const gitlab = await openGitLab();
    for (const name of names) {
      const refusal = { name: "RangeError", message: `${name} must be at least 7200 seconds` };
      await assert.rejects(openGitLab({ settings: { [name]: 7199 } }), refusal);
      assert.throws(() => {
        gitlab.settings[name] = 7199;
      }, refusal);
      const error = `${name} must be greater than or equal to 7200`;
      const answer = await control(gitlab, "PUT /settings", { [name]: 7199 });
      assert.deepEqual([answer.status, answer.body], [400, { error }]);
      assert.equal(gitlab.settings[name], null);
      assert.equal((await control(gitlab, "PUT /settings", { [name]: 7200 })).status, 200);
    }
    const places = {
      [`/groups/${gitlab.groupId}`]: ["", "subgroup", "project"],
      [`/projects/${gitlab.projectId}`]: [""],
    };
    for (const [path, kinds] of Object.entries(places)) {
      for (const kind of kinds) {
        const name = kind === "" ? "runnerTokenExpirationInterval" : `${kind}RunnerTokenExpirationInterval`;
        assert.equal((await control(gitlab, `PATCH ${path}`, { [name]: 7199 })).status, 400, name);
        assert.equal((await control(gitlab, `PATCH ${path}`, { [name]: 7200 })).status, 200, name);
        assert.equal((await control(gitlab, `PATCH ${path}`, { [name]: null })).status, 200, name);
      }
    }
  });

  it("a test makes a token that lives shorter past the settings", async () => {
    const gitlab = await openGitLab();
    const soon = () => new Date(gitlab.clock.now().getTime() + 1000);
    const made = gitlab.createRunner({ runnerType: "instance_type", tokenExpiresAt: soon() });
    const other = gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.runners.update(other.id, { tokenExpiresAt: soon() });
    gitlab.clock.advance({ seconds: 1 });
    for (const { token } of [made, other]) {
      assert.equal((await send(gitlab, "POST /runners/verify", { token: null, json: { token } })).status, 403);
    }
  });

  it("§8 a changed setting affects only tokens made afterwards", async () => {
    const gitlab = await openGitLab();
    await createdToken(gitlab);
    gitlab.settings.runnerTokenExpirationInterval = 7200;
    await createdToken(gitlab);
    assert.equal(gitlab.runners.get(1).tokenExpiresAt, null);
    assert.notEqual(gitlab.runners.get(2).tokenExpiresAt, null);
  });

  it("§3 token_expires_at is taken between 5 minutes and 15 days ahead, within the settings' limit", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    const ask = async (token_expires_at: string, more: Record<string, unknown> = {}) => {
      const { status, body } = await send(gitlab, create, { json: { ...instance, token_expires_at, ...more } });
      return status === 201 ? body.token_expires_at : body.message;
    };
    const bad = "400 Bad request -";
    assert.equal(await ask("2030-01-01T00:04:59Z"), `${bad} token_expires_at must be at least 5 minutes in the future`);
    assert.equal(await ask("2030-01-01T00:05:00Z"), "2030-01-01T00:05:00.000Z");
    assert.equal(await ask("2030-01-16T00:00:00Z"), "2030-01-16T00:00:00.000Z");
    const tooFar = (maximum: string) => `${bad} token_expires_at is too far in the future (maximum is ${maximum})`;
    assert.equal(await ask("2030-01-16T00:00:01Z"), tooFar("2030-01-16T00:00:00Z"));
    gitlab.settings.runnerTokenExpirationInterval = 7200;
    assert.equal(await ask("2030-01-01T02:00:01Z"), tooFar("2030-01-01T02:00:00Z"));
    assert.equal(await ask("2030-01-01T02:00:00Z"), "2030-01-01T02:00:00.000Z");
    const invalid = await send(gitlab, create, { json: { ...instance, token_expires_at: "soon" } });
    assert.deepEqual([invalid.status, invalid.body], [400, { error: "token_expires_at is invalid" }]);
  });

  it("§3 token_rotation_deadline needs an expiry, lies before it or on it, and not in the past", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    const ask = async (token_rotation_deadline: string, token_expires_at?: string) => {
      const { status, body } = await send(gitlab, create, {
        json: { ...instance, token_rotation_deadline, token_expires_at },
      });
      return status === 201 ? 201 : String(body.message).replace("400 Bad request - ", "");
    };
    const expiry = "2030-01-02T00:00:00Z";
    assert.equal(await ask(expiry), "token_expires_at is required when token_rotation_deadline is specified");
    assert.equal(await ask("2029-12-31T00:00:00Z", expiry), "token_rotation_deadline cannot be in the past");
    assert.equal(
      await ask("2030-01-02T00:00:01Z", expiry),
      "token_rotation_deadline must be less than or equal to token_expires_at",
    );
    assert.equal(await ask(expiry, expiry), 201);
  });

  it("§3 the Community Edition ignores both", async () => {
    const gitlab = await openGitLab({ settings: { enterprise: false } });
    const json = { ...instance, token_expires_at: "2000-01-01T00:00:00Z", token_rotation_deadline: "soon" };
    const { status, body } = await send(gitlab, create, { json });
    assert.deepEqual([status, body.token_expires_at], [201, null]);
  });
});
