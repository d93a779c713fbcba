import assert from "node:assert/strict";
import { formatNote, keepNote, readMergeRequest, type Told } from "../../provider/cli/previewFiles/note.js";
import { openClient } from "../../provider/gitlab/client.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";

const told = (text: string, more: Partial<Told> = {}): Told => ({
  project: "runners",
  stack: "prod",
  steps: [{ op: "update", type: "ConfigToml", name: "host" }],
  text,
  ...more,
});

const nothing = told("nothing would change\n", { steps: [] });

describe("the note of preview-files on a merge request", () => {
  let gitlab: StandInGitLab;
  let project: string;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    project = String(gitlab.projectId);
    gitlab.createMergeRequest({ projectId: gitlab.projectId });
  });

  async function keep(what: Told, token = gitlab.token): Promise<string> {
    const client = await openClient({ address: gitlab.url, token }, { environment: {}, tell: () => {} });
    return keepNote(client, { project, iid: 1 }, what);
  }

  const bodies = () => gitlab.notes.all().map(({ body }) => body);

  it("is written once, updated by later runs, and left where nothing is new", async () => {
    assert.equal(await keep(nothing), `nothing would change: no note of ${project}!1 was begun`);
    assert.match(await keep(told("+one\n")), /^wrote the note of \d+!1$/);
    gitlab.requests.clear();
    assert.match(await keep(told("+one\n")), /^the note .* is up to date$/);
    assert.equal(
      gitlab.requests.count(({ method }) => method !== "GET"),
      0,
    );
    assert.match(await keep(told("+two\n")), /^updated the note/);
    assert.match(
      bodies().join(),
      /^<!-- .* -->\n\n## What `pulumi up` would change: `runners\/prod`\n\nupdate 1 ConfigToml\./,
    );
    assert.match(bodies().join(), /```diff\n\+two\n```/);
    assert.match(await keep(nothing), /^updated the note/);
    assert.match(bodies().join(), /`runners\/prod`\n\nNothing any more\.$/);
    assert.equal(gitlab.notes.size, 1);
  });

  it("is one for each stack and project, and never one that somebody else wrote or that only quotes ours", async () => {
    await keep(told("+one\n"));
    const [first = ""] = bodies();
    const { token } = gitlab.createAccessToken({ projectId: gitlab.projectId, role: "maintainer", scopes: ["api"] });
    await keep(told("+theirs\n"), token);
    await keep(told("+dev\n", { stack: "dev" }));
    await keep(told("+web\n", { project: "web" }));
    assert.equal(gitlab.notes.size, 4);
    const quoting = gitlab.notes.all()[3];
    assert.ok(quoting);
    gitlab.notes.update(quoting.id, { body: `Look:\n${first}` });
    await keep(told("+web\n", { project: "web" }));
    await keep(told("+changed\n"));
    assert.deepEqual(
      bodies().map((body) => /(?<=diff\n\+)\w+/.exec(body)?.[0]),
      ["changed", "theirs", "dev", "one", "web"],
    );
  });

  it("is found behind a hundred others", async () => {
    await keep(told("+one\n"));
    const { token } = gitlab.createAccessToken({ projectId: gitlab.projectId, role: "developer", scopes: ["api"] });
    const path = `${gitlab.url}/api/v4/projects/${project}/merge_requests/1/notes`;
    const headers = { "content-type": "application/json", "private-token": token };
    for (let index = 0; index < 120; index++) {
      await fetch(path, { method: "POST", headers, body: JSON.stringify({ body: `${index}` }) });
    }
    await keep(told("+late\n", { stack: "late" }));
    assert.match(await keep(told("+later\n", { stack: "late" })), /^updated/);
    assert.match(await keep(told("+two\n")), /^updated/);
    assert.equal(gitlab.notes.size, 122);
  });

  it("is not made twice when the answer is lost, and says what the next run does", async () => {
    gitlab.faults.add({
      method: "POST",
      path: "/api/v4/projects/*/merge_requests/*/notes",
      kind: "cut",
      when: "after",
    });
    await assert.rejects(keep(told("+one\n")), /the next run finds it/);
    assert.match(await keep(told("+one\n")), /up to date/);
    assert.equal(gitlab.notes.size, 1);
  });

  it("needs the scope api and a merge request: else the error says so, and never the token", async () => {
    const readOnly = gitlab.createToken({ userId: gitlab.userId, scopes: ["read_api"] }).token;
    await assert.rejects(keep(told("+one\n"), readOnly), (error: Error) => {
      assert.match(error.message, /was not sent. The token lacks the scope api/);
      return !error.message.includes(readOnly);
    });
    gitlab.mergeRequests.remove(gitlab.mergeRequests.all()[0]?.id ?? 0);
    await assert.rejects(keep(told("+one\n")), /404 MergeRequest Not Found/);
  });

  it("shows a text as it is, whatever it holds, and cuts one that nobody reads to its end", async () => {
    const text = "+a = '```'\n+b = '</details> @all !5 <img src=x>'\n";
    const { marked } = await import("marked");
    const page = await marked.parse(formatNote(told(text, { stack: "x --> `y`" })));
    assert.match(page, /<code class="language-diff">\+a = &#39;```&#39;\n\+b = &#39;&lt;\/details&gt; @all/);
    assert.doesNotMatch(page, /<img/);
    const long = formatNote(told("+0123456789\n".repeat(100_000)));
    assert.ok(long.length < 201_000);
    assert.match(long, /\n\+0123456789\n```\n\n… The rest is in the output of the job\./);
  });

  it("takes a merge request by project and number only", () => {
    assert.deepEqual(readMergeRequest("acme/infra!5"), { project: "acme/infra", iid: 5 });
    for (const text of ["", "!", "acme/infra", "acme/infra!", "!5", "acme/infra!0", "a b!5", "acme/infra!5x"]) {
      assert.equal(readMergeRequest(text), undefined, text);
    }
  });
});
