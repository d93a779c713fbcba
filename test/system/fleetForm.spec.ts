import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { TestStack } from "../support/stack.js";

describe("A fleet's form, on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
  });

  /** So many runners, and a host that has them all. */
  const declare = (count: number, { bulk = "undefined", marker = true, hasHost = true } = {}) =>
    stack.program(`
      const runner = { runnerType: "instance_type", marker: ${marker} };
      const keys = Array.from({ length: ${count} }, (_, index) => "r" + index);
      new gitlabRunner.RunnerFleet("ci", {
        runners: Object.fromEntries(keys.map((key) => [key, { runner, executor: "shell" }])),
        hosts: ${hasHost ? "{ a: { path: file, concurrent: 1000 } }" : "{}"},
        bulk: ${bulk},
      });
    `);
  const tokens = () => gitlab.runners.all().map(({ token }) => token);
  const tokensInFile = () =>
    [...readFileSync(stack.file, "utf8").matchAll(/^\s*token = "([^"]+)"/gm)].map(([, token]) => token);
  const stampOf = () => (existsSync(stack.file) ? [statSync(stack.file).ino, statSync(stack.file).mtimeMs] : []);
  /** All that a run could change. */
  const look = async () => {
    const resources = (await stack.resources()).map(({ urn, id }) => `${urn.split("::").at(-1)} ${id}`);
    return { runners: gitlab.runners.all(), file: stampOf(), resources: resources.sort() };
  };
  const writes = () =>
    gitlab.requests.list(({ method, path }) => method !== "GET" && path !== "/api/graphql").map(({ path }) => path);

  it("stays when it grows above the size: up is refused and changes nothing, and bulk: false lets it grow", async () => {
    declare(100);
    await stack.up();
    const before = await look();
    assert.equal(before.resources.length, 101);

    declare(101);
    gitlab.requests.clear();
    for (const options of [[], ["--refresh", "--continue-on-error"]]) {
      const { output } = await stack.failUp(...options);
      assert.match(
        output,
        /RunnerFleet ci: GitLab has 100 of its runners \(1, 2, 3, 4, 5 and 95 more\), made as a Runner each/,
      );
      assert.match(output, /bulk: false keeps them as they are/);
      assert.deepEqual([await look(), writes()], [before, []]);
    }

    declare(101, { bulk: "false" });
    await stack.up();
    assert.deepEqual(gitlab.runners.all().slice(0, 100), before.runners);
    assert.deepEqual(tokensInFile().sort(), tokens().sort());
    assert.equal(gitlab.runners.size, 101);
  }).timeout(180_000);

  it("is one set for a new fleet above the size, which stays one when it shrinks", async () => {
    declare(101);
    await stack.up();
    const before = await look();
    assert.deepEqual([before.runners.length, before.resources.length], [101, 2]);
    declare(101, { bulk: "true" });
    assert.match((await stack.preview()).output, /5 unchanged/);

    declare(100);
    const { output } = await stack.failUp();
    assert.match(
      output,
      /RunnerFleet ci: GitLab has 101 of its runners \(1, 2, 3, 4, 5 and 96 more\), made as one RunnerSet/,
    );
    assert.deepEqual(await look(), before);
    declare(100, { bulk: "true" });
    await stack.up();
    assert.equal(gitlab.runners.size, 100);
    assert.deepEqual(tokensInFile().sort(), tokens().sort());
  }).timeout(180_000);

  it("is changed on purpose only, in two steps; refused, no runner is deleted for being in no file", async () => {
    declare(2, { bulk: "false", hasHost: false });
    await stack.up();
    const before = await look();
    declare(2, { bulk: "true", hasHost: false });
    const refused = await stack.failUp("--continue-on-error");
    assert.match(refused.output, /bulk: false keeps them as they are/);
    assert.match(refused.output, /\(runner 1\): not deleted, since what is to take its place was not made/);
    assert.deepEqual(await look(), before);

    declare(2, { bulk: "false", marker: false });
    await stack.up();
    declare(2, { bulk: "true" });
    await stack.up();
    const after = await look();
    assert.deepEqual(
      after.runners.map(({ id, maintenanceNote }) => [id, /RunnerSet/.test(maintenanceNote ?? "")]),
      [
        [3, true],
        [4, true],
      ],
    );
    assert.deepEqual(
      after.resources.map((one) => one.split(" ")[0]),
      ["ci", "ci/a"],
    );
    assert.deepEqual(tokensInFile().sort(), tokens().sort());

    declare(2, { bulk: "false", hasHost: false });
    const back = await stack.failUp("--continue-on-error");
    assert.match(back.output, /made as one RunnerSet\. .* bulk: true keeps them as they are/);
    assert.match(back.output, /items\.r0: .* not deleted/);
    assert.deepEqual(gitlab.runners.all(), after.runners);
  }).timeout(180_000);
});
