import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as lifecycle from "../../provider/lifecycle/stackIdentity.js";
import { nameStack, type StackIdentity, stackIdentityOf } from "../../provider/resources/stackIdentity.js";

/** Pulumi keeps this to itself; its Automation API runs each inline program in it. */
const { withLocalStorage } = require("@pulumi/pulumi/runtime/state.js") as {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
};

/** As an inline program runs: its own store, and its own connection to an engine. */
async function runProgram(name: string, body: () => StackIdentity[]): Promise<{ ids: string[]; registered: string[] }> {
  return withLocalStorage(async () => {
    const registered: string[] = [];
    const newResource = ({ type, inputs }: pulumi.runtime.MockResourceArgs) => {
      registered.push(type);
      return { id: `${name}-${registered.length}`, state: inputs };
    };
    await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "project", name);
    const ids = body().map(({ id }) => new Promise<string>((resolve) => id.apply(resolve)));
    return { ids: await Promise.all(ids), registered };
  });
}

describe("the identity of a stack", () => {
  it("is registered once in a program, however many ask", async () => {
    const { ids, registered } = await runProgram("one", () => [stackIdentityOf(), stackIdentityOf()]);
    assert.deepEqual(ids, ["one-1", "one-1"]);
    assert.deepEqual(registered, ["pulumi-nodejs:dynamic/gitlab-runner:StackIdentity"]);
  });

  it("is another one in each program of a process, also side by side", async () => {
    const runs = ["a", "b"].map((name) => runProgram(name, () => [stackIdentityOf(), stackIdentityOf()]));
    assert.deepEqual(
      (await Promise.all(runs)).map(({ ids }) => ids),
      [
        ["a-1", "a-1"],
        ["b-1", "b-1"],
      ],
    );
  });

  it("is named as people name the stack", async () => {
    let name = "";
    await runProgram("dev", () => {
      name = nameStack();
      return [];
    });
    assert.equal(name, "project/dev");
  });

  it("is random, made once, and never changes", async () => {
    const [one, other] = [await lifecycle.create({}), await lifecycle.create({})];
    assert.match(one.id, /^[0-9a-f]{32}$/);
    assert.notEqual(one.id, other.id);
    assert.deepEqual(await lifecycle.diff(one.id, one.outs, { anything: 1 }), { changes: false });
    assert.deepEqual(await lifecycle.read(one.id, { ...one.outs, __provider: "x" }), {
      id: one.id,
      props: one.outs,
      inputs: {},
    });
    assert.deepEqual(await lifecycle.update(one.id, one.outs, {}), { outs: one.outs });
    assert.equal(await lifecycle.delete(one.id, one.outs), undefined);
  });
});
