import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { matchGolden } from "../support/golden.js";
import { TestStack } from "../support/stack.js";

/** Three entries: one of a Runner of the program, one with a token made elsewhere, one with a secret variable. */
const program = ({ tags = ["docker"], image = "alpine:3.20", token = "glrt-first", more = "" }) => `
  const docker = new Runner("docker", { runnerType: "instance_type", description: "builds", tagList: ${JSON.stringify(tags)} });
  const elsewhere = { url: "https://gitlab.example.com", id: 5, token: pulumi.secret("${token}") };
  ${more ? 'const web = new Runner("web", { runnerType: "instance_type" });' : ""}
  new ConfigToml("host", {
    path: file,
    concurrent: 4,
    runners: {
      docker: {
        runner: docker,
        executor: "docker",
        environment: ["CI_DEBUG=0", pulumi.secret("PASSWORD=hidden")],
        docker: { image: "${image}", pullPolicy: ["if-not-present"] },
      },
      shell: { runner: elsewhere, executor: "shell" },
      ${more}
    },
  });
`;

describe("the text of preview --diff", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    stack.program(program({}));
    await stack.up();
  });

  /** The update part, without what differs from run to run. */
  async function previewText(...args: string[]): Promise<string> {
    const { output } = await stack.preview(...args);
    // The engine's sign of life stands wherever a second went by.
    const passing = /^(warning: using pulumi-resource|@ previewing update\.+$)/;
    const lines = output.split("\n").filter((line) => !passing.test(line));
    return lines
      .join("\n")
      .replaceAll(gitlab.url, "http://gitlab")
      .replaceAll(stack.folder, "FOLDER")
      .replace(/[0-9a-f]{16}/g, "ID")
      .trim()
      .concat("\n");
  }

  /** `[secret]` may stand on the line of a token or of a moved list item only; `[unknown]` where the engine knows no token. */
  function assertReadable(text: string): void {
    for (const line of text.split("\n").filter((line) => line.includes("[secret]"))) {
      assert.match(
        line,
        /^\s*[~+-]?\s*(token|runners\.docker\.environment\[1\]) *: \[secret\]( => (\[secret\]|\[unknown\]))?$/,
      );
    }
    for (const line of text.split("\n").filter((line) => line.includes("[unknown]")))
      assert.match(line, /\b(token|id) *: /);
  }

  it("shows a tag that was added", async () => {
    stack.program(program({ tags: ["docker", "linux"] }));
    const text = await previewText();
    assert.match(text, /\+ \[1\]: "linux"/);
    assertReadable(text);
    matchGolden("tagAdded.txt", text);
  });

  it("shows an image that was changed", async () => {
    stack.program(program({ image: "alpine:3.21" }));
    const text = await previewText();
    assert.match(text, /~ image +: "alpine:3\.20" => "alpine:3\.21"/);
    assertReadable(text);
    matchGolden("imageChanged.txt", text);
  });

  it("shows a runner that was added", async () => {
    stack.program(program({ more: 'web: { runner: web, executor: "shell", limit: 2 },' }));
    const text = await previewText();
    assert.match(text, /\+ web +: \{\s+\+ executor: "shell"\s+\+ limit +: 2/);
    assertReadable(text);
    matchGolden("runnerAdded.txt", text);
  });

  it("shows a token that was replaced, on its own line alone", async () => {
    stack.program(program({ token: "glrt-second" }));
    const text = await previewText();
    assert.match(text, /~ runners\.shell\.runner\.token *: 1 => 2/);
    assertReadable(text);
    matchGolden("tokenReplaced.txt", text);
  });

  it("shows a file that was edited by hand", async () => {
    const text = readFileSync(stack.file, "utf8");
    writeFileSync(
      stack.file,
      text.replace("concurrent = 4", "concurrent = 40").replace("privileged = false", "privileged = true"),
    );
    const preview = await previewText("--refresh");
    assert.match(preview, /~ concurrent *: 40 => 4/);
    assert.match(preview, /- runners\.docker\.docker\.privileged: true/);
    assertReadable(preview);
    matchGolden("fileEdited.txt", preview);
  });
});
