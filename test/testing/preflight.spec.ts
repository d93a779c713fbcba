import assert from "node:assert/strict";
import { openGitLab, personWith, send } from "./support.js";

describe("stand-in GitLab: §7 preflight", () => {
  for (const path of ["/version", "/metadata"]) {
    it(`§7 GET ${path} tells version, revision, kas and edition`, async () => {
      const gitlab = await openGitLab({ settings: { version: "18.9.0", enterprise: false } });
      const { status, body } = await send(gitlab, `GET ${path}`);
      assert.equal(status, 200);
      assert.equal(body.version, "18.9.0");
      assert.equal(body.enterprise, false);
      assert.equal(typeof body.revision, "string");
      assert.deepEqual(Object.keys(body.kas ?? {}), ["enabled", "externalUrl", "externalK8sProxyUrl", "version"]);
      assert.equal((await send(gitlab, `GET ${path}`, { token: null })).status, 401);
    });
  }

  it("§7 GET /personal_access_tokens/self tells of the token, with any scope, and not its secret", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    const { id } = gitlab.createUser({ username: "ann" });
    const { token } = gitlab.createToken({
      userId: id,
      name: "laptop",
      scopes: ["create_runner"],
      expiresAt: "2030-06-01",
    });
    const { status, body } = await send(gitlab, "GET /personal_access_tokens/self", { token });
    assert.equal(status, 200);
    assert.deepEqual(body, {
      id: 2,
      name: "laptop",
      revoked: false,
      created_at: "2030-01-01T00:00:00.000Z",
      description: null,
      scopes: ["create_runner"],
      user_id: id,
      last_used_at: "2030-01-01T00:00:00.000Z",
      active: true,
      expired: false,
      granular: false,
      expires_at: "2030-06-01",
      last_used_ips: ["127.0.0.1"],
    });
  });

  it("§7 an OAuth token is 400 there, no token 401; a project's token works", async () => {
    const gitlab = await openGitLab();
    const self = "GET /personal_access_tokens/self";
    const oauth = gitlab.createToken({ userId: gitlab.userId, kind: "oauth" });
    const answer = await send(gitlab, self, { token: null, headers: { Authorization: `Bearer ${oauth.token}` } });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, {
      message: "400 Bad request - This endpoint requires token type to be a personal access token",
    });
    assert.equal((await send(gitlab, self, { token: null })).status, 401);
    const { token } = gitlab.createAccessToken({ projectId: gitlab.projectId });
    assert.equal((await send(gitlab, self, { token })).body.expires_at, null);
  });
});

describe("stand-in GitLab: §10.18 making users and tokens", () => {
  const ann = { email: "ann@example.com", username: "ann", name: "Ann", password: "correct horse" };

  it("§10.18 POST /users makes a user, POST /users/:id/personal_access_tokens a token that works", async () => {
    const gitlab = await openGitLab();
    const user = await send(gitlab, "POST /users", { json: { ...ann, admin: true } });
    assert.equal(user.status, 201);
    assert.equal(user.body.username, "ann");
    assert.equal(user.body.email, "ann@example.com");
    assert.equal(user.body.is_admin, true);
    assert.equal("password" in user.body, false);
    const made = await send(gitlab, `POST /users/${user.body.id}/personal_access_tokens`, {
      json: { name: "ci", scopes: ["create_runner", "read_api"], expires_at: "2999-01-01" },
    });
    assert.equal(made.status, 201);
    assert.match(String(made.body.token), /^glpat-/);
    assert.deepEqual(made.body.scopes, ["read_api", "create_runner"]);
    assert.equal(made.body.expires_at, "2999-01-01");
    const token = String(made.body.token);
    const json = { runner_type: "instance_type" };
    assert.equal((await send(gitlab, "POST /user/runners", { token, json })).status, 201);
  });

  it("§10.18 refuses a second user of the same name or address, and what is missing", async () => {
    const gitlab = await openGitLab();
    await send(gitlab, "POST /users", { json: ann });
    const email = await send(gitlab, "POST /users", { json: { ...ann, username: "other", email: "ANN@example.com" } });
    assert.deepEqual([email.status, email.body], [409, { message: "Email has already been taken" }]);
    const name = await send(gitlab, "POST /users", { json: { ...ann, email: "other@example.com" } });
    assert.deepEqual([name.status, name.body], [409, { message: "Username has already been taken" }]);
    const blank = await send(gitlab, "POST /users", { json: { ...ann, name: "" } });
    assert.deepEqual([blank.status, blank.body], [400, { message: { name: ["can't be blank"] } }]);
    const missing = await send(gitlab, "POST /users", { json: {} });
    assert.equal(missing.status, 400);
    assert.deepEqual(missing.body, {
      error:
        "email is missing, name is missing, username is missing, password, reset_password, force_random_password are missing, at least one parameter must be provided",
    });
  });

  it("§10.18 tokens need known scopes and a known user; without a date they last a year", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    const path = `POST /users/${gitlab.userId}/personal_access_tokens`;
    const unknown = await send(gitlab, path, { json: { name: "t", scopes: ["everything"] } });
    assert.equal(unknown.status, 400);
    assert.deepEqual(unknown.body, { error: "scopes does not have a valid value" });
    const nobody = await send(gitlab, "POST /users/99/personal_access_tokens", {
      json: { name: "t", scopes: ["api"] },
    });
    assert.deepEqual([nobody.status, nobody.body], [404, { message: "404 User Not Found" }]);
    const made = await send(gitlab, path, { json: { name: "t", scopes: ["api"] } });
    assert.equal(made.body.expires_at, "2031-01-01");
  });

  it("§10.18 is for administrators", async () => {
    const gitlab = await openGitLab();
    const token = personWith(gitlab, { role: "owner", groupId: gitlab.groupId });
    assert.equal((await send(gitlab, "POST /users", { token, json: ann })).status, 403);
    const json = { name: "t", scopes: ["api"] };
    assert.equal((await send(gitlab, "POST /users/1/personal_access_tokens", { token, json })).status, 403);
  });
});

describe("stand-in GitLab: GET /user, which clients of others ask first", () => {
  for (const scope of ["api", "read_api", "read_user"]) {
    it(`tells ${scope} whose token it is`, async () => {
      const gitlab = await openGitLab();
      const { status, body } = await send(gitlab, "GET /user", { token: personWith(gitlab, { scopes: [scope] }) });
      assert.deepEqual([status, body.id, body.username, body.is_admin], [200, 2, "user2", false]);
    });
  }

  it("is closed to create_runner and manage_runner", async () => {
    const gitlab = await openGitLab();
    for (const scope of ["create_runner", "manage_runner"]) {
      const answer = await send(gitlab, "GET /user", { token: personWith(gitlab, { scopes: [scope] }) });
      assert.equal(answer.body.error, "insufficient_scope");
    }
  });
});
