import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Runner, type RunnerArgs } from "../../provider/index.js";

/** Pulumi keeps this to itself; its Automation API runs each inline program in it. */
const { withLocalStorage } = require("@pulumi/pulumi/runtime/state.js") as {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
};

/** What Pulumi tells of a secret that a provider gets. */
const SECRET = "4dabf18193072939515e22adb298388d";

type Registered = pulumi.runtime.MockResourceArgs;

/** Runs a program and gives what it registers, by type. */
async function register(program: () => pulumi.Resource[]): Promise<(type: string) => Registered[]> {
  return withLocalStorage(async () => {
    const registered: Registered[] = [];
    const newResource = (args: Registered) => {
      registered.push(args);
      return { id: `${args.name}-id`, state: args.inputs };
    };
    await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "project", "dev");
    const urns = program().map(({ urn }) => new Promise((resolve) => urn.apply(resolve)));
    await Promise.all(urns);
    return (type) => registered.filter((one) => one.type.endsWith(`:${type}`));
  });
}

describe("the arguments that a Runner adds by itself", () => {
  const ARGS: RunnerArgs = { runnerType: "instance_type" };

  it("tell its name and its stack, of which there is one however many runners", async () => {
    const find = await register(() => [new Runner("a", ARGS), new Runner("b", ARGS)]);
    const runners = find("Runner").map(({ inputs }) => [inputs.identity, inputs.stackId]);
    assert.deepEqual(runners.sort(), [
      ["a", "gitlab-runner-id"],
      ["b", "gitlab-runner-id"],
    ]);
    assert.equal(find("StackIdentity").length, 1);
  });

  it("tell the component that it stands under, since names are given there anew", async () => {
    class Fleet extends pulumi.ComponentResource {
      constructor(type: string, name: string) {
        super(type, name);
        new Runner("docker", ARGS, { parent: this });
        // Two that depended on their parent, whose children count, would wait for each other for ever.
        new Runner("shell", ARGS, { parent: this });
        this.registerOutputs();
      }
    }
    const find = await register(() => {
      const fleets = [new Fleet("my:one:Fleet", "x"), new Fleet("my:two:Fleet", "y")];
      return [...fleets, new Runner("docker", ARGS)];
    });
    // The children of a component are registered after it.
    while (find("Runner").length < 5) await new Promise(setImmediate);
    const names = find("Runner").map(({ inputs }) => inputs.identity as string);
    assert.deepEqual(names.sort(), [
      "docker",
      "my:one:Fleet$docker",
      "my:one:Fleet$shell",
      "my:two:Fleet$docker",
      "my:two:Fleet$shell",
    ]);
  });

  it("tell no stack, and make no identity of one, where marks are switched off", async () => {
    const find = await register(() => [new Runner("a", { ...ARGS, marker: false })]);
    assert.equal(find("Runner")[0]?.inputs.stackId, undefined);
    assert.equal(find("StackIdentity").length, 0);
  });

  it("make every token a secret, whether the program does so or not", async () => {
    const find = await register(() => [
      new Runner("adopted", { ...ARGS, adopt: { runnerId: 7, token: "glrt-a" } }),
      new Runner("used", { authenticationToken: "glrt-b" }),
      new Runner("registered", { registrationToken: pulumi.output("GR1348941c") }),
    ]);
    const inputs = new Map(find("Runner").map((one) => [one.name, one.inputs]));
    const [adopted, used, registered] = ["adopted", "used", "registered"].map((name) => inputs.get(name) ?? {});
    for (const token of [adopted?.adopt, used?.authenticationToken, registered?.registrationToken]) {
      assert.ok(JSON.stringify(token).includes(SECRET), JSON.stringify(token));
    }
    assert.deepEqual(used?.secretPaths, ["authenticationToken"]);
    assert.equal(adopted?.secretPaths, undefined);
  });
});
