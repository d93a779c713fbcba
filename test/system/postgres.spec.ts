import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestRecord, StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { launchPostgres, type Postgres } from "../support/postgres.js";
import { ROOT, type Run, TestStack } from "../support/stack.js";

const RUNNERS = 4;

describe("state on PostgreSQL", () => {
  let postgres: Postgres;
  let gitlab: StandInGitLab;
  let stack: TestStack;
  let tables = 0;
  const runs: Run[] = [];

  before(async function () {
    this.timeout(60_000);
    postgres = await launchPostgres();
  });
  after(() => postgres.stop());

  beforeEach(async () => {
    gitlab = await makeGitLab();
    const backend = postgres.backend(`state_${++tables}`);
    const connection = { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token };
    stack = await new TestStack({ ...connection, PULUMI_BACKEND_URL: backend, ...postgres.env }).init();
    runs.length = 0;
  });

  afterEach(() => {
    const said = runs.map(({ output }) => output).join("\n");
    assert.ok(!said.includes(postgres.env.PGPASSWORD), "the database's password was shown");
  });

  /** Runners and their file; the last runner waits for the file `gate`, where there is one. */
  const declare = (gate?: string) =>
    stack.program(`
      const { existsSync } = require("node:fs");
      const isOpen = () => ${gate === undefined ? "true" : `existsSync(${JSON.stringify(gate)})`};
      const opened = new Promise((done) => {
        const look = setInterval(() => isOpen() && done(clearInterval(look)), 20);
      });
      const runners = {};
      for (let place = 1; place <= ${RUNNERS}; place++) {
        const description = place < ${RUNNERS} ? "runner " + place : opened.then(() => "the last runner");
        const runner = new Runner("runner-" + place, { runnerType: "instance_type", description });
        runners["runner-" + place] = { runner, executor: "shell", limit: 1 };
      }
      new ConfigToml("host", { path: file, concurrent: 5, runners });
    `);

  const run = async (...args: string[]) => {
    const ended = await stack.pulumi(...args);
    runs.push(ended);
    return ended;
  };
  const startUp = (...options: string[]) => run("up", "--yes", "--skip-preview", ...options);

  /** Resolves when GitLab has got so many creations. */
  const creations = (count: number) => {
    const seen = new Set<number>();
    const isOne = ({ id, method, path }: RequestRecord) =>
      method === "POST" && path === "/api/v4/user/runners" && seen.add(id).size >= count;
    return gitlab.requests.waitFor(isOne, { timeoutMs: 120_000 });
  };

  /** Neither more nor fewer runners than declared; state, GitLab and file agree, and nothing is left to do. */
  async function assertConverged(): Promise<void> {
    await stack.up("--refresh", "--expect-no-changes");
    const inState = (await stack.resources())
      .filter(({ type }) => type.endsWith(":Runner"))
      .map(({ id }) => Number(id));
    const inFile = [...readFileSync(stack.file, "utf8").matchAll(/^ {2}token = "(.+)"$/gm)].map(([, token]) => token);
    const runners = gitlab.runners.all();
    assert.equal(runners.length, RUNNERS);
    assert.deepEqual(inState.sort(), runners.map(({ id }) => id).sort());
    assert.deepEqual(inFile.sort(), runners.map(({ token }) => token).sort());
  }

  it("refuses a second up while one runs, with the reason and the way on; the first ends well", async () => {
    const gate = stack.path("gate");
    declare(gate);
    const first = startUp();
    await creations(RUNNERS - 1);
    const second = await startUp();
    assert.notEqual(second.code, 0, second.output);
    assert.match(second.output, /the stack is currently locked by 1 lock.*\n.*created by \S+ \(pid \d+\) at /);
    assert.match(second.output, /Either wait for the other process\(es\) to end or .* `pulumi cancel`/);
    writeFileSync(gate, "");
    const { code, output } = await first;
    assert.equal(code, 0, output);
    await stack.up("--expect-no-changes");
    await assertConverged();
  }).timeout(120_000);

  it("outlasts a server that is killed and started again during an up, which goes on by itself", async () => {
    const gate = stack.path("gate");
    declare(gate);
    const up = startUp();
    await creations(RUNNERS - 2);
    const restart = await postgres.kill();
    writeFileSync(gate, "");
    await restart();
    const { code, output } = await up;
    assert.equal(code, 0, output);
    await assertConverged();
  }).timeout(180_000);

  it("is whole after a server that stayed away for the rest of an up: pulumi cancel, then up, and no runner is lost", async () => {
    declare();
    const up = startUp("--parallel", "1");
    await creations(RUNNERS - 1);
    const restart = await postgres.kill();
    const failed = await up;
    await restart();
    assert.notEqual(failed.code, 0, failed.output);
    assert.match(failed.output, /failed to save snapshot: /);
    assert.match(failed.output, /there was a problem deleting the lock/);

    const known = (await stack.resources()).length;
    assert.equal(known, RUNNERS - 2, "what was saved before is there to read");
    assert.equal(gitlab.runners.size, RUNNERS - 1);
    const locked = await startUp();
    assert.match(locked.output, /the stack is currently locked by 1 lock/);
    await stack.succeed("cancel", "--yes");
    const { output } = await stack.up();
    assert.match(output, /Runner runner-\d \(runner \d\): found in GitLab, .*: taken over, with a new token/);
    await assertConverged();
  }).timeout(360_000);

  it("lets strays list many stacks: Pulumi's pool of connections is never waited for in vain", async () => {
    for (const name of ["one", "two", "three"]) await stack.succeed("stack", "init", name);
    gitlab.createRunner({ runnerType: "instance_type" });
    // Go's processors decide on the size of the pool: now it has two connections, and two stacks at once block each other.
    const env = { GOMAXPROCS: "1" };
    const words = [join(ROOT, "dist/cli/main.js"), "strays", "--scope", "instance"];
    const listed = await stack.command("timeout", ["30", process.execPath, ...words], env);
    assert.deepEqual([listed.code, listed.stderr], [2, ""]);
    assert.match(listed.stdout, /\n1 runners, 4 stacks: 1 stray\n$/);
  }).timeout(120_000);
});
