import assert from "node:assert/strict";
import { CONTROL_PREFIX } from "../../provider/testing/index.js";
import { control, ids, openGitLab, send } from "./support.js";

describe("stand-in GitLab: the control door", () => {
  it("needs no token, is not logged, and no fault hits it", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ kind: "serverError", count: "all" });
    const { status, body } = await control(gitlab, "GET ");
    assert.equal(CONTROL_PREFIX, "/-/stand-in");
    assert.equal(status, 200);
    assert.ok((body.routes as string[]).includes("GET /state"));
    assert.equal(gitlab.requests.count(), 0);
  });

  it("every route that it lists is there", async () => {
    const gitlab = await openGitLab();
    const routes = (await control(gitlab, "GET ")).body.routes as string[];
    for (const route of routes) {
      const [method = "", path = ""] = route.split(" ");
      if (path === "/requests/wait") continue;
      const answer = await control(gitlab, `${method} ${path.replace(":id", "99")}`);
      assert.notEqual(answer.body.error, "No such route; GET /-/stand-in lists them", route);
      assert.notEqual(answer.status, 500, route);
    }
    const unknown = await control(gitlab, "GET /nothing");
    assert.equal(unknown.status, 404);
    assert.deepEqual(unknown.body, { error: "No such route; GET /-/stand-in lists them" });
  });

  it("GET /state has everything", async () => {
    const gitlab = await openGitLab({ nextTokens: ["next"] });
    gitlab.createRunner({ runnerType: "instance_type", token: "glrt-shown" });
    const { body } = await control(gitlab, "GET /state");
    assert.equal(body.url, gitlab.url);
    assert.deepEqual(body.nextTokens, ["next"]);
    assert.equal((body.runners as { token: string }[])[0]?.token, "glrt-shown");
    assert.deepEqual(Object.keys(body).sort(), [
      "groups",
      "jobs",
      "members",
      "nextTokens",
      "now",
      "projects",
      "runners",
      "settings",
      "tokens",
      "url",
      "users",
    ]);
  });

  it("the log of requests is read, filtered, awaited and cleared", async () => {
    const gitlab = await openGitLab();
    await send(gitlab, "GET /runners?page=1");
    await send(gitlab, "POST /user/runners", { json: {} });
    const all = await control(gitlab, "GET /requests");
    assert.deepEqual(
      all.list.map((request) => [request.method, request.path, request.status]),
      [
        ["GET", "/api/v4/runners?page=1", 200],
        ["POST", "/api/v4/user/runners", 400],
      ],
    );
    assert.deepEqual(ids(await control(gitlab, "GET /requests?method=POST")), [2]);
    assert.deepEqual(ids(await control(gitlab, "GET /requests?path=/runners&status=200")), [1]);
    const waiting = control(gitlab, "GET /requests/wait?path=/version");
    await send(gitlab, "GET /version");
    assert.equal((await waiting).body.path, "/api/v4/version");
    assert.equal((await control(gitlab, "GET /requests/wait?path=/never&timeoutMs=10")).status, 408);
    assert.equal((await control(gitlab, "DELETE /requests")).status, 204);
    assert.equal(gitlab.requests.count(), 0);
  });

  it("the clock is read, set, advanced and stopped", async () => {
    const gitlab = await openGitLab();
    const set = await control(gitlab, "PUT /clock", { now: "2030-01-01T00:00:00Z", stopped: true });
    assert.deepEqual([set.status, set.body.stopped], [200, true]);
    const later = await control(gitlab, "PUT /clock", { advanceSeconds: 7200 });
    assert.equal(Date.parse(String(later.body.now)) - Date.parse(String(set.body.now)), 7_200_000);
    assert.equal((await control(gitlab, "PUT /clock", { stopped: false })).body.stopped, false);
    assert.match(String((await control(gitlab, "GET /clock")).body.now), /^2030-01-01T02:00:0/);
    const wrong = await control(gitlab, "PUT /clock", { now: "soon" });
    assert.deepEqual([wrong.status, wrong.body], [400, { error: "now is invalid" }]);
  });

  it("faults are added, listed and removed", async () => {
    const gitlab = await openGitLab();
    const added = await control(gitlab, "POST /faults", {
      kind: "reply",
      method: "GET",
      path: "/runners",
      status: 418,
      body: { odd: true },
      headers: { "X-Odd": 1 },
      count: "all",
    });
    assert.equal(added.status, 201);
    const answer = await send(gitlab, "GET /runners");
    assert.deepEqual([answer.status, answer.body, answer.headers.get("x-odd")], [418, { odd: true }, "1"]);
    const listed = await control(gitlab, "GET /faults");
    assert.deepEqual([listed.list[0]?.kind, listed.list[0]?.hits], ["reply", 1]);
    assert.equal((await control(gitlab, `DELETE /faults/${added.body.id}`)).status, 204);
    assert.equal((await control(gitlab, `DELETE /faults/${added.body.id}`)).status, 404);
    await control(gitlab, "POST /faults", { kind: "cut", when: "after", nth: 2, delayMs: 1 });
    gitlab.faults.add({ path: /x/, kind: "cut" });
    assert.equal((await control(gitlab, "GET /faults")).list[1]?.path, "/x/");
    assert.equal((await control(gitlab, "DELETE /faults")).status, 204);
    assert.deepEqual(gitlab.faults.list(), []);
  });

  const wrongFaults: [Record<string, unknown>, string][] = [
    [{}, "kind is missing, kind does not have a valid value"],
    [{ kind: "mangle" }, "kind does not have a valid value"],
    [{ kind: "reply" }, "status is missing"],
    [{ kind: "redirect" }, "location is missing"],
    [{ kind: "contentType" }, "contentType is missing"],
    [{ kind: "delay" }, "delayMs is missing"],
    [{ kind: "cut", times: 2 }, "times is not known here"],
    [{ kind: "cut", count: "many" }, "count is invalid"],
  ];
  for (const [json, error] of wrongFaults) {
    it(`refuses the fault ${JSON.stringify(json)}`, async () => {
      const gitlab = await openGitLab();
      const answer = await control(gitlab, "POST /faults", json);
      assert.deepEqual([answer.status, answer.body], [400, { error }]);
      assert.equal(gitlab.faults.list().length, 0);
    });
  }

  it("settings are read and set, and unknown ones refused", async () => {
    const gitlab = await openGitLab();
    const changes = {
      adminMode: true,
      runnerNotFoundMessage: "404 Not found",
      runnerTokenExpirationInterval: 7200,
      validRunnerRegistrars: ["group"],
      authenticatedThrottle: { requests: 5, periodSeconds: 60 },
      externalUrl: "https://git.example.com",
    };
    const set = await control(gitlab, "PUT /settings", changes);
    assert.equal(set.status, 200);
    const read = await control(gitlab, "GET /settings");
    for (const [key, value] of Object.entries(changes)) assert.deepEqual(read.body[key], value);
    assert.equal(gitlab.settings.adminMode, true);
    await control(gitlab, "PUT /settings", { authenticatedThrottle: null });
    assert.equal(gitlab.settings.authenticatedThrottle, null);
    const unknown = await control(gitlab, "PUT /settings", { adminmode: false });
    assert.deepEqual(unknown.body, { error: "adminmode is not known here" });
    const empty = await control(gitlab, "PUT /settings", { version: null });
    assert.deepEqual(empty.body, { error: "version must not be empty" });
    const throttle = await control(gitlab, "PUT /settings", { unauthenticatedThrottle: { requests: "5" } });
    assert.deepEqual(throttle.body, { error: "unauthenticatedThrottle is invalid" });
  });

  it("tokens are planted", async () => {
    const gitlab = await openGitLab();
    await control(gitlab, "PUT /next-tokens", { tokens: ["canary-1", "canary-2"] });
    const created = await send(gitlab, "POST /user/runners", { json: { runner_type: "instance_type" } });
    assert.equal(created.body.token, "canary-1");
    assert.deepEqual((await control(gitlab, "GET /next-tokens")).body, { tokens: ["canary-2"] });
    await control(gitlab, "PUT /next-tokens", { tokens: [] });
    assert.deepEqual(gitlab.nextTokens, []);
  });

  it("users, tokens, groups, projects, members, runners and jobs are made, changed and removed", async () => {
    const gitlab = await openGitLab();
    const make = async (table: string, json: unknown) => {
      const answer = await control(gitlab, `POST /${table}`, json);
      assert.equal(answer.status, 201, answer.text);
      return answer.body;
    };
    const user = await make("users", { username: "ann", state: "active" });
    const token = await make("tokens", { userId: user.id, scopes: ["read_api"], expiresAt: "2999-01-01" });
    const group = await make("groups", { path: "team", runnerTokenExpirationInterval: 7200 });
    const project = await make("projects", { path: "web", groupId: group.id, visibility: "public" });
    await make("members", { userId: user.id, groupId: group.id, role: "maintainer" });
    const runner = await make("runners", {
      runnerType: "project_type",
      projectIds: [project.id],
      tagList: ["b", "a"],
      contactedAt: "2020-01-01T00:00:00Z",
    });
    await make("jobs", { projectId: project.id, runnerId: runner.id });

    const secret = String(token.token);
    const seen = await send(gitlab, `GET /runners/${runner.id}`, { token: secret });
    assert.deepEqual([seen.status, seen.body.status, seen.body.job_execution_status], [200, "offline", "active"]);
    const list = await send(gitlab, "GET /projects/team%2Fweb/runners", { token: secret });
    assert.deepEqual(ids(list), [runner.id]);

    await control(gitlab, `PATCH /runners/${runner.id}`, { description: "drifted", maximumTimeout: null });
    assert.equal(gitlab.runners.get(Number(runner.id)).description, "drifted");
    await control(gitlab, `PATCH /tokens/${token.id}`, { revoked: true });
    assert.equal((await send(gitlab, "GET /runners", { token: secret })).status, 401);
    assert.deepEqual((await control(gitlab, `GET /groups/${group.id}`)).body.path, "team");
    assert.equal((await control(gitlab, `DELETE /runners/${runner.id}`)).status, 204);
    assert.deepEqual((await control(gitlab, `GET /runners/${runner.id}`)).status, 404);
  });

  it("tokens of projects and groups are made with their bot", async () => {
    const gitlab = await openGitLab();
    const made = await control(gitlab, "POST /access-tokens", {
      projectId: gitlab.projectId,
      role: "maintainer",
      scopes: ["create_runner"],
    });
    assert.equal(made.status, 201);
    assert.equal(gitlab.users.get(Number(made.body.userId)).bot, true);
    const json = { runner_type: "project_type", project_id: gitlab.projectId };
    const created = await send(gitlab, "POST /user/runners", { token: String(made.body.token), json });
    assert.equal(created.status, 201);
    const nowhere = await control(gitlab, "POST /access-tokens", {});
    assert.deepEqual(nowhere.body, { error: "Give either groupId or projectId" });
  });

  it("what is wrong is refused with a reason", async () => {
    const gitlab = await openGitLab();
    const refusals: [string, unknown, number, string][] = [
      ["POST /users", {}, 400, "username is missing"],
      ["POST /tokens", { userId: 99 }, 400, "The stand-in GitLab has no user 99"],
      ["POST /members", { userId: 1, role: "boss", groupId: 100 }, 400, "role does not have a valid value"],
      ["PATCH /runners/9", { paused: true }, 404, "There is no runners/9"],
      ["DELETE /jobs/9", undefined, 404, "There is no jobs/9"],
      ["PUT /settings", [1], 400, "the body must be a JSON object"],
      ["POST /runners", { runnerType: "project_type", projectIds: ["x"] }, 400, "projectIds is invalid"],
    ];
    for (const [request, json, status, error] of refusals) {
      const answer = await control(gitlab, request, json);
      assert.deepEqual([answer.status, answer.body], [status, { error }]);
    }
  });
});
