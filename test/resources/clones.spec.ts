import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner } from "../../provider/index.js";

/** Pulumi keeps this to itself; its Automation API runs each inline program in it. */
const { withLocalStorage } = require("@pulumi/pulumi/runtime/state.js") as {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
};

interface Machine {
  /** Undefined: the machine that runs Pulumi. */
  host?: string;
  systemId?: string;
  /** GitLab's number of the runner that it has, and of no other. */
  runner?: number;
}

/** What a program with a file on each of these machines is warned of. */
async function warnings(machines: Record<string, Machine>): Promise<string[]> {
  const { warn } = console;
  const said: string[] = [];
  // Without an engine, Pulumi's SDK logs to the console.
  console.warn = (line: string) => void said.push(line);
  try {
    await withLocalStorage(() => run(machines));
  } finally {
    console.warn = warn;
  }
  return said;
}

async function run(machines: Record<string, Machine>): Promise<void> {
  const newResource = ({ name, inputs }: pulumi.runtime.MockResourceArgs) => {
    const [, runnerId] = /^runner-(\d+)$/.exec(name) ?? [];
    const made = { runnerId: Number(runnerId), url: "https://gitlab.example.com", token: "glrt-FAKE" };
    return { id: runnerId ?? "1", state: { ...inputs, ...(runnerId ? made : { systemId: machines[name]?.systemId }) } };
  };
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "project", "dev");
  const files = Object.entries(machines).map(([name, { host, runner: id = 7 }]) => {
    const runner = new Runner(`runner-${id}`, { runnerType: "instance_type" });
    const target = host === undefined ? {} : { target: { ssh: { host, user: "root" } } };
    return new ConfigToml(name, {
      path: `/etc/${name}.toml`,
      ...target,
      runners: { web: { runner, executor: "shell" } },
    });
  });
  await Promise.all(files.map(({ systemId }) => new Promise((resolve) => systemId.apply(resolve))));
  // From here on nothing waits for the outside: what follows from the ids has happened by the next turn.
  await new Promise(setImmediate);
}

describe("Machines with one system id", () => {
  const systemId = "s_000000000001";

  it("are told once each where they have a runner in common, by their names, and what to do", async () => {
    const said = await warnings({ a: { host: "a", systemId }, b: { host: "b", systemId }, c: { host: "c", systemId } });
    assert.equal(said.length, 2, said.join("\n"));
    const line =
      /ConfigToml b: its machine has the same system id \(s_000000000001\) as that of ConfigToml a, .*Remove \.runner_/;
    assert.match(said[0] ?? "", line);
    assert.doesNotMatch(said.join(), /FAKE/);
  });

  it("are none where the ids differ or are not known, the runners differ, or the machine is one", async () => {
    assert.deepEqual(await warnings({ a: { host: "a", systemId }, b: { host: "b", systemId: "s_000000000002" } }), []);
    assert.deepEqual(await warnings({ a: { host: "a" }, b: { host: "b" } }), []);
    assert.deepEqual(await warnings({ a: { host: "a", systemId }, b: { host: "b", systemId, runner: 8 } }), []);
    assert.deepEqual(await warnings({ a: { host: "a", systemId }, second: { host: "A", systemId } }), []);
    assert.deepEqual(await warnings({ a: { systemId }, b: { systemId } }), []);
  });

  it("of two programs in one process have nothing to do with each other", async () => {
    assert.deepEqual(await warnings({ a: { host: "a", systemId } }), []);
    assert.deepEqual(await warnings({ b: { host: "b", systemId } }), []);
  });
});
