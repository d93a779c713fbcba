import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { GitLabCallError, isRefusal } from "../../provider/errors.js";
import { GitLabClient } from "../../provider/gitlab/client.js";
import { listRunningJobs } from "../../provider/gitlab/jobs.js";
import { listRunners } from "../../provider/gitlab/lookups.js";
import { createRunner, deleteRunner, getRunner, updateRunner } from "../../provider/gitlab/runners.js";
import { resetToken, verifyToken } from "../../provider/gitlab/runnerTokens.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";

const SCOPE = { runner_type: "instance_type" } as const;
const RUNNER = { id: "1", secrets: [] };

describe("answers that are spoiled on their way", () => {
  let gitlab: StandInGitLab;
  let client: GitLabClient;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    client = new GitLabClient({ address: gitlab.url, token: gitlab.token }, { timeout: 300 });
  });

  async function refusal(call: Promise<unknown>): Promise<GitLabCallError> {
    const error = await failureOf(call);
    assert.ok(error instanceof GitLabCallError, String(error));
    assert.ok(!JSON.stringify(error).includes(gitlab.token) && !error.message.includes(gitlab.token));
    return error;
  }

  const writes = (method: string) => gitlab.requests.count((request) => request.method === method);

  for (const fault of [{ kind: "truncate" }, { kind: "malformedJson" }, { kind: "cut", when: "after" }] as const) {
    it(`are asked for again (${fault.kind}), where nothing can happen twice`, async () => {
      for (const method of ["GET", "PUT"]) gitlab.faults.add({ method, path: "/runners/1", ...fault });
      assert.equal((await getRunner(client, RUNNER)).id, 1);
      assert.equal((await updateRunner(client, RUNNER, { paused: true })).paused, true);
      assert.deepEqual([writes("PUT"), gitlab.runners.get(1)?.paused], [2, true]);
    });

    it(`of a creation (${fault.kind}) are not: the error says that it may have happened`, async () => {
      gitlab.faults.add({ method: "POST", path: "/user/runners", ...fault });
      const { call, message } = await refusal(createRunner(client, SCOPE));
      assert.deepEqual([call.mayHaveHappened, writes("POST"), gitlab.runners.size], [true, 1, 2]);
      assert.match(message, /may have created the runner all the same/);
    });
  }

  it("with a wrong Content-Type still give the token of a creation, which is shown once", async () => {
    for (const contentType of ["text/html", "text/plain", "application/octet-stream"]) {
      gitlab.faults.add({ method: "POST", path: "/user/runners", kind: "contentType", contentType });
      const { id, token } = await createRunner(client, SCOPE);
      assert.equal(token, gitlab.runners.get(id)?.token);
    }
  });

  it("are none for the runner that was asked for when they describe another one", async () => {
    gitlab.createRunner({ runnerType: "instance_type" });
    const change = (body: unknown) => ({ ...(body as object), id: 2 });
    gitlab.faults.add({ path: "/runners/1", kind: "mangle", change });
    const { message, call } = await refusal(getRunner(client, RUNNER));
    assert.match(message, /^GET \/api\/v4\/runners\/1 at .* failed: with the record of runner 2\. /);
    assert.ok(!call.isGone);
    assert.equal((await getRunner(client, RUNNER)).id, 1);
  });

  it("are given up when they stay out too long", async () => {
    gitlab.faults.add({ path: "/runners/1", kind: "delay", delayMs: 5_000, count: 1 });
    assert.equal((await getRunner(client, RUNNER)).id, 1);
    gitlab.faults.add({ method: "POST", kind: "delay", delayMs: 5_000 });
    const { message, call } = await refusal(createRunner(client, SCOPE));
    assert.match(message, /failed: no answer came in time/);
    assert.equal(call.mayHaveHappened, true);
  });

  it("are of no use as a web page, whoever sent it", async () => {
    const page = { kind: "reply", status: 200, body: "<html>Sign in</html>", headers: { "Content-Type": "text/html" } };
    gitlab.faults.add({ path: "/runners/1", ...page, kind: "reply", count: "all" });
    for (const call of [getRunner(client, RUNNER), deleteRunner(client, RUNNER)]) {
      assert.match((await refusal(call)).message, /text\/html instead of JSON: .*Sign in.*not GitLab's API/);
    }
    gitlab.faults.clear();
    gitlab.faults.add({ path: "/runners/1", kind: "badGateway" });
    assert.equal((await getRunner(client, RUNNER)).id, 1);
  });

  it("are told as a reader sees them, and whose they are, where a page refuses", async () => {
    const body =
      '<!DOCTYPE html>\n<html><head><title>Blocked</title><style>p { color: red }</style></head><body class="x"><!-- 1 -->' +
      "<p>Your IP is <b>not</b> allowed</p><script>alert(1)</script></body></html>";
    gitlab.faults.add({
      path: "/runners/1",
      kind: "reply",
      status: 403,
      body,
      headers: { "Content-Type": "text/html" },
    });
    const { message } = await refusal(deleteRunner(client, RUNNER));
    assert.match(message, /answered 403: Blocked Your IP is not allowed\. This is not GitLab's API: check the address/);
  });

  it("are nobody's refusal of what was asked where they are no JSON: no role and no other token helps", async () => {
    const token = { token: "glrt-1", systemId: "s_1" };
    for (const body of ["<html><h1>403 Forbidden</h1></html>", "RBAC: access denied", "", '"denied"']) {
      gitlab.faults.add({ method: "POST", kind: "reply", status: 403, body, count: "all" });
      const calls = [
        () => createRunner(client, SCOPE),
        () => verifyToken(client, token),
        () => resetToken(client, RUNNER),
      ];
      for (const call of calls) {
        const error = await refusal(call());
        assert.match(error.message, /answered 403: .+\. This is not GitLab's API: check the address, or the proxy/);
        assert.equal(isRefusal(error, 403), false);
      }
      gitlab.faults.clear();
    }
    assert.equal(isRefusal(await refusal(verifyToken(client, token)), 403), true);
  });

  it("are no list where they are something else: that is not to be taken for an empty one", async () => {
    gitlab.faults.add({ path: "/runners/all", kind: "reply", status: 200, body: { ok: true } });
    assert.match((await refusal(listRunners(client, "instance", {}))).message, /a body that does not describe runners/);
    gitlab.faults.add({ path: "/runners/1/jobs", kind: "reply", status: 200, body: {} });
    assert.match((await refusal(listRunningJobs(client, RUNNER))).message, /a body that does not describe jobs/);
  });

  it("tell of Maintenance Mode in GitLab's words; reading goes on", async () => {
    gitlab.settings.maintenanceMode = true;
    assert.equal((await getRunner(client, RUNNER)).id, 1);
    assert.match((await refusal(createRunner(client, SCOPE))).message, /answered 503: GitLab Maintenance/);
    assert.equal(writes("POST"), 1);
  });

  for (const text of ["404 Runner Not Found", "404 Not found"] as const) {
    it(`mean that the runner is gone by "${text}", and a wrong path by none`, async () => {
      gitlab.settings.runnerNotFoundMessage = text;
      assert.equal((await refusal(getRunner(client, { id: "9", secrets: [] }))).call.isGone, true);
      const elsewhere = { verb: "GET", path: "/nowhere", needs: { scope: "", role: "" } } as const;
      const { call, message } = await refusal(client.send(elsewhere));
      assert.notEqual(call.isGone, true);
      assert.match(message, /not how GitLab says that a record is gone/);
    });
  }
});

describe("an answer in drips", () => {
  it("is given up after twice the time that silence may take", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    try {
      const address = server.address();
      assert.ok(typeof address === "object" && address);
      const connection = { address: `http://127.0.0.1:${address.port}`, token: "t" };
      const client = new GitLabClient(connection, { timeout: 100 });
      assert.match((await failureOf(createRunner(client, SCOPE))).message, /no answer came in time.*all the same/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
