import assert from "node:assert/strict";
import { openGitLab, read, send } from "./support.js";

const create = "POST /user/runners";
const instance = { runner_type: "instance_type" };
const at = { method: "POST", path: "/user/runners" } as const;

describe("stand-in GitLab: faults", () => {
  it("§10.16 429 of the application: JSON with a nested message, Retry-After only when asked for", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ ...at, kind: "rateLimit" });
    gitlab.faults.add({ ...at, kind: "rateLimit", retryAfter: 7 });
    for (const retryAfter of [null, "7"]) {
      const answer = await send(gitlab, create, { json: instance });
      assert.equal(answer.status, 429);
      assert.deepEqual(answer.body, {
        message: { error: "This endpoint has been requested too many times. Try again later." },
      });
      assert.equal(answer.headers.get("retry-after"), retryAfter);
    }
    assert.equal(gitlab.runners.size, 0);
    assert.equal((await send(gitlab, create, { json: instance })).status, 201);
  });

  it("§10.16 429 of Rack::Attack: plain text with the RateLimit headers", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ kind: "throttle", retryAfter: 3 });
    const answer = await send(gitlab, "GET /runners");
    assert.equal(answer.status, 429);
    assert.equal(answer.text, "Retry later\n");
    assert.match(answer.headers.get("content-type") ?? "", /^text\/plain/);
    assert.equal(answer.headers.get("retry-after"), "3");
    for (const name of ["limit", "name", "observed", "remaining", "reset", "resettime"]) {
      assert.ok(answer.headers.get(`ratelimit-${name}`), name);
    }
  });

  const canned = [
    { kind: "serverError", status: 500, type: "application/json", text: '{"message":"500 Internal Server Error"}' },
    { kind: "conflict", status: 409, type: "application/json", text: '{"message":"409 Conflict"}' },
    {
      kind: "maintenance",
      status: 503,
      type: "application/json",
      text: '{"message":"GitLab Maintenance: system is in maintenance mode"}',
    },
  ] as const;
  for (const { kind, status, type, text } of canned) {
    it(`§10.16 ${kind} answers ${status}`, async () => {
      const gitlab = await openGitLab();
      gitlab.faults.add({ ...at, kind });
      const answer = await send(gitlab, create, { json: instance });
      assert.deepEqual([answer.status, answer.headers.get("content-type"), answer.text], [status, type, text]);
      assert.equal(gitlab.runners.size, 0);
    });
  }

  it("badGateway is the page of a proxy", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ kind: "badGateway" });
    const answer = await send(gitlab, "GET /runners");
    assert.equal(answer.status, 502);
    assert.equal(answer.headers.get("content-type"), "text/html");
    assert.match(answer.text, /<title>502 Bad Gateway<\/title>/);
  });

  it("redirect leads elsewhere", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ kind: "redirect", location: "https://elsewhere.example.com/" });
    gitlab.faults.add({ kind: "redirect", location: "/login", status: 307 });
    const first = await send(gitlab, "GET /runners");
    assert.deepEqual([first.status, first.headers.get("location")], [302, "https://elsewhere.example.com/"]);
    const second = await send(gitlab, "GET /runners");
    assert.deepEqual([second.status, second.headers.get("location")], [307, "/login"]);
  });

  it("reply gives any status, headers and body", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ kind: "reply", status: 418, body: { a: [1] }, headers: { "X-Odd": "yes" } });
    gitlab.faults.add({ kind: "reply", status: 200, body: "", headers: { "Content-Type": "application/json" } });
    gitlab.faults.add({ kind: "reply", status: 204 });
    const json = await send(gitlab, "GET /runners");
    assert.deepEqual([json.status, json.body, json.headers.get("x-odd")], [418, { a: [1] }, "yes"]);
    const empty = await send(gitlab, "GET /runners");
    assert.deepEqual([empty.status, empty.text], [200, ""]);
    assert.equal((await send(gitlab, "GET /runners")).status, 204);
  });

  it("an answer that is replaced leaves nothing of the real one behind", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ kind: "serverError", when: "after" });
    const answer = await send(gitlab, "GET /runners/all");
    assert.equal(answer.status, 500);
    assert.equal(answer.headers.get("x-total"), null);
    assert.equal(answer.headers.get("link"), null);
  });

  it("an answer can be replaced after the request took effect", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ ...at, kind: "badGateway", when: "after" });
    assert.equal((await send(gitlab, create, { json: instance })).status, 502);
    assert.equal(gitlab.runners.size, 1);
  });

  it("§10.16 cut ends the connection before or after the request took effect", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ ...at, kind: "cut" });
    gitlab.faults.add({ ...at, kind: "cut", when: "after" });
    await assert.rejects(send(gitlab, create, { json: instance }), TypeError);
    assert.equal(gitlab.runners.size, 0);
    await assert.rejects(send(gitlab, create, { json: instance }), TypeError);
    assert.equal(gitlab.runners.size, 1);
    assert.equal((await send(gitlab, create, { json: instance })).status, 201);
    assert.deepEqual(
      gitlab.requests.list().map((request) => [request.status, request.fault]),
      [
        [null, "cut"],
        [null, "cut"],
        [201, null],
      ],
    );
  });

  it("truncate sends the head and a part of the body; the request took effect", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ ...at, kind: "truncate", bytes: 5 });
    const response = await fetch(`${gitlab.url}/api/v4/user/runners`, {
      method: "POST",
      headers: { "PRIVATE-TOKEN": gitlab.token, "content-type": "application/json" },
      body: JSON.stringify(instance),
    });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.ok(Number(response.headers.get("content-length")) > 5);
    await assert.rejects(response.text());
    assert.equal(gitlab.runners.size, 1);
    assert.equal(gitlab.requests.last()?.status, 201);
  });

  it("truncate leaves half of the body unless it is told how much", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ kind: "truncate" });
    const response = await fetch(`${gitlab.url}/api/v4/version`, { headers: { "PRIVATE-TOKEN": gitlab.token } });
    const chunks: Uint8Array[] = [];
    await assert.rejects(async () => {
      for await (const chunk of response.body ?? []) chunks.push(chunk);
    });
    const whole = Number(response.headers.get("content-length"));
    assert.equal(Buffer.concat(chunks).length, Math.floor(whole / 2));
  });

  it("contentType changes the header and leaves the body", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ ...at, kind: "contentType", contentType: "text/html; charset=utf-8" });
    const answer = await send(gitlab, create, { json: instance });
    assert.equal(answer.headers.get("content-type"), "text/html; charset=utf-8");
    assert.deepEqual(Object.keys(JSON.parse(answer.text)), ["id", "token", "token_expires_at"]);
  });

  it("malformedJson is no JSON, but a whole answer", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ ...at, kind: "malformedJson" });
    const response = await fetch(`${gitlab.url}/api/v4/user/runners`, {
      method: "POST",
      headers: { "PRIVATE-TOKEN": gitlab.token, "content-type": "application/json" },
      body: JSON.stringify(instance),
    });
    const text = await response.text();
    assert.equal(response.status, 201);
    assert.throws(() => JSON.parse(text), SyntaxError);
    assert.doesNotThrow(() => JSON.parse(`${text}}`));
  });

  it("mangle rewrites the real answer, on all pages if asked", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.faults.add({
      path: "/runners/**",
      kind: "mangle",
      count: "all",
      change: (body, reply) => ({ ...(body as object), extra: reply.status, description: 5 }),
    });
    for (let round = 0; round < 2; round += 1) {
      const { body } = await send(gitlab, "GET /runners/1");
      assert.deepEqual([body.id, body.extra, body.description], [1, 200, 5]);
    }
    gitlab.faults.clear();
    gitlab.faults.add({ kind: "mangle", change: () => "just text" });
    const response = await fetch(`${gitlab.url}/api/v4/version`, { headers: { "PRIVATE-TOKEN": gitlab.token } });
    assert.equal(await response.text(), "just text");
  });

  it("§10.16 delay answers late, before or after the request took effect", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ ...at, kind: "delay", delayMs: 60 });
    gitlab.faults.add({ ...at, kind: "delay", delayMs: 60, when: "after" });
    for (const seenEarly of [0, 2]) {
      const start = performance.now();
      const pending = send(gitlab, create, { json: instance });
      await new Promise((resolve) => setTimeout(resolve, 30));
      assert.equal(gitlab.runners.size, seenEarly);
      assert.equal((await pending).status, 201);
      assert.ok(performance.now() - start >= 55);
    }
  });

  it("a client that gave up waiting has made its runner all the same", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ ...at, kind: "delay", delayMs: 50 });
    const giveUp = new AbortController();
    const pending = fetch(`${gitlab.url}/api/v4/user/runners`, {
      method: "POST",
      headers: { "PRIVATE-TOKEN": gitlab.token, "content-type": "application/json" },
      body: JSON.stringify(instance),
      signal: giveUp.signal,
    });
    await gitlab.requests.waitFor(at);
    giveUp.abort();
    await assert.rejects(pending);
    await gitlab.requests.waitFor({ ...at, status: 201 });
    assert.equal(gitlab.runners.size, 1);
  });

  it("nth and count say which of the requests that fit are hit", async () => {
    const gitlab = await openGitLab();
    const fault = gitlab.faults.add({ method: "get", path: "/runners", nth: 2, count: 2, kind: "serverError" });
    const statuses: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      statuses.push((await send(gitlab, "GET /runners?page=1")).status);
      assert.equal((await send(gitlab, "GET /runners/all")).status, 200);
    }
    assert.deepEqual(statuses, [200, 500, 500, 200, 200]);
    assert.deepEqual([fault.seen, fault.hits], [5, 2]);
  });

  it("faults added later do not count a request that an earlier one hit", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ kind: "serverError" });
    gitlab.faults.add({ kind: "badGateway" });
    const statuses = [];
    for (let round = 0; round < 3; round += 1) statuses.push((await send(gitlab, "GET /runners")).status);
    assert.deepEqual(statuses, [500, 502, 200]);
  });

  const patterns: [string | RegExp, string[], string[]][] = [
    ["/runners/*", ["/runners/1"], ["/runners", "/runners/1/jobs"]],
    ["/runners/**", ["/runners/1", "/runners/1/jobs"], ["/runners"]],
    ["/api/v4/runners/1", ["/runners/1"], ["/runners/12"]],
    ["/projects/*/runners", ["/projects/a%2Fb/runners"], ["/projects/1/runners/2"]],
    [/runners\/\d+$/g, ["/runners/1", "/runners/22"], ["/runners/x"]],
    ["**", ["/runners", "/version"], []],
  ];
  for (const [path, hits, misses] of patterns) {
    it(`the path ${path} hits ${hits.join(" and ")}${misses.length ? ` and not ${misses.join(" or ")}` : ""}`, async () => {
      const gitlab = await openGitLab();
      gitlab.faults.add({ path, count: "all", kind: "reply", status: 418 });
      for (const hit of hits) assert.equal((await send(gitlab, `GET ${hit}`)).status, 418, hit);
      for (const miss of misses) assert.notEqual((await send(gitlab, `GET ${miss}`)).status, 418, miss);
    });
  }

  it("faults hit pages outside of the API too, and can be removed", async () => {
    const gitlab = await openGitLab();
    const { id } = gitlab.faults.add({
      path: "/users/sign_in",
      count: "all",
      kind: "reply",
      status: 200,
      body: "hello",
    });
    assert.equal((await read(await fetch(`${gitlab.url}/users/sign_in`))).text, "hello");
    assert.equal(gitlab.faults.list().length, 1);
    assert.equal(gitlab.faults.remove(id), true);
    assert.equal(gitlab.faults.remove(id), false);
    assert.equal((await read(await fetch(`${gitlab.url}/users/sign_in`))).status, 404);
  });

  it("a mangling function that throws shows in the log as the stand-in's own failure", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({
      kind: "mangle",
      change: () => {
        throw new Error("mangling went wrong");
      },
    });
    assert.equal((await send(gitlab, "GET /runners")).status, 500);
    assert.match(gitlab.requests.last()?.error ?? "", /mangling went wrong/);
    assert.equal(gitlab.requests.last()?.status, 500);
  });
});
