import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { launchPostgres, type Postgres } from "../support/postgres.js";
import { ROOT, type Run, TestStack } from "../support/stack.js";

const SITES = Array.from({ length: 20 }, (_, place) => `site-${String(place + 1).padStart(2, "0")}`);
const LATE = ["late-1", "late-2"];
const LATER = ["later-1", "later-2"];

describe("many stacks, run by one program on one PostgreSQL", () => {
  let postgres: Postgres;
  let gitlab: StandInGitLab;
  let place: TestStack;
  let groupId: number;
  let tables = 0;
  const runs: Run[] = [];
  const held: ChildProcess[] = [];

  before(async function () {
    this.timeout(60_000);
    postgres = await launchPostgres();
  });
  after(() => postgres.stop());

  afterEach(() => {
    for (const child of held.splice(0)) child.kill("SIGKILL");
  });

  const path = (...parts: string[]) => place.path("project", ...parts);
  const fileOf = (site: string) => place.path(`${site}.toml`);
  const settle = (site: string, more = "") => {
    const file = path(`Pulumi.${site}.yaml`);
    const kept = existsSync(file) ? readFileSync(file, "utf8").replace(/^config:\n( .*\n)*/m, "") : "";
    const settings = { groupId, path: fileOf(site) };
    const lines = Object.entries(settings).map(([key, value]) => `  gitlab-runner-many-stacks:${key}: "${value}"\n`);
    writeFileSync(file, `${kept}config:\n${lines.join("")}${more}`);
  };
  const many = async (...words: string[]) => {
    const run = await place.command(process.execPath, ["dist/many.js", ...words]);
    runs.push(run);
    return run;
  };
  /** The next runner takes its time; resolves when GitLab has been asked for it. */
  const delayCreation = () => {
    const creation = { method: "POST", path: "/api/v4/user/runners" };
    gitlab.faults.add({ kind: "delay", delayMs: 1000, ...creation });
    return gitlab.requests.waitFor(creation, { timeoutMs: 60_000 });
  };
  const entriesRight = (site: string) => {
    const text = readFileSync(fileOf(site), "utf8");
    return gitlab.runners.all().some(({ tagList, token }) => tagList.includes(site) && text.includes(token));
  };

  beforeEach(async function () {
    this.timeout(120_000);
    runs.length = 0;
    gitlab = await makeGitLab();
    groupId = gitlab.createGroup({ path: "sites" }).id;
    const connection = { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token };
    place = new TestStack({
      ...connection,
      PULUMI_BACKEND_URL: postgres.backend(`sites_${++tables}`),
      ...postgres.env,
    });
    rmSync(path("index.js"), { force: true });
    cpSync(join(ROOT, "examples/many-stacks"), path(), {
      recursive: true,
      filter: (name) => !/node_modules|dist|Pulumi\.(berlin|paris)\.yaml/.test(name.slice(ROOT.length)),
    });
    const built = await place.command("npm", ["run", "--silent", "build"]);
    assert.equal(built.code, 0, built.output);
  });

  it("brings up 20 sites, tells drift and failures of single ones, stops without a lock, goes on, and takes all back", async () => {
    for (const site of SITES) settle(site);
    const first = await many("up");
    assert.equal(first.code, 0, first.output);
    assert.match(first.output, /\n20 stacks: 20 well, 0 drifted, 0 not done\n$/);
    assert.equal(gitlab.runners.size, SITES.length);
    assert.deepEqual(
      SITES.filter((site) => !entriesRight(site)),
      [],
    );

    const [one = "", two = "", three = ""] = SITES;
    const again = await many("up", one, two);
    assert.match(again.output, /site-01 .*unchanged\nsite-02 .*unchanged\n/);

    writeFileSync(fileOf(two), readFileSync(fileOf(two), "utf8").replace("concurrent = 4", "concurrent = 40"));
    assert.equal((await many("drift", one)).code, 0);
    const drifted = await many("drift", one, two);
    assert.equal(drifted.code, 2, drifted.output);
    assert.match(drifted.output, /== site-02\n.*concurrent: applied 4, now 40/);
    settle(three, '  gitlab-runner-many-stacks:concurrent: "many"\n');
    const broken = await many("up", one, three);
    assert.equal(broken.code, 1, broken.output);
    assert.match(broken.output, /== site-03\n.*error: /);
    assert.match(broken.output, /The rest of it: npm run many -- up site-03\n$/);
    assert.match(broken.output, /site-01 .*unchanged/);

    settle(three);
    await stopInTheMiddle(LATE, "SIGTERM", (child) => child.kill("SIGTERM"));
    // As a terminal does it: all that it has get the signal.
    await stopInTheMiddle(LATER, "SIGINT", ({ pid = 0 }) => process.kill(-pid, "SIGINT"));
    const healed = await many("up", three, ...LATE, ...LATER);
    assert.equal(healed.code, 0, healed.output);
    assert.equal(gitlab.runners.size, SITES.length + LATE.length + LATER.length);
    assert.deepEqual(
      [...SITES, ...LATE, ...LATER].filter((site) => !entriesRight(site)),
      [],
    );

    const destroyed = await many("destroy");
    assert.equal(destroyed.code, 0, destroyed.output);
    assert.equal(gitlab.runners.size, 0);
    const said = runs.map(({ output }) => output).join("");
    assert.ok(!said.includes(postgres.env.PGPASSWORD) && !/glrt-/.test(said));
  }).timeout(900_000);

  it("tells which stack is locked, by whom and since when, and does the others", async () => {
    const [one = "", two = ""] = SITES;
    for (const site of [one, two]) settle(site);
    const theirs = await holdUp(one);
    const locked = await many("up", one, two);
    assert.equal(locked.code, 1, locked.output);
    const holder = `locked by \\S+ \\(pid ${theirs.pid}\\) since \\S+Z`;
    const way = "wait for the end of that run; where its process has died: pulumi cancel --stack site-01";
    assert.match(locked.output, new RegExp(`\n== site-01\n${holder}\n${way}\n\n`));
    assert.match(
      locked.output,
      /\nsite-01 .* locked\nsite-02 .* \d+ create\n\n2 stacks: 1 well, 0 drifted, 1 not done\n/,
    );
    assert.match(locked.output, /\nThe rest of it: npm run many -- up site-01\n$/);
    assert.equal(await theirs.goOn(), 0);
    assert.match((await many("up", one)).output, /\nsite-01 .* unchanged\n/);
    assert.deepEqual([gitlab.runners.size, entriesRight(one), entriesRight(two)], [2, true, true]);
  }).timeout(180_000);

  it("does not begin where the backend cannot be reached, and shows no password of its address", async () => {
    settle("site-01");
    place.env.PULUMI_BACKEND_URL = "postgres://pulumi:a-password@127.0.0.1:1/postgres";
    const { code, output } = await many("up");
    assert.equal(code, 1, output);
    assert.match(output, /unable to open bucket postgres:\/\/pulumi:…@127/);
    assert.doesNotMatch(output, /a-password|== site-01/);
  }).timeout(60_000);

  /** Another `pulumi up`, which stands still while it makes its runner, and holds its lock until it goes on to its end. */
  async function holdUp(site: string): Promise<{ pid?: number; goOn: () => Promise<number | null> }> {
    await place.succeed("stack", "init", site);
    const creation = delayCreation();
    const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", site];
    const child = spawn("pulumi", args, { cwd: path(), env: place.env, stdio: "ignore" });
    held.push(child);
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    await creation;
    child.kill("SIGSTOP");
    const goOn = () => {
      child.kill("SIGCONT");
      return ended;
    };
    return { pid: child.pid, goOn };
  }

  /** A signal while the first of two new sites makes its runner, one site at a time. */
  async function stopInTheMiddle(sites: string[], signal: string, stop: (child: ChildProcess) => void): Promise<void> {
    for (const site of sites) settle(site);
    gitlab.requests.clear();
    const creation = delayCreation();
    const options = { cwd: path(), env: place.env, stdio: "pipe", detached: true } as const;
    const child = spawn(process.execPath, ["dist/many.js", "up", "--at-once", "1", ...sites], options);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    await creation;
    stop(child);
    assert.equal(await ended, 1, output);
    const [first = "", second = ""] = sites;
    assert.equal(output.split(`${signal}: no further stack is begun`).length, 2, output);
    assert.match(output, new RegExp(`${first} .*stopped\\n${second} .*not begun`));
    const { stdout } = await place.succeed("stack", "export", "--stack", first);
    const { deployment } = JSON.parse(stdout) as { deployment: { pending_operations?: object[] } };
    assert.deepEqual([deployment.pending_operations ?? [], stdout.includes(":Runner::docker")], [[], true], output);
  }
});
