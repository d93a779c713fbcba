import assert from "node:assert/strict";
import { openGitLab, personWith } from "../support.js";
import { ask, askWell, gid, listOf, messages, nodesOf, post } from "./support.js";

const score = "queryComplexity { score limit }";

describe("stand-in GitLab: §9 limits", () => {
  it("§9 complexity may be 250 for users, 300 for administrators, 200 without a token", async () => {
    const gitlab = await openGitLab();
    const limitOf = async (token: string | null) =>
      (await askWell(gitlab, `{ ${score} }`, { token })).queryComplexity?.limit;
    assert.equal(await limitOf(personWith(gitlab)), 250);
    assert.equal(await limitOf(gitlab.token), 300);
    assert.equal(await limitOf(null), 200);
  });

  it("§9 queryComplexity tells the score: a point a field, and a full page of a list costs double", async () => {
    const gitlab = await openGitLab();
    const scoreOf = async (query: string) => (await askWell(gitlab, `{ ${score} ${query} }`)).queryComplexity?.score;
    // queryComplexity itself is 3.
    assert.equal(await scoreOf(""), 3);
    assert.equal(await scoreOf("currentUser { id name }"), 6);
    // One field and the resolver's own point.
    assert.equal(await scoreOf('runner(id: "gid://gitlab/Ci::Runner/1") { id }'), 5);
    // nodes, id, the resolver's point: 3, doubled.
    assert.equal(await scoreOf("runners { nodes { id } }"), 9);
    assert.equal(await scoreOf("runners(first: 50) { nodes { id } }"), 7);
    assert.equal(await scoreOf("runners(first: 1000) { nodes { id } }"), 9);
    assert.equal(await scoreOf("runners(sort: CREATED_ASC) { nodes { id } }"), 11);
    assert.equal(await scoreOf('runners(search: "abc") { nodes { id } }'), 19);
    // The same field twice is one, also through fragments; another name is another field.
    assert.equal(await scoreOf("currentUser { id } currentUser { id ... on UserCore { id } }"), 5);
    assert.equal(await scoreOf("a: currentUser { id } b: currentUser { id }"), 7);
    const named = `{ ${score} currentUser { ...Who id } } fragment Who on UserCore { id name }`;
    assert.equal((await askWell(gitlab, named)).queryComplexity?.score, 6);
  });

  it("§9 the bulk read of every attribute, 100 runners a page, is within the limit of every user", async () => {
    const gitlab = await openGitLab();
    const token = personWith(gitlab, { role: "owner", groupId: gitlab.groupId });
    for (let index = 0; index < 101; index += 1) {
      gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId });
    }
    const query = `query ($after: String) { ${score} group(fullPath: "example-group") { runners(first: 100, after: $after) {
      nodes { id description runnerType paused locked runUntagged accessLevel maximumTimeout tagList maintenanceNote
        status contactedAt createdAt createdBy { id username } tokenExpiresAt shortSha jobExecutionStatus }
      pageInfo { hasNextPage endCursor } } } }`;
    const first = await askWell(gitlab, query, { token });
    assert.ok(Number(first.queryComplexity?.score) <= 250, JSON.stringify(first.queryComplexity));
    assert.equal(nodesOf(first.group?.runners).length, 100);
  });

  it("§9 a query above the limit is refused as a whole, with status 200 and both numbers", async () => {
    const gitlab = await openGitLab();
    const wide = Array.from({ length: 130 }, (_, index) => `a${index}: currentUser { id }`).join(" ");
    const answer = await ask(gitlab, `{ ${wide} }`, { token: personWith(gitlab) });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, {
      errors: [{ message: "Query has complexity of 260, which exceeds max complexity of 250" }],
    });
    await askWell(gitlab, `{ ${wide} }`);
  });

  it("§9 fields may lie 20 deep in one another", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId] });
    const deep = (times: number) =>
      `{ runner(id: "${gid(1)}") { ${"ownerProject { runners(first: 1) { nodes { ".repeat(times)} id ${"} } }".repeat(times)} } }`;
    await askWell(gitlab, deep(6));
    const answer = await ask(gitlab, deep(7));
    assert.deepEqual(messages(answer), ["Query has depth of 23, which exceeds max depth of 20"]);
    assert.equal(answer.data, undefined);
    const stranger = await ask(gitlab, deep(5), { token: null });
    assert.deepEqual(messages(stranger), ["Query has depth of 17, which exceeds max depth of 15"]);
  });

  it("§9 a query may have 10,000 characters, all queries of a list together", async () => {
    const gitlab = await openGitLab();
    const text = '{ echo(text: "") }';
    const long = (length: number) => text + " ".repeat(length - text.length);
    await askWell(gitlab, long(10_000));
    const answer = await ask(gitlab, long(10_001));
    assert.equal(answer.status, 422);
    assert.deepEqual(answer.body, { errors: [{ message: "Query too large" }] });
    const list = await post(gitlab, [{ query: long(5000) }, { query: long(5001) }], gitlab.token);
    assert.equal(list.status, 422);
  });

  it("§9 a page has at most 100 nodes, whatever is asked for, and cursors lead to the end", async () => {
    const gitlab = await openGitLab();
    for (let index = 0; index < 205; index += 1) gitlab.createRunner({ runnerType: "instance_type" });
    const query = `query ($after: String, $first: Int) { runners(first: $first, after: $after) {
      count nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    const seen: unknown[] = [];
    const sizes: number[] = [];
    let after: unknown = null;
    for (let more = true; more; ) {
      const { runners } = await askWell(gitlab, query, { variables: { after, first: 1000 } });
      assert.equal(runners?.count, 205);
      const page = nodesOf(runners);
      sizes.push(page.length);
      seen.push(...page.map((node) => node.id));
      const info = runners?.pageInfo as { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
      assert.equal(info.hasPreviousPage, after !== null);
      more = info.hasNextPage;
      after = info.endCursor;
      // A runner that goes away between two pages does not shift the others.
      gitlab.runners.remove(Number(String(page.at(-1)?.id).split("/").at(-1)));
      gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId });
    }
    assert.deepEqual(sizes, [100, 100, 5]);
    assert.equal(new Set(seen).size, 205);
  });

  it("§9 pages also go backwards, and wrong cursors are refused", async () => {
    const gitlab = await openGitLab();
    for (let index = 0; index < 5; index += 1) gitlab.createRunner({ runnerType: "instance_type" });
    const page = async (args: string) => {
      const { runners } = await askWell(
        gitlab,
        `{ runners(${args}, sort: CREATED_ASC) {
        edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor } } }`,
      );
      const edges = listOf(runners?.edges).map((edge) => (edge.node as { id: string }).id);
      return { edges, info: runners?.pageInfo as Record<string, unknown> };
    };
    const last = await page("last: 2");
    assert.deepEqual(last.edges, [gid(4), gid(5)]);
    assert.equal(last.info.hasPreviousPage, true);
    const before = await page(`last: 2, before: "${String(last.info.startCursor)}"`);
    assert.deepEqual(before.edges, [gid(2), gid(3)]);
    assert.equal(before.info.hasNextPage, true);
    const wrong = await ask(gitlab, '{ runners(after: "nonsense") { nodes { id } } }');
    assert.deepEqual(messages(wrong), ["Please provide a valid cursor"]);
    const both = await ask(gitlab, "{ runners(first: 1, last: 1) { nodes { id } } }");
    assert.deepEqual(messages(both), ["Can only provide either `first` or `last`, not both"]);
  });

  it("§9 jobs can be asked of one runner a request", async () => {
    const gitlab = await openGitLab();
    for (let index = 0; index < 2; index += 1) gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.createJob({ projectId: gitlab.projectId, runnerId: 1, status: "running" });
    gitlab.createJob({ projectId: gitlab.projectId, runnerId: 1, status: "success" });
    const jobs = "jobs(statuses: [RUNNING]) { count nodes { id status project { fullPath } } }";
    const one = await askWell(gitlab, `{ runner(id: "${gid(1)}") { jobCount ${jobs} } }`);
    assert.equal(one.runner?.jobCount, 2);
    assert.deepEqual(one.runner?.jobs, {
      count: 1,
      nodes: [
        {
          id: "gid://gitlab/Ci::Build/50000",
          status: "RUNNING",
          project: { fullPath: "example-group/example-project" },
        },
      ],
    });
    const stranger = await askWell(gitlab, `{ runner(id: "${gid(1)}") { ${jobs} } }`, { token: personWith(gitlab) });
    assert.deepEqual(stranger.runner, { jobs: null });
    const two = await ask(gitlab, `{ runners { nodes { ${jobs} } } }`);
    assert.deepEqual(messages(two), ['"jobs" field can be requested only for 1 CiRunner(s) at a time.']);
  });
});

describe("stand-in GitLab: §9 a query may take 30 s", () => {
  const query = "{ runners { nodes { id maximumTimeout } } }";

  async function openSlow(graphqlFieldMs: number) {
    const gitlab = await openGitLab({ settings: { graphqlFieldMs } });
    for (let index = 0; index < 3; index += 1)
      gitlab.createRunner({ runnerType: "instance_type", maximumTimeout: 600 });
    return gitlab;
  }

  it("§9 a query that ends in time is answered as ever, and nobody waits for it", async () => {
    // Eight fields: runners, nodes, and two of each runner.
    const gitlab = await openSlow(29_999 / 7);
    const begin = performance.now();
    const { runners } = await askWell(gitlab, query);
    assert.deepEqual(
      nodesOf(runners).map(({ maximumTimeout }) => maximumTimeout),
      [600, 600, 600],
    );
    assert.ok(performance.now() - begin < 5000);
  });

  it("§9 after 30 s a query keeps what it has, further fields are null, with status 200 and an error each", async () => {
    const gitlab = await openSlow(30_000 / 7);
    const answer = await ask(gitlab, query);
    assert.equal(answer.status, 200);
    assert.deepEqual(
      nodesOf(answer.data.runners).map(({ maximumTimeout }) => maximumTimeout),
      [600, 600, null],
    );
    const [{ locations, ...error } = {}, ...more] = answer.errors;
    assert.deepEqual(error, {
      message: "Timeout on CiRunner.maximumTimeout",
      path: ["runners", "nodes", 2, "maximumTimeout"],
    });
    assert.ok(Array.isArray(locations));
    assert.deepEqual(more, []);
  });

  it("§9 a field that may not be null takes its object with it", async () => {
    const answer = await ask(await openSlow(15_000), "{ runners { nodes { id } } currentUser { id } }");
    assert.deepEqual(answer.data, { runners: { nodes: [null, null, null] }, currentUser: null });
    assert.equal(answer.errors.length, 4);
  });

  it("§9 a mutation that took too long was done all the same", async () => {
    const gitlab = await openSlow(30_000);
    const answer = await ask(gitlab, `mutation { runnerDelete(input: { id: "${gid(1)}" }) { errors } }`);
    assert.equal(answer.status, 200);
    assert.deepEqual([answer.data.runnerDelete, messages(answer)], [null, ["Timeout on RunnerDeletePayload.errors"]]);
    assert.equal(gitlab.runners.find(1), undefined);
  });

  it("§9 each query of a list has its own 30 s", async () => {
    const gitlab = await openSlow(29_999 / 7);
    const answer = await post(gitlab, [{ query }, { query }], gitlab.token);
    assert.ok(answer.list.every((one) => one.errors === undefined));
  });

  it("a query that the database ends is answered 503, by a fault", async () => {
    const gitlab = await openSlow(0);
    gitlab.faults.add({ path: "/api/graphql", kind: "queryTimeout" });
    const answer = await ask(gitlab, query);
    assert.equal(answer.status, 503);
    assert.deepEqual(messages(answer), [
      "Request timed out. Please try a less complex query or a smaller set of records.",
    ]);
    await askWell(gitlab, query);
  });
});

describe("stand-in GitLab: §9 errors", () => {
  const cases: [what: string, query: string, error: Record<string, unknown>][] = [
    [
      "an unknown field",
      "{ runners { nodes { token } } }",
      {
        message: "Field 'token' doesn't exist on type 'CiRunner'",
        extensions: { code: "undefinedField", typeName: "CiRunner", fieldName: "token" },
      },
    ],
    [
      "an unknown argument",
      "{ runners(page: 2) { nodes { id } } }",
      {
        message: "Field 'runners' doesn't accept argument 'page'",
        extensions: { code: "argumentNotAccepted", name: "runners", typeName: "Field", argumentName: "page" },
      },
    ],
    [
      "a missing argument",
      "{ runner { id } }",
      {
        message: "Field 'runner' is missing required arguments: id",
        extensions: { code: "missingRequiredArguments", className: "Field", name: "runner", arguments: "id" },
      },
    ],
  ];
  for (const [what, query, expected] of cases) {
    it(`§9 ${what} is a top-level error with status 200 and no data`, async () => {
      const gitlab = await openGitLab();
      const answer = await ask(gitlab, query);
      assert.equal(answer.status, 200);
      assert.equal(answer.data, undefined);
      assert.equal(answer.errors.length, 1);
      const { locations, ...error } = answer.errors[0] ?? {};
      assert.deepEqual(error, expected);
      assert.ok(Array.isArray(locations));
    });
  }

  it("§9 text that is no GraphQL, and no text at all, are top-level errors with status 200", async () => {
    const gitlab = await openGitLab();
    const broken = await ask(gitlab, "{ runners {");
    assert.equal(broken.status, 200);
    assert.equal(broken.errors.length, 1);
    assert.deepEqual(messages(await ask(gitlab, "")), ["No query string was present"]);
  });

  it("§9 ids must be global ids of the right kind", async () => {
    const gitlab = await openGitLab();
    const query = "query ($id: CiRunnerID!) { runner(id: $id) { id } }";
    const refusal = async (id: unknown) => JSON.stringify(messages(await ask(gitlab, query, { variables: { id } })));
    assert.match(await refusal("12"), /is not a valid Global ID/);
    assert.match(await refusal(gid(1, "User")), /does not represent an instance of Ci::Runner/);
    const untyped = await ask(gitlab, "query ($id: ID!) { runner(id: $id) { id } }", { variables: { id: gid(1) } });
    assert.equal(untyped.errors.length, 1);
    assert.equal(untyped.data, undefined);
  });
});
