import assert from "node:assert/strict";
import { openGitLab, personWith, send } from "./support.js";

const scopes = ["api", "read_api", "create_runner", "manage_runner", "read_user"] as const;
type Scope = (typeof scopes)[number];

/** §1.2: the endpoints, which scopes open each, and what the refusal names. */
const matrix: { request: string; opens: Scope[]; names: string; json?: Record<string, unknown> }[] = [
  {
    request: "POST /user/runners",
    opens: ["api", "create_runner"],
    names: "create_runner api read_api",
    json: { runner_type: "instance_type" },
  },
  { request: "GET /runners", opens: ["api", "read_api"], names: "manage_runner api read_api" },
  { request: "GET /runners/all", opens: ["api", "read_api"], names: "manage_runner api read_api" },
  { request: "GET /projects/1000/runners", opens: ["api", "read_api"], names: "manage_runner api read_api" },
  { request: "GET /groups/100/runners", opens: ["api", "read_api"], names: "manage_runner api read_api" },
  { request: "GET /runners/1", opens: ["api", "read_api", "manage_runner"], names: "manage_runner api read_api" },
  {
    request: "GET /runners/1/managers",
    opens: ["api", "read_api", "manage_runner"],
    names: "manage_runner api read_api",
  },
  {
    request: "GET /runners/1/projects",
    opens: ["api", "read_api", "manage_runner"],
    names: "manage_runner api read_api",
  },
  { request: "GET /runners/1/jobs", opens: ["api", "read_api", "manage_runner"], names: "manage_runner api read_api" },
  {
    request: "PUT /runners/1",
    opens: ["api", "manage_runner"],
    names: "manage_runner api read_api",
    json: { paused: false },
  },
  { request: "DELETE /runners/1", opens: ["api", "manage_runner"], names: "manage_runner api read_api" },
  {
    request: "POST /runners/1/reset_authentication_token",
    opens: ["api", "manage_runner"],
    names: "manage_runner api read_api",
  },
  {
    request: "POST /projects/1001/runners",
    opens: ["api"],
    names: "manage_runner api read_api",
    json: { runner_id: 2 },
  },
  { request: "DELETE /projects/1001/runners/3", opens: ["api"], names: "manage_runner api read_api" },
  { request: "POST /runners/reset_registration_token", opens: ["api"], names: "manage_runner api read_api" },
  {
    request: "POST /projects/1000/runners/reset_registration_token",
    opens: ["api"],
    names: "manage_runner api read_api",
  },
  { request: "POST /groups/100/runners/reset_registration_token", opens: ["api"], names: "manage_runner api read_api" },
  { request: "GET /version", opens: ["api", "read_api", "read_user"], names: "read_user api read_api" },
  { request: "GET /metadata", opens: ["api", "read_api", "read_user"], names: "read_user api read_api" },
  { request: "GET /personal_access_tokens/self", opens: [...scopes], names: "" },
  {
    request: "POST /users",
    opens: ["api"],
    names: "read_user api read_api",
    json: { email: "a@example.com", username: "a", name: "A", password: "long enough" },
  },
  {
    request: "POST /users/1/personal_access_tokens",
    opens: ["api"],
    names: "read_user api read_api",
    json: { name: "t", scopes: ["api"] },
  },
];

describe("stand-in GitLab: §1.2 scopes", () => {
  for (const { request, opens, names, json } of matrix) {
    for (const scope of scopes) {
      const open = opens.includes(scope);
      it(`§1.2 ${scope} ${open ? "opens" : "does not open"} ${request}`, async () => {
        const gitlab = await openGitLab();
        const other = gitlab.createProject({ path: "other" });
        gitlab.createRunner({ runnerType: "instance_type" });
        gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId] });
        gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId, other.id] });
        const token = personWith(gitlab, { admin: true, scopes: [scope] });
        const answer = await send(gitlab, request, { token, ...(json ? { json } : {}) });
        if (open) {
          assert.ok(answer.status >= 200 && answer.status < 300, `${answer.status} ${answer.text}`);
        } else {
          assert.equal(answer.status, 403);
          assert.deepEqual(answer.body, {
            error: "insufficient_scope",
            error_description: "The request requires higher privileges than provided by the access token.",
            scope: names,
          });
        }
      });
    }
  }

  it("§1.2 create_runner, manage_runner and read_api together are enough to create, read, change, delete and list", async () => {
    const gitlab = await openGitLab();
    const token = personWith(gitlab, {
      role: "owner",
      groupId: gitlab.groupId,
      scopes: ["create_runner", "manage_runner", "read_api"],
    });
    const json = { runner_type: "group_type", group_id: gitlab.groupId };
    assert.equal((await send(gitlab, "POST /user/runners", { token, json })).status, 201);
    assert.equal((await send(gitlab, "GET /runners/1", { token })).status, 200);
    assert.equal((await send(gitlab, "PUT /runners/1", { token, json: { paused: true } })).status, 200);
    assert.equal((await send(gitlab, `GET /groups/${gitlab.groupId}/runners`, { token })).list.length, 1);
    assert.equal((await send(gitlab, "DELETE /runners/1", { token })).status, 204);
  });
});
