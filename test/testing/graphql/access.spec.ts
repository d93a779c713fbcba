import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { openGitLab, personWith, send } from "../support.js";
import { ask, askWell, gid, listOf, messages, nodesOf, post, unavailable } from "./support.js";

const me = "{ currentUser { username } }";

describe("stand-in GitLab: §9 who may use GraphQL", () => {
  for (const scope of ["api", "read_api"]) {
    it(`§9 ${scope} opens queries`, async () => {
      const gitlab = await openGitLab();
      const token = personWith(gitlab, { scopes: [scope] });
      assert.deepEqual(await askWell(gitlab, me, { token }), { currentUser: { username: "user2" } });
    });
  }

  for (const scope of ["create_runner", "manage_runner", "read_user"]) {
    it(`§9 ${scope} does not work here`, async () => {
      const gitlab = await openGitLab();
      const answer = await ask(gitlab, me, { token: personWith(gitlab, { scopes: [scope] }) });
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.body, { errors: [{ message: "Invalid token" }] });
    });
  }

  it("§9 a fine-grained token has neither read_api nor api, and works for REST only", async () => {
    const gitlab = await openGitLab();
    const permissions = ["read_runner", "create_runner"];
    const { token } = gitlab.createToken({ userId: gitlab.userId, permissions });
    const answer = await ask(gitlab, me, { token });
    assert.deepEqual([answer.status, answer.body], [401, { errors: [{ message: "Invalid token" }] }]);
    assert.equal((await send(gitlab, "GET /runners", { token })).status, 200);
  });

  it("§9 an unknown, an expired and a revoked token are all 401 with one error", async () => {
    const gitlab = await openGitLab();
    const expired = gitlab.createToken({ userId: gitlab.userId, expiresAt: "2001-01-01" }).token;
    const revoked = gitlab.createToken({ userId: gitlab.userId });
    revoked.revoked = true;
    for (const token of ["glpat-fake-unknown", expired, revoked.token]) {
      const answer = await ask(gitlab, me, { token });
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.body, { errors: [{ message: "Invalid token" }] });
    }
  });

  it("§1.1 the token is taken from each place that REST takes it from", async () => {
    const gitlab = await openGitLab();
    const query = `${gitlab.url}/api/graphql?query=${encodeURIComponent(me)}`;
    const root = { data: { currentUser: { username: "root" } } };
    const byHeader = await fetch(query, { headers: { "PRIVATE-TOKEN": gitlab.token } });
    assert.deepEqual(await byHeader.json(), root);
    const byQuery = await fetch(`${query}&private_token=${gitlab.token}`);
    assert.deepEqual(await byQuery.json(), root);
  });

  it("§9 without a token there is what is public, and nothing else", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.createGroup({ path: "open", visibility: "public" });
    const query = `{ currentUser { id } runner(id: "gid://gitlab/Ci::Runner/1") { id }
      closed: group(fullPath: "example-group") { id } open: group(fullPath: "open") { fullPath } }`;
    assert.deepEqual(await askWell(gitlab, query, { token: null }), {
      currentUser: null,
      runner: null,
      closed: null,
      open: { fullPath: "open" },
    });
    const list = await ask(gitlab, "{ runners { nodes { id } } }", { token: null });
    assert.deepEqual(messages(list), [unavailable]);
  });

  it("§9 read_api does not open mutations: nothing changes, the payload is null", async () => {
    const gitlab = await openGitLab();
    const token = gitlab.createToken({ userId: gitlab.userId, scopes: ["read_api"] }).token;
    const answer = await ask(gitlab, "mutation { runnerCreate(input: { runnerType: INSTANCE_TYPE }) { errors } }", {
      token,
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.data, { runnerCreate: null });
    assert.deepEqual(messages(answer), [unavailable]);
    assert.deepEqual(answer.errors[0]?.path, ["runnerCreate"]);
    assert.equal(gitlab.runners.size, 0);
  });

  it("a blocked user is refused", async () => {
    const gitlab = await openGitLab();
    const user = gitlab.createUser({ username: "gone" });
    user.state = "blocked";
    const answer = await ask(gitlab, me, { token: gitlab.createToken({ userId: user.id }).token });
    assert.equal(answer.status, 403);
    assert.deepEqual(answer.body, { errors: [{ message: "API not accessible for user" }] });
  });

  it("§1.1 with Admin Mode an administrator's token without admin_mode has no administrator's power", async () => {
    const gitlab = await openGitLab({ settings: { adminMode: true } });
    const list = "{ runners { nodes { id } } }";
    assert.deepEqual(messages(await ask(gitlab, list)), [unavailable]);
    const token = gitlab.createToken({ userId: gitlab.userId, scopes: ["api", "admin_mode"] }).token;
    await askWell(gitlab, list, { token });
  });

  it("tells the jobs of the instance to an administrator by status, the latest first, and to others none", async () => {
    const gitlab = await openGitLab();
    const { projectId } = gitlab;
    for (const tagList of [["a"], []]) gitlab.createJob({ projectId, status: "pending", tagList });
    gitlab.createJob({ projectId });
    const list = "{ jobs(statuses: [PENDING], first: 100) { count nodes { id tags project { fullPath } } } }";
    const { jobs } = await askWell(gitlab, list);
    assert.deepEqual(
      nodesOf(jobs).map(({ id, tags }) => [id, tags]),
      [
        [gid(50_001, "Ci::Build"), []],
        [gid(50_000, "Ci::Build"), ["a"]],
      ],
    );
    const { token } = gitlab.createToken({ userId: gitlab.createUser({ username: "aud", auditor: true }).id });
    assert.deepEqual(nodesOf((await askWell(gitlab, list, { token })).jobs), []);
  });

  it("§1.6 the user's rate limit counts, and in Maintenance Mode and on a Geo secondary only reading works", async () => {
    const gitlab = await openGitLab({ settings: { authenticatedThrottle: { requests: 3, periodSeconds: 3600 } } });
    gitlab.clock.stop();
    const mutation = "mutation { runnerCreate(input: { runnerType: INSTANCE_TYPE }) { errors } }";
    gitlab.settings.maintenanceMode = true;
    assert.deepEqual(messages(await ask(gitlab, mutation)), ["GitLab Maintenance: system is in maintenance mode"]);
    gitlab.settings.maintenanceMode = false;
    gitlab.settings.readOnly = true;
    assert.deepEqual(messages(await ask(gitlab, mutation)), [
      "You cannot perform write operations on a read-only instance",
    ]);
    await askWell(gitlab, me);
    const throttled = await ask(gitlab, me);
    assert.equal(throttled.status, 429);
    assert.equal(throttled.text, "Retry later\n");
    assert.equal(gitlab.runners.size, 0);
  });
});

describe("stand-in GitLab: §9 forms of requests", () => {
  it("loads the library for GraphQL with the first query only", () => {
    const script = `const { startGitLab } = require(${JSON.stringify(require.resolve("../../../provider/testing/index.js"))});
      const loaded = () => Object.keys(require.cache).some((file) => /node_modules.graphql./.test(file));
      startGitLab().then(async (gitlab) => {
        await fetch(gitlab.url + "/api/v4/version");
        const before = loaded();
        await fetch(gitlab.url + "/api/graphql?query={currentUser{id}}");
        console.log(JSON.stringify([before, loaded()]));
        await gitlab.close();
      });`;
    assert.equal(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }), "[false,true]\n");
  });

  it("takes queries and variables from JSON, from a form and from the address", async () => {
    const gitlab = await openGitLab();
    const query = "query Named($text: String!) { echo(text: $text) }";
    const variables = { text: "hi" };
    assert.deepEqual(await askWell(gitlab, query, { variables }), { echo: '"root" says: hi' });
    const fields = { query, variables: JSON.stringify(variables), private_token: gitlab.token };
    const form = await fetch(`${gitlab.url}/api/graphql?private_token=${gitlab.token}`, {
      method: "POST",
      body: new URLSearchParams(fields),
    });
    assert.deepEqual(await form.json(), { data: { echo: '"root" says: hi' } });
    const address = await fetch(`${gitlab.url}/api/graphql?${new URLSearchParams(fields)}`);
    assert.deepEqual(await address.json(), { data: { echo: '"root" says: hi' } });
  });

  it("answers a list of queries with a list", async () => {
    const gitlab = await openGitLab();
    const answer = await post(gitlab, [{ query: me }, { query: "{ nothing }" }], gitlab.token);
    assert.equal(answer.list.length, 2);
    assert.deepEqual(answer.list[0], { data: { currentUser: { username: "root" } } });
    assert.equal(listOf(answer.list[1]?.errors).length, 1);
  });

  it("chooses the operation by its name", async () => {
    const gitlab = await openGitLab();
    const query = `query A { echo(text: "a") } query B { echo(text: "b") }`;
    assert.deepEqual(await askWell(gitlab, query, { operationName: "B" }), { echo: '"root" says: b' });
    assert.deepEqual(messages(await ask(gitlab, query)), ["An operation name is required"]);
    assert.deepEqual(messages(await ask(gitlab, query, { operationName: "C" })), ['No operation named "C"']);
  });

  it("refuses a body that is no JSON", async () => {
    const gitlab = await openGitLab();
    const headers = { "content-type": "application/json", "PRIVATE-TOKEN": gitlab.token };
    const response = await fetch(`${gitlab.url}/api/graphql`, { method: "POST", headers, body: '{"query":' });
    assert.equal(response.status, 400);
  });

  it("refuses mutations in GET requests, and variables that are no object", async () => {
    const gitlab = await openGitLab();
    const query = "mutation { runnerCreate(input: { runnerType: INSTANCE_TYPE }) { errors } }";
    const url = `${gitlab.url}/api/graphql?private_token=${gitlab.token}&query=${encodeURIComponent(query)}`;
    const response = await fetch(url);
    assert.equal(response.status, 422);
    assert.deepEqual(await response.json(), { errors: [{ message: "Mutations are forbidden in GET requests" }] });
    assert.equal((await post(gitlab, { query: me, variables: "[" }, gitlab.token)).status, 422);
    assert.equal((await post(gitlab, { query: me, variables: [1] }, gitlab.token)).status, 422);
    assert.equal(gitlab.runners.size, 0);
  });
});
