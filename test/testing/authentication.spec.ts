import assert from "node:assert/strict";
import { openGitLab, personWith, read, send } from "./support.js";

describe("stand-in GitLab: §1.1 authentication", () => {
  it("§1.1 takes a token as PRIVATE-TOKEN, as private_token in the query, and as Bearer", async () => {
    const gitlab = await openGitLab();
    const { token: oauth } = gitlab.createToken({ userId: gitlab.userId, kind: "oauth" });
    const ways: [string, Record<string, string>][] = [
      ["", { "PRIVATE-TOKEN": gitlab.token }],
      [`?private_token=${gitlab.token}`, {}],
      ["", { Authorization: `Bearer ${gitlab.token}` }],
      ["", { Authorization: `Bearer ${oauth}` }],
    ];
    for (const [query, headers] of ways) {
      const answer = await send(gitlab, `GET /runners/all${query}`, { token: null, headers });
      assert.equal(answer.status, 200);
    }
  });

  it("§1.3 no token, an empty one, an unknown one and a job token are 401", async () => {
    const gitlab = await openGitLab();
    const ways: Record<string, string>[] = [
      {},
      { "PRIVATE-TOKEN": "" },
      { "PRIVATE-TOKEN": "glpat-unknown" },
      { Authorization: "Bearer unknown" },
      { Authorization: `Basic ${gitlab.token}` },
      { "JOB-TOKEN": gitlab.token },
    ];
    for (const headers of ways) {
      const answer = await send(gitlab, "GET /runners", { token: null, headers });
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.body, { message: "401 Unauthorized" });
    }
  });

  it("§1.3 an expired and a revoked token are told apart, with WWW-Authenticate", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    const token = gitlab.createToken({ userId: gitlab.userId, expiresAt: "2030-01-02" });
    assert.equal((await send(gitlab, "GET /runners", { token: token.token })).status, 200);
    token.revoked = true;
    const revoked = await send(gitlab, "GET /runners", { token: token.token });
    assert.equal(revoked.status, 401);
    assert.deepEqual(revoked.body, {
      error: "invalid_token",
      error_description: "Token was revoked. You have to re-authorize from the user.",
    });
    gitlab.clock.advance({ days: 1 });
    const expired = await send(gitlab, "GET /runners", { token: token.token });
    assert.equal(expired.status, 401);
    assert.deepEqual(expired.body, {
      error: "invalid_token",
      error_description: "Token is expired. You can either do re-authorization or token refresh.",
    });
    assert.match(expired.headers.get("www-authenticate") ?? "", /^Bearer .*error="invalid_token"/);
  });

  it("§1.3 401 comes before 400, 403 of a scope too", async () => {
    const gitlab = await openGitLab();
    assert.equal((await send(gitlab, "GET /runners/abc", { token: null })).status, 401);
    assert.equal((await send(gitlab, "POST /user/runners", { token: null, json: {} })).status, 401);
    const token = personWith(gitlab, { scopes: ["read_user"] });
    assert.equal((await send(gitlab, "PUT /runners/abc", { token, json: {} })).status, 403);
  });

  it("§1.1 Admin Mode is off by default; with it an administrator's token needs admin_mode", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    const withMode = personWith(gitlab, { admin: true, scopes: ["api", "admin_mode"] });
    const change = async (token: string) =>
      (await send(gitlab, "PUT /runners/1", { token, json: { paused: false } })).status;
    assert.equal(await change(gitlab.token), 200);
    gitlab.settings.adminMode = true;
    assert.equal(await change(gitlab.token), 403);
    assert.equal((await send(gitlab, "GET /runners/all")).status, 403);
    assert.equal(await change(withMode), 200);
  });

  it("§1.1 a fine-grained token may do what its permissions say, whatever scopes would open", async () => {
    const gitlab = await openGitLab();
    const permissions = ["create_runner", "read_runner"];
    const { token } = gitlab.createToken({ userId: gitlab.userId, permissions });
    const json = { runner_type: "instance_type" };
    assert.equal((await send(gitlab, "POST /user/runners", { token, json })).status, 201);
    assert.equal((await send(gitlab, "GET /runners/1", { token })).status, 200);
    const refused = await send(gitlab, "DELETE /runners/1", { token });
    assert.equal(refused.status, 403);
    assert.equal(refused.body.error, "insufficient_granular_scope");
    assert.match(String(refused.body.error_description), /delete_runner/);
    const self = await send(gitlab, "GET /personal_access_tokens/self", { token });
    assert.equal(self.body.granular, true);
  });

  it("§1.1 each endpoint asks a fine-grained token for one permission of the seven", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId, userId } = gitlab;
    const requests: Record<string, string[]> = {
      read_runner: [
        "GET /runners",
        "GET /runners/all",
        `GET /projects/${projectId}/runners`,
        `GET /groups/${groupId}/runners`,
        "GET /runners/1",
        "GET /runners/1/managers",
        "GET /runners/1/projects",
        "GET /runners/1/jobs",
      ],
      update_runner: ["PUT /runners/1", "POST /runners/1/reset_authentication_token"],
      delete_runner: ["DELETE /runners/1"],
      create_runner: ["POST /user/runners"],
      assign_runner: [`POST /projects/${projectId}/runners`],
      unassign_runner: [`DELETE /projects/${projectId}/runners/1`],
      reset_runner_registration_token: [
        "POST /runners/reset_registration_token",
        `POST /projects/${projectId}/runners/reset_registration_token`,
        `POST /groups/${groupId}/runners/reset_registration_token`,
      ],
    };
    for (const permission of Object.keys(requests)) {
      const { token } = gitlab.createToken({ userId, permissions: [permission] });
      for (const [needed, paths] of Object.entries(requests)) {
        for (const request of paths) {
          const { body } = await send(gitlab, request, { token });
          const isOpen = body.error !== "insufficient_granular_scope";
          assert.equal(isOpen, needed === permission, `${request} with ${permission}`);
        }
      }
    }
  });

  it("§1.1 a fine-grained token may do it within its boundaries only; a group has all below it", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const other = gitlab.createGroup({ path: "other" }).id;
    gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.createRunner({ runnerType: "group_type", groupId });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] });
    gitlab.createRunner({ runnerType: "group_type", groupId: other });
    const requests = [
      ...[1, 2, 3, 4].map((id) => `GET /runners/${id}`),
      "GET /runners",
      "GET /runners/all",
      `GET /groups/${groupId}/runners`,
      "GET /projects/example-group%2Fexample-project/runners",
      `GET /groups/${other}/runners`,
      "GET /runners/99",
    ];
    const permissions = ["read_runner", "create_runner"];
    for (const [boundary, expected] of [
      ["instance", [200, 403, 403, 403, 403, 200, 403, 403, 403, 404]],
      ["user", [403, 403, 403, 403, 200, 403, 403, 403, 403, 404]],
      [`group/${groupId}`, [403, 200, 200, 403, 403, 403, 200, 200, 403, 404]],
      [`project/${projectId}`, [403, 403, 200, 403, 403, 403, 403, 200, 403, 404]],
    ] as const) {
      const { token } = gitlab.createToken({ userId: gitlab.userId, permissions, boundaries: [boundary] });
      const statuses = [];
      for (const request of requests) statuses.push((await send(gitlab, request, { token })).status);
      assert.deepEqual(statuses, expected, boundary);
      const json = { runner_type: "group_type", group_id: groupId };
      const { status } = await send(gitlab, "POST /user/runners", { token, json });
      assert.equal(status, boundary === `group/${groupId}` ? 201 : 403, boundary);
    }
  });

  it("§1.1 the token of a blocked user is 403, that of a deleted user 401", async () => {
    const gitlab = await openGitLab();
    const user = gitlab.createUser({ username: "leaver" });
    const { token } = gitlab.createToken({ userId: user.id });
    user.state = "blocked";
    assert.equal((await send(gitlab, "GET /runners", { token })).status, 403);
    gitlab.users.remove(user.id);
    assert.equal((await send(gitlab, "GET /runners", { token })).status, 401);
  });

  it("§1.1 a project's access token is a member by its role", async () => {
    const gitlab = await openGitLab();
    const { projectId } = gitlab;
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] });
    const good = gitlab.createAccessToken({ projectId, scopes: ["api"] });
    const weak = gitlab.createAccessToken({ projectId, scopes: ["api"], role: "developer" });
    assert.equal((await send(gitlab, "GET /runners/1", { token: good.token })).status, 200);
    assert.equal((await send(gitlab, "GET /runners/1", { token: weak.token })).status, 403);
    const group = gitlab.createAccessToken({ groupId: gitlab.groupId, role: "owner" });
    assert.equal((await send(gitlab, "GET /runners/1", { token: group.token })).status, 200);
  });
});

describe("stand-in GitLab: §1.3 routes", () => {
  it("§1.3 no such route is 404 with the key error, without asking for a token", async () => {
    const gitlab = await openGitLab();
    for (const request of ["GET /runner", "POST /nothing", "GET /runners/1/jobs/2", "GET /", "PATCH /projects/1"]) {
      const answer = await send(gitlab, request, { token: null });
      assert.equal(answer.status, 404, request);
      assert.deepEqual(answer.body, { error: "404 Not Found" });
    }
    const old = await read(await fetch(`${gitlab.url}/api/v3/runners`));
    assert.deepEqual([old.status, old.body], [404, { error: "404 Not Found" }]);
  });

  it("§1.3 a known route with another method is 405", async () => {
    const gitlab = await openGitLab();
    const requests = {
      "PATCH /runners/1": "GET, HEAD, PUT, DELETE",
      "POST /runners/1": "GET, HEAD, PUT, DELETE",
      "PUT /runners": "POST, DELETE, GET, HEAD",
      "GET /user/runners": "POST",
      "DELETE /metadata": "GET, HEAD",
      "PUT /jobs/request": "POST",
    };
    for (const [request, allow] of Object.entries(requests)) {
      const answer = await send(gitlab, request, { token: null });
      assert.equal(answer.status, 405, request);
      assert.deepEqual(answer.body, { error: "405 Not Allowed" });
      assert.equal(answer.headers.get("allow"), allow);
    }
  });

  it("§1.4 words in the place of an id are no id", async () => {
    const gitlab = await openGitLab();
    const answer = await send(gitlab, "GET /runners/verify");
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, { error: "id is invalid" });
  });

  it("outside of the API there is a page, not JSON", async () => {
    const gitlab = await openGitLab();
    const answer = await read(await fetch(`${gitlab.url}/runners`));
    assert.equal(answer.status, 404);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/html/);
  });

  it("HEAD answers as GET without a body; slashes too many are forgiven", async () => {
    const gitlab = await openGitLab();
    const head = await send(gitlab, "HEAD /runners/all");
    assert.deepEqual([head.status, head.text, head.headers.get("x-total")], [200, "", "0"]);
    assert.equal((await send(gitlab, "GET /runners/all/")).status, 200);
    assert.equal((await send(gitlab, "GET //runners//all")).status, 200);
  });

  it("every answer has an id to ask about", async () => {
    const gitlab = await openGitLab();
    for (const request of ["GET /runners/all", "GET /runners/9", "GET /nowhere", "PATCH /runners/1"]) {
      assert.match((await send(gitlab, request)).headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/, request);
    }
  });
});
