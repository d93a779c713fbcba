import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, TestStack } from "../support/stack.js";
import { checkTypes, toJavaScript } from "../support/typescript.js";

/** The TypeScript blocks of the README and of docs/, by their place. */
function readBlocks(): string[] {
  const pages = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  const files = ["README.md", ...pages.map((name) => join("docs", name))];
  const text = files.map((file) => readFileSync(join(ROOT, file), "utf8")).join("\n");
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? "");
}

/** A folder in which a program finds the packed package, as in a user's project. */
function makeProject(stack: TestStack, files: Record<string, string>): string {
  const folder = stack.path("types");
  mkdirSync(folder);
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, "examples/quickstart/tsconfig.json"), "utf8"));
  const typeRoots = [join(ROOT, "node_modules/@types")];
  const config = { compilerOptions: { ...compilerOptions, typeRoots }, files: Object.keys(files) };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("examples", () => {
  const examples = readdirSync(join(ROOT, "examples"));

  for (const example of examples) {
    it(`${example} compiles against the packed package`, () => {
      assert.equal(checkTypes(join(ROOT, "examples", example)), "");
    });
  }

  it("of the README and docs/ compile, and the README's program runs as it stands", async () => {
    const [program = "", ...others] = readBlocks();
    const isOfTesting = (block: string) => block.includes('from "pulumi-gitlab-runner/testing"');
    const testing = others.find(isOfTesting) ?? assert.fail("nothing about testing");
    const fragments = others.filter((block) => !isOfTesting(block) && block.startsWith("import "));
    const gitlab = await makeGitLab();
    const group = gitlab.createGroup({ path: "readme" });
    const stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    const folder = makeProject(stack, {
      "program.ts": program,
      ...Object.fromEntries(fragments.map((block, place) => [`fragment${place}.ts`, block])),
      "testing.ts": `export {};\nasync function test() {\n${testing.replace(/^import.*$/m, "")}\nreturn gitlab.url;\n}\n${/^import.*$/m.exec(testing)?.[0]}\nvoid test;\n`,
    });
    assert.equal(checkTypes(folder), "");

    // The same text, with this test's group and path.
    const runnable = program
      .replace("groupId: 42", `groupId: ${group.id}`)
      .replace("/etc/gitlab-runner/config.toml", stack.file);
    assert.notEqual(runnable, program);
    writeFileSync(stack.path("project/program.js"), toJavaScript(runnable));
    writeFileSync(stack.path("project/template.toml"), '[[runners]]\n[runners.docker]\nmemory = "1g"\n');
    stack.program('require("./program.js");');
    await stack.up();
    assert.match(readFileSync(stack.file, "utf8"), /image = "alpine:3\.20"\n {4}memory = "1g"/);
    assert.equal(gitlab.runners.get(1).groupId, group.id);
  });
});

describe("types of the packed package", () => {
  it("refuse a misspelt key and a wrong type at any depth", async () => {
    const stack = new TestStack();
    const head =
      'import { ConfigToml, Runner } from "pulumi-gitlab-runner";\nconst runner = new Runner("r", { runnerType: "instance_type" });\n';
    const file = (settings: string) =>
      `${head}new ConfigToml("c", { runners: { a: { runner, executor: "docker", ${settings} } } });\n`;
    const folder = makeProject(stack, {
      "right.ts": file('docker: { image: runner.url, pullPolicy: ["always"], services: [{ name: "pg" }] }, limit: 2'),
      "misspelt.ts": file('docker: { imag: "x" }'),
      "wrongType.ts": file('docker: { privileged: "yes" }'),
      "wrongWord.ts": file('shell: "fish"'),
      "wrongRunner.ts": `${head}new Runner("x", { runnerType: "group_type", group: 5 });\n`,
    });
    const problems = checkTypes(folder);
    for (const name of ["misspelt", "wrongType", "wrongWord", "wrongRunner"])
      assert.match(problems, new RegExp(`${name}\\.ts\\(`), problems);
    assert.ok(!problems.includes("right.ts"), problems);
  });

  it("carry GitLab's key and meaning for each key as hover text", () => {
    const types = readFileSync(join(ROOT, "dist/config/schema/types.d.ts"), "utf8");
    const members = types.match(/^ {4}\w+\?: /gm) ?? [];
    const documented = types.match(/\*\/\n {4}\w+\?: /g) ?? [];
    assert.ok(members.length > 500, `${members.length} keys`);
    assert.equal(documented.length, members.length);
  });
});
