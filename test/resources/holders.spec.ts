import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner } from "../../provider/index.js";

/** Pulumi keeps this to itself; its Automation API runs each inline program in it. */
const { withLocalStorage } = require("@pulumi/pulumi/runtime/state.js") as {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
};

/** What a preview of a program with two files for one runner hands to the provider: of each file, by name, who else has it. */
async function previewTwo(selfRotation: boolean): Promise<Record<string, unknown>> {
  return withLocalStorage(async () => {
    const found: Record<string, unknown> = {};
    const newResource = ({ name, type, inputs }: pulumi.runtime.MockResourceArgs) => {
      if (type.endsWith(":ConfigToml")) found[name] = inputs.runners.docker.runner.alsoIn;
      return { id: undefined, state: inputs };
    };
    await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "project", "dev", true);
    const runner = new Runner("docker", { runnerType: "instance_type", selfRotation });
    const runners = { docker: { runner, executor: "shell" as const } };
    const files = ["host", "second"].map((name) => new ConfigToml(name, { path: `/etc/${name}`, runners }));
    await Promise.all(files.map(({ urn }) => new Promise((resolve) => urn.apply(resolve))));
    return found;
  });
}

describe("two ConfigTomls with one runner", () => {
  it("are told to the second one in a preview, where the runner rotates its own token", async () => {
    assert.deepEqual(await previewTwo(true), { host: undefined, second: ["host", "second"] });
  });

  it("are nobody's business where Pulumi rotates it", async () => {
    assert.deepEqual(await previewTwo(false), { host: undefined, second: [] });
  });
});
