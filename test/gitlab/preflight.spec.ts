import assert from "node:assert/strict";
import { GitLabCallError } from "../../provider/errors.js";
import { GitLabClient } from "../../provider/gitlab/client.js";
import { MissingScopeError } from "../../provider/gitlab/preflight.js";
import { createRunner, deleteRunner, getRunner, updateRunner } from "../../provider/gitlab/runners.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import { personWith } from "../testing/support.js";

const SELF = "/api/v4/personal_access_tokens/self";
const SCOPE = { runner_type: "instance_type" } as const;
const CREATE = {
  verb: "POST",
  path: "/user/runners",
  body: SCOPE,
  needs: { scope: "create_runner", role: "an administrator" },
} as const;

describe("the token's scopes, before the first write", () => {
  let gitlab: StandInGitLab;

  beforeEach(async () => {
    gitlab = await makeGitLab();
  });

  function clientWith(scopes: string[]): GitLabClient {
    return new GitLabClient({ address: gitlab.url, token: personWith(gitlab, { admin: true, scopes }) });
  }

  const paths = () => gitlab.requests.list().map(({ method, path }) => `${method} ${path}`);

  it("are asked once, however many writes come at once, and not at all for reading", async () => {
    const client = clientWith(["create_runner", "manage_runner"]);
    const { id } = gitlab.createRunner({ runnerType: "instance_type" });
    await getRunner(client, { id: String(id), secrets: [] });
    assert.deepEqual(paths(), [`GET /api/v4/runners/${id}`]);
    await Promise.all(Array.from({ length: 5 }, () => createRunner(client, SCOPE)));
    await updateRunner(client, { id: String(id), secrets: [] }, { paused: true });
    assert.equal(paths().filter((path) => path === `GET ${SELF}`).length, 1);
    assert.equal(gitlab.requests.count(), 8);
  });

  it("stop a write that they do not open; the error names the resource, and nothing is sent", async () => {
    const client = clientWith(["read_api", "manage_runner"]);
    const error = await failureOf(client.send({ ...CREATE, resource: "Runner docker" }));
    assert.ok(error instanceof MissingScopeError);
    assert.match(
      error.message,
      /^Runner docker: POST \/api\/v4\/user\/runners at http.* was not sent\. The token lacks the scope create_runner \(api includes it\), it has only read_api, manage_runner: make one/,
    );
    assert.ok(!error.message.includes(client.connection.token));
    assert.deepEqual(paths(), [`GET ${SELF}`]);
  });

  it("are compared for each write anew", async () => {
    const client = clientWith(["create_runner"]);
    const { id } = await createRunner(client, SCOPE);
    for (const act of [updateRunner(client, ref(id), { paused: true }), deleteRunner(client, ref(id))]) {
      assert.match((await failureOf(act)).message, /lacks the scope manage_runner/);
    }
    assert.equal(gitlab.runners.size, 1);
  });

  it("need be no more than api", async () => {
    await createRunner(clientWith(["api"]), SCOPE);
    assert.equal(gitlab.runners.size, 1);
  });

  it("say nothing of an OAuth token or a granular one: GitLab decides", async () => {
    const { id: userId } = gitlab.createUser({ username: "admin2", admin: true });
    const oauth = gitlab.createToken({ userId, kind: "oauth", scopes: ["api"] });
    const granular = gitlab.createToken({ userId, scopes: [], permissions: ["create_runner"] });
    for (const { token } of [oauth, granular]) {
      await createRunner(new GitLabClient({ address: gitlab.url, token }), SCOPE);
    }
    assert.equal(gitlab.runners.size, 2);
  });

  it("say nothing of a granular token that a GitLab before 19 does not tell from others", async () => {
    gitlab.settings.version = "18.11.0-ee";
    const { id: userId } = gitlab.createUser({ username: "admin2", admin: true });
    const { token } = gitlab.createToken({ userId, permissions: ["create_runner"] });
    const error = await failureOf(createRunner(new GitLabClient({ address: gitlab.url, token }), SCOPE));
    assert.match(error.message, /answered 403: insufficient_scope/);
  });

  for (const [what, fault] of [
    ["is down", { kind: "serverError" }],
    ["is cut off", { kind: "cut" }],
    ["is not there (an old GitLab)", { kind: "reply", status: 404, body: { error: "404 Not Found" } }],
    ["is a page", { kind: "reply", status: 200, body: "<html></html>", headers: { "Content-Type": "text/html" } }],
    ["tells something else", { kind: "reply", status: 200, body: { scopes: "all" } }],
  ] as const) {
    it(`do not stop anybody where the endpoint ${what}, and are not asked again`, async () => {
      gitlab.faults.add({ path: "/personal_access_tokens/self", ...fault, count: "all" });
      const client = clientWith(["create_runner"]);
      await createRunner(client, SCOPE);
      await createRunner(client, SCOPE);
      assert.equal(gitlab.runners.size, 2);
      assert.equal(paths().filter((path) => path === `GET ${SELF}`).length, 1);
    });
  }

  it("are no reason to hide that the token itself is refused", async () => {
    const client = new GitLabClient({ address: gitlab.url, token: "glpat-unknown-token" });
    const error = await failureOf(createRunner(client, SCOPE));
    assert.ok(error instanceof GitLabCallError);
    assert.match(error.message, /^POST .* answered 401: 401 Unauthorized/);
  });

  it("are not asked for an endpoint that wants no user's token", async () => {
    const needs = { scope: "", role: "whoever has the runner's token" };
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    await clientWith(["read_api"]).send({ verb: "POST", path: "/runners/verify", body: { token }, needs });
    assert.deepEqual(paths(), ["POST /api/v4/runners/verify"]);
  });
});

function ref(id: number) {
  return { id: String(id), secrets: [] };
}
