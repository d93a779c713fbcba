import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { TestStack } from "../support/stack.js";

describe("no runner is lost, made twice, or taken from another, on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;

  const makeStack = () => new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();

  beforeEach(async () => {
    gitlab = await makeGitLab({ runnerIdStart: 77 });
    stack = await makeStack();
  });

  const program = (name = "docker", { args = "", options = "" } = {}) => `
    const runner = new Runner("${name}", { runnerType: "instance_type", ${args} }, { ${options} });
    new ConfigToml("host", { path: file, runners: { docker: { runner, executor: "shell" } } });
  `;
  const ids = () => gitlab.runners.all().map(({ id }) => id);
  const urnOf = async (type: string) =>
    (await stack.resources()).find(({ urn }) => urn.includes(`:${type}::`))?.urn ?? assert.fail();
  const assertInFile = (of: TestStack, id: number) =>
    assert.ok(readFileSync(of.file, "utf8").includes(`token = "${gitlab.runners.get(id).token}"`));

  /** Forgets the runner in state, as if its creation had never reached it; the stack's identity stays. */
  async function forget(): Promise<void> {
    for (const type of ["ConfigToml", "Runner"]) await stack.succeed("state", "delete", await urnOf(type), "--yes");
  }

  it("takes over the runner whose creation did not reach the state, and puts its new token into the file", async () => {
    stack.program(program());
    await stack.up();
    const { token } = gitlab.runners.get(77);
    await forget();
    const { output } = await stack.up();
    assert.match(output, /Runner docker \(runner 77\): found in GitLab, .* taken over, with a new token/);
    assert.deepEqual(ids(), [77]);
    assert.notEqual(gitlab.runners.get(77).token, token);
    assertInFile(stack, 77);
    await stack.succeed("preview", "--refresh", "--expect-no-changes");
    await stack.destroy();
    assert.deepEqual([ids(), existsSync(stack.file)], [[], false]);
  });

  it("names id and adopt where that runner is in use by then; adopt brings it back", async () => {
    stack.program(program());
    await stack.up();
    const { token } = gitlab.runners.get(77);
    await forget();
    gitlab.runners.update(77, { contactedAt: gitlab.clock.now() });
    const { output } = await stack.failUp();
    assert.match(
      output,
      /runner 77 carries the mark of this resource .*a machine has used it .*adopt: \{ runnerId: 77, token \}/,
    );
    stack.program(program("docker", { args: `adopt: { runnerId: 77, token: "${token}" }` }));
    await stack.up("--refresh");
    assert.deepEqual([ids(), gitlab.runners.get(77).token], [[77], token]);
  });

  it("lets two stacks of the same names in two backends alone", async () => {
    const other = await makeStack();
    for (const one of [stack, other]) {
      one.program(program());
      await one.up();
    }
    assert.deepEqual(ids(), [77, 78]);
    assertInFile(stack, 77);
    assertInFile(other, 78);
    await stack.destroy();
    assert.deepEqual(ids(), [78]);
    assertInFile(other, 78);
  });

  it("by --replace never deletes the runner that the new resource has just taken over, nor resets one in use", async () => {
    stack.program(program());
    await stack.up();
    const taken = await stack.up("--replace", await urnOf("Runner"));
    assert.match(taken.output, /left in GitLab, since another creation has taken it over/);
    assert.deepEqual(ids(), [77]);
    assertInFile(stack, 77);

    gitlab.runners.update(77, { contactedAt: gitlab.clock.now() });
    const { token } = gitlab.runners.get(77);
    const { output } = await stack.failUp("--replace", await urnOf("Runner"));
    assert.match(output, /a machine has used it .*with --replace, destroy the old resource first/);
    assert.deepEqual([ids(), gitlab.runners.get(77).token], [[77], token]);
    assertInFile(stack, 77);
  });

  it("makes a runner for a resource that was renamed, and marks it anew where an alias keeps it", async () => {
    stack.program(program());
    await stack.up();
    stack.program(program("renamed", { options: 'aliases: [{ name: "docker" }]' }));
    await stack.up();
    assert.deepEqual(ids(), [77]);
    assert.match(gitlab.runners.get(77).maintenanceNote ?? "", /\/renamed#/);
    await stack.up("--expect-no-changes");
    // The old name is another resource now, and the runner of the renamed one is none of its own.
    stack.program(
      `${program("renamed", { options: 'aliases: [{ name: "docker" }]' })} new Runner("docker", { runnerType: "instance_type" });`,
    );
    await stack.up();
    assert.deepEqual(ids(), [77, 78]);
    stack.program(program("third"));
    await stack.up();
    assert.deepEqual(ids(), [79]);
    assertInFile(stack, 79);
  });

  it("does nothing at another GitLab to which a resource was moved by its provider", async () => {
    const other = await makeGitLab({ runnerIdStart: 77 });
    other.createRunner({ runnerType: "instance_type", description: "a colleague's" });
    stack.program(program());
    await stack.up();
    stack.program(`
      const provider = new Provider("other", { baseUrl: "${other.url}", token: "${other.token}" });
      ${program("docker", { args: "paused: true", options: "provider" })}
    `);
    const { output } = await stack.failUp();
    assert.ok(output.includes(gitlab.url) && output.includes(other.url), output);
    const { description, paused, token } = other.runners.get(77);
    assert.deepEqual([other.runners.size, description, paused, ids()], [1, "a colleague's", false, [77]]);
    assert.equal(other.runners.get(77).token, token);
  });

  it("rotates by trigger and by approaching expiry: the file has the living token after up, and nothing changes after it", async () => {
    const rotating = (triggers: number, expiry = "") =>
      program("docker", { args: `${expiry} rotation: { beforeExpiry: "72h", triggers: [${triggers}] }` });
    stack.program(rotating(1));
    await stack.up();
    const first = gitlab.runners.get(77).token;
    stack.program(rotating(2));
    const { output } = await stack.preview();
    assert.match(output, /Runner docker \(runner 77\): its token will be reset: rotation\.triggers changed/);
    await stack.up();
    assert.notEqual(gitlab.runners.get(77).token, first);
    assertInFile(stack, 77);
    await stack.up("--expect-no-changes");

    const soon = new Date(gitlab.clock.now().getTime() + 24 * 3600_000).toISOString();
    stack.program(`
      const runner = new Runner("short", { runnerType: "instance_type", initialTokenExpiresAt: "${soon}", rotation: { beforeExpiry: "72h" } });
      const entry = { runner, executor: "shell" };
      new ConfigToml("host", { path: file, runners: { one: entry } });
      new ConfigToml("second", { path: file + ".second", runners: { two: entry } });
    `);
    await stack.up();
    const preview = await stack.preview();
    assert.match(preview.output, /Runner short \(runner 78\): its token will be reset: it expires at /);
    await stack.up();
    const { token } = gitlab.runners.get(78);
    for (const file of [stack.file, `${stack.file}.second`])
      assert.ok(readFileSync(file, "utf8").includes(token), file);
    await stack.up("--expect-no-changes");
  });
});
