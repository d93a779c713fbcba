import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { ids, openGitLab, send } from "./support.js";

async function openWith(count: number): Promise<StandInGitLab> {
  const gitlab = await openGitLab();
  for (let index = 0; index < count; index += 1) gitlab.createRunner({ runnerType: "instance_type" });
  return gitlab;
}

/** The links of a reply by their relation, as paths. */
function links(headers: Headers): Record<string, string> {
  const found = (headers.get("link") ?? "").matchAll(/<([^>]+)>; rel="(\w+)"/g);
  return Object.fromEntries(Array.from(found, ([, url = "", rel = ""]) => [rel, url]));
}

function pageHeaders(headers: Headers): (string | null)[] {
  const names = ["x-page", "x-per-page", "x-next-page", "x-prev-page", "x-total", "x-total-pages"];
  return names.map((name) => headers.get(name));
}

describe("stand-in GitLab: §1.5 pagination", () => {
  it("§1.5 gives 20 a page in ascending order of id, with all headers", async () => {
    const gitlab = await openWith(45);
    const first = await send(gitlab, "GET /runners/all");
    assert.deepEqual(
      ids(first),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    assert.deepEqual(pageHeaders(first.headers), ["1", "20", "2", "", "45", "3"]);
    const middle = await send(gitlab, "GET /runners/all?page=2");
    assert.deepEqual(pageHeaders(middle.headers), ["2", "20", "3", "1", "45", "3"]);
    const last = await send(gitlab, "GET /runners/all?page=3");
    assert.deepEqual(ids(last), [41, 42, 43, 44, 45]);
    assert.deepEqual(pageHeaders(last.headers), ["3", "20", "", "2", "45", "3"]);
  });

  it("§1.5 links lead to prev, next, first and last, and keep the parameters", async () => {
    const gitlab = await openWith(30);
    const base = `${gitlab.url}/api/v4/runners/all?`;
    const found = links((await send(gitlab, "GET /runners/all?per_page=10&page=2&paused=false")).headers);
    assert.deepEqual(found, {
      prev: `${base}page=1&paused=false&per_page=10`,
      next: `${base}page=3&paused=false&per_page=10`,
      first: `${base}page=1&paused=false&per_page=10`,
      last: `${base}page=3&paused=false&per_page=10`,
    });
    const edge = links((await send(gitlab, "GET /runners/all?per_page=10")).headers);
    assert.deepEqual(Object.keys(edge), ["next", "first", "last"]);
  });

  it("§1.5 links carry the configured host, lists in them stay lists", async () => {
    const gitlab = await openWith(3);
    gitlab.settings.externalUrl = "https://git.example.com";
    for (const runner of gitlab.runners) runner.tagList = ["a", "b"];
    const found = links((await send(gitlab, "GET /runners/all?per_page=1&tag_list[]=a&tag_list[]=b")).headers);
    const next = new URL(found.next ?? "");
    assert.equal(next.origin, "https://git.example.com");
    assert.deepEqual(next.searchParams.getAll("tag_list[]"), ["a", "b"]);
  });

  it("§1.5 following the links of a project's list gives everything once", async () => {
    const gitlab = await openWith(45);
    const seen: unknown[] = [];
    let next: string | undefined = `/projects/example-group%2Fexample-project/runners?per_page=20`;
    while (next !== undefined) {
      const page = await send(gitlab, `GET ${next}`);
      seen.push(...ids(page));
      next = links(page.headers).next?.replace(`${gitlab.url}/api/v4`, "");
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 45 }, (_, index) => index + 1),
    );
  });

  it("§1.5 per_page above 100 is capped silently, 0 is refused", async () => {
    const gitlab = await openWith(101);
    const capped = await send(gitlab, "GET /runners/all?per_page=1000");
    assert.equal(capped.list.length, 100);
    assert.equal(capped.headers.get("x-per-page"), "100");
    assert.match(links(capped.headers).next ?? "", /per_page=100$/);
    const zero = await send(gitlab, "GET /runners/all?per_page=0");
    assert.equal(zero.status, 400);
    assert.deepEqual(zero.body, { error: "per_page has a value not allowed" });
    const word = await send(gitlab, "GET /runners/all?page=two");
    assert.deepEqual(word.body, { error: "page is invalid" });
  });

  it("§1.5 an empty list and a page too far", async () => {
    const gitlab = await openWith(0);
    const empty = await send(gitlab, "GET /runners/all");
    assert.deepEqual(empty.list, []);
    assert.deepEqual(pageHeaders(empty.headers), ["1", "20", "", "", "0", "1"]);
    gitlab.createRunner({ runnerType: "instance_type" });
    const beyond = await send(gitlab, "GET /runners/all?page=9");
    assert.equal(beyond.status, 200);
    assert.deepEqual(beyond.list, []);
    assert.equal(beyond.headers.get("x-next-page"), "");
  });

  it("§1.5 above 10,000 rows the counts and the last link are left out", async () => {
    const gitlab = await openWith(10_000);
    assert.equal((await send(gitlab, "GET /runners/all")).headers.get("x-total"), "10000");
    gitlab.createRunner({ runnerType: "instance_type" });
    const { headers } = await send(gitlab, "GET /runners/all?per_page=100&page=100");
    assert.deepEqual(pageHeaders(headers), ["100", "100", "101", "99", null, null]);
    assert.deepEqual(Object.keys(links(headers)), ["prev", "next", "first"]);
    assert.deepEqual(ids(await send(gitlab, "GET /runners/all?per_page=100&page=101")), [10_001]);
  });

  it("§1.5 keyset is ignored where it does not exist", async () => {
    const gitlab = await openWith(3);
    const answer = await send(gitlab, "GET /runners/all?pagination=keyset&order_by=id&per_page=2");
    assert.deepEqual(ids(answer), [1, 2]);
    assert.equal(answer.headers.get("x-total"), "3");
  });
});
