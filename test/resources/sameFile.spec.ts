import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, type ConfigTomlArgs } from "../../provider/index.js";

type FileArgs = Omit<ConfigTomlArgs, "runners">;

/** What a program with these files is warned of. */
async function warnings(files: Record<string, FileArgs>): Promise<string[]> {
  const { warn } = console;
  const said: string[] = [];
  // Without an engine, Pulumi's SDK logs to the console.
  console.warn = (line: string) => void said.push(line);
  try {
    const newResource = ({ name, inputs }: pulumi.runtime.MockResourceArgs) => ({ id: name, state: inputs });
    await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "project", "dev");
    const runner = { url: "https://gitlab.example.com", id: 5, token: "glrt-FAKE" };
    const made = Object.entries(files).map(([name, args]) => {
      return new ConfigToml(name, { ...args, runners: { main: { runner, executor: "shell" } } });
    });
    await Promise.all(made.map(({ urn }) => new Promise((resolve) => urn.apply(resolve))));
    await new Promise(setImmediate);
  } finally {
    console.warn = warn;
  }
  return said;
}

describe("ConfigTomls of one program with one file", () => {
  const path = "/etc/gitlab-runner/config.toml";
  const on = (host: string) => ({ path, target: { ssh: { host, user: "root" } } });

  it("are told by their names, and what to do", async () => {
    const said = await warnings({ a: { path }, b: { path } });
    assert.equal(said.length, 1, said.join("\n"));
    assert.match(said[0] ?? "", /ConfigToml b: its file is that of ConfigToml a, too: .*ownership: "entries"/);
    assert.equal((await warnings({ a: on("h"), b: on("H") })).length, 1);
  });

  it("are none where path or machine differ, one is not known, they are texts, or share the file", async () => {
    const shared = { path, ownership: "entries" } as const;
    const files: Record<string, FileArgs>[] = [
      { a: { path }, b: { path: `${path}.2` }, c: on("h"), d: on("i") },
      { a: { path }, b: { path: pulumi.output(path) } },
      { a: {}, b: {} },
      { a: shared, b: shared },
    ];
    for (const one of files) assert.deepEqual(await warnings(one), []);
  });
});
