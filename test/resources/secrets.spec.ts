import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { restoreItems } from "../../provider/lifecycle/secretItems.js";
import { moveSecretItems } from "../../provider/resources/secretItems.js";
import { listSecretPaths } from "../../provider/resources/secretPaths.js";

/** The value of an output, whatever it is made of. */
async function resolve<T>(value: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((done) => pulumi.output(value).apply((plain) => done(plain as pulumi.Unwrap<T>)));
}

async function pathsOf(args: object): Promise<string[] | undefined> {
  const paths = listSecretPaths(args);
  return paths && (await resolve(paths));
}

describe("secrets among arguments", () => {
  it("are found at any depth, by their paths", async () => {
    const args = {
      a: pulumi.secret("x"),
      b: { c: pulumi.secret(1), d: pulumi.output("plain"), "odd key": Promise.resolve(pulumi.secret("y")) },
      list: ["x", pulumi.secret("z")],
      whole: pulumi.secret({ inner: 1 }),
    };
    assert.deepEqual(await pathsOf(args), ["a", "b.c", 'b["odd key"]', "list", "whole"]);
  });

  it("cost nothing where there is no output, and leave no empty list", async () => {
    assert.equal(await pathsOf({ a: 1, b: { c: ["x"] } }), undefined);
    assert.equal(await pathsOf({ a: pulumi.output("plain") }), undefined);
  });
});

describe("secret list items", () => {
  it("are moved into a map by path, and leave a reference; the rest stays", async () => {
    const args = {
      concurrent: 4,
      runners: {
        main: { environment: ["A=1", pulumi.secret("B=2"), pulumi.output("C=3")], image: pulumi.secret("i") },
      },
    };
    const { secretItems, ...rest } = moveSecretItems(args);
    const moved = (await resolve(rest.runners.main.environment)) as string[];
    assert.deepEqual(moved, ["A=1", "secretItems: runners.main.environment[1]", "C=3"]);
    assert.deepEqual(Object.keys(secretItems ?? {}), ["runners.main.environment[1]", "runners.main.environment[2]"]);
    assert.deepEqual(await resolve(secretItems), {
      "runners.main.environment[1]": "B=2",
      "runners.main.environment[2]": undefined,
    });
    assert.equal(await pulumi.isSecret(rest.runners.main.environment[1] as pulumi.Output<string>), false);
    assert.equal(await pulumi.isSecret(rest.runners.main.image), true);
    assert.equal(args.runners.main.environment.length, 3);
  });

  it("are found in tables within lists, too", async () => {
    const args = { services: [{ name: "pg", environment: [pulumi.secret("PASSWORD=x")] }] };
    const { secretItems, services } = moveSecretItems(args);
    const plain = await resolve(services as pulumi.Input<unknown>);
    assert.deepEqual(plain, [{ name: "pg", environment: ["secretItems: services[0].environment[0]"] }]);
    assert.deepEqual(restoreItems(plain, await resolve(secretItems)), [{ name: "pg", environment: ["PASSWORD=x"] }]);
  });

  it("are no argument at all where no list holds an output", () => {
    assert.deepEqual(moveSecretItems({ a: ["x"] }), { a: ["x"] });
  });
});
