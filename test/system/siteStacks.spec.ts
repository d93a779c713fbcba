import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, TestStack } from "../support/stack.js";

describe("a stack for each site, with a runner that all share", () => {
  it("gives sites the token by a StackReference, as a secret, also a rotated one; pulumi cancel frees a stack whose lock stayed", async () => {
    const gitlab = await makeGitLab();
    const { id } = gitlab.createGroup({ path: "sites" });
    const place = new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token });
    rmSync(place.path("project"), { recursive: true });
    cpSync(join(ROOT, "examples/site-stacks"), place.path("project"), { recursive: true });
    const said: string[] = [];
    const inProject = (name: string) => async (words: string) => {
      const run = await place.pulumi(...words.split(" "), "--cwd", place.path("project", name));
      said.push(run.output);
      return run;
    };
    const [base, site] = [inProject("base"), inProject("site")];
    const succeed = async (pulumi: typeof base, words: string) => {
      const { code, output } = await pulumi(words);
      assert.equal(code, 0, `${words}\n${output}`);
    };
    const up = "up --yes --skip-preview";

    await succeed(base, "stack init prod");
    await succeed(base, `config set groupId ${id}`);
    await succeed(base, up);
    for (const name of ["berlin", "paris"]) {
      await succeed(site, `stack init ${name}`);
      await succeed(site, "config set base organization/gitlab-runner-base/prod");
      await succeed(site, `config set path ${place.path(`${name}.toml`)}`);
      await succeed(site, up);
    }
    const texts = () => ["berlin", "paris"].map((name) => readFileSync(place.path(`${name}.toml`), "utf8"));
    const first = gitlab.runners.get(1).token;
    assert.ok(texts().every((text) => text.includes(first)));

    await succeed(base, "config set rotation second");
    await succeed(base, up);
    const second = gitlab.runners.get(1).token;
    assert.notEqual(second, first);
    for (const name of ["berlin", "paris"]) await succeed(site, `${up} --stack ${name}`);
    assert.ok(texts().every((text) => text.includes(second) && !text.includes(first)));

    // As a killed CLI leaves it.
    const locks = place.makeFolder("state/.pulumi/locks/organization/gitlab-runner-site/paris");
    const lock = { pid: 1, username: "somebody", hostname: "elsewhere", timestamp: "2026-01-01T00:00:00Z" };
    writeFileSync(join(locks, "11111111-1111-1111-1111-111111111111.json"), JSON.stringify(lock));
    const locked = await site(`${up} --stack paris`);
    assert.match(locked.output, /currently locked by 1 lock.*\n.*created by somebody@elsewhere \(pid 1\)/);
    await succeed(site, "cancel --yes --stack paris");
    await succeed(site, `${up} --stack paris --expect-no-changes`);

    for (const name of ["berlin", "paris"]) await succeed(site, `destroy --yes --skip-preview --stack ${name}`);
    await succeed(base, "destroy --yes --skip-preview");
    assert.equal(gitlab.runners.size, 0);
    assert.ok(![first, second].some((token) => said.join("").includes(token)), "a token was shown");
  }).timeout(300_000);
});
