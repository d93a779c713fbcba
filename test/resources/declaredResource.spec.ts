import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner, RunnerSet } from "../../provider/index.js";
import { detach } from "../../provider/resources/detach.js";

/** Pulumi keeps these to itself. */
const { withLocalStorage } = require("@pulumi/pulumi/runtime/state.js") as {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
};
const resources = require("@pulumi/pulumi/runtime/resource.js") as { registerResource: (...args: unknown[]) => void };

interface Position {
  uri: string;
  line: number;
}

/** Runs a program and gives where, as Pulumi's SDK is told, each resource was made. */
async function collectTraces(program: () => void): Promise<(Position | undefined)[][]> {
  const { registerResource } = resources;
  const traces: (Position | undefined)[][] = [];
  resources.registerResource = (...args) => {
    traces.push(args[10] as Position[]);
    registerResource(...args);
  };
  try {
    await withMocks(async () => program(), false);
  } finally {
    resources.registerResource = registerResource;
  }
  return traces;
}

async function withMocks<T>(run: () => Promise<T>, isPreview: boolean): Promise<T> {
  return withLocalStorage(async () => {
    const mocks = {
      newResource: ({ name, inputs }: pulumi.runtime.MockResourceArgs) => ({
        id: isPreview ? undefined : `${name}-id`,
        state: inputs,
      }),
      call: () => ({}),
    };
    await pulumi.runtime.setMocks(mocks as pulumi.runtime.Mocks, "project", "dev", isPreview);
    return run();
  });
}

/** Pulumi keeps these to itself, too. */
async function dependenciesOf(output: pulumi.Output<unknown>): Promise<string[]> {
  const { allResources } = output as unknown as { allResources(): Promise<Set<pulumi.Resource>> };
  return [...(await allResources())].map((resource) => resource.constructor.name);
}

async function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return (output as unknown as { isKnown: Promise<boolean> }).isKnown;
}

class Made extends pulumi.CustomResource {
  constructor() {
    super("test:index:Made", "made", {});
  }
}

describe("where a resource was made", () => {
  it("is noted as the program's own lines, without ours and Pulumi's", async () => {
    const makeRunner = () => new Runner("r", { runnerType: "instance_type", marker: false });
    const [trace = []] = await collectTraces(() => void makeRunner());
    const files = trace.map((position) => position?.uri ?? "");
    assert.match(files[0] ?? "", /declaredResource\.spec\.[jt]s$/);
    assert.match(files[1] ?? "", /declaredResource\.spec\.[jt]s$/);
    assert.deepEqual(
      files.filter((file) => /@pulumi|\/provider\/|\/dist\/|^$/.test(file)),
      [],
    );
  });

  it("leaves the traces of everything else as they were", async () => {
    const { prepareStackTrace, stackTraceLimit } = Error;
    let inner: string | undefined;
    const custom = () => "as the program wants it";
    try {
      Error.prepareStackTrace = custom;
      await collectTraces(() => void new Runner("r", { runnerType: "instance_type", marker: false }));
      inner = new Error("x").stack;
      assert.equal(Error.prepareStackTrace, custom);
      assert.equal(Error.stackTraceLimit, stackTraceLimit);
    } finally {
      Error.prepareStackTrace = prepareStackTrace;
    }
    assert.equal(inner, "as the program wants it");
  });
});

describe("names that Pulumi would lose, or fail for without a place", () => {
  const named = (name: string, value: object) => JSON.parse(JSON.stringify({ other: {}, [name]: value }));

  it("are refused by path, wherever they stand", async () => {
    await withMocks(async () => {
      for (const name of ["__proto__", "toString"]) {
        assert.throws(
          () => new RunnerSet("set", { runnerType: "instance_type", marker: false, items: named(name, {}) }),
          { message: new RegExp(`items\\.${name}: is a name that Pulumi cannot carry: choose another one`) },
        );
        const entry = { executor: "shell", runner: { url: "https://gitlab.example.com", id: 7, token: "glrt-t" } };
        assert.throws(() => new ConfigToml("file", { path: "/etc/x", runners: named(name, entry) }), {
          message: new RegExp(`runners\\.${name}: is a name that Pulumi cannot carry`),
        });
      }
    }, false);
  });
});

describe("a detached value", () => {
  it("is the value without the resource that it came from", async () => {
    await withMocks(async () => {
      const { id } = new Made();
      assert.deepEqual(await dependenciesOf(id), ["Made"]);
      const detached = detach(id);
      assert.deepEqual(await dependenciesOf(detached), []);
      assert.equal(await new Promise((resolve) => detached.apply(resolve)), "made-id");
    }, false);
  });

  it("keeps its resource while it is not known", async () => {
    await withMocks(async () => {
      const detached = detach(new Made().id);
      assert.equal(await isKnown(detached), false);
      assert.deepEqual(await dependenciesOf(detached), ["Made"]);
    }, true);
  });
});

describe("the resource option import", () => {
  it("is refused, with what does in place of it: Pulumi can import no dynamic resource", async () => {
    const runner = { url: "https://gitlab.example.com", id: 5, token: "glrt-FAKE" };
    const runners = { main: { runner, executor: "shell" } } as const;
    await withMocks(async () => {
      const make = () => new Runner("r", { runnerType: "instance_type" }, { import: "5" });
      assert.throws(make, /import: is nothing that Pulumi can do .*: give adopt: \{ runnerId, token \}/);
      const refused = /import: .*leave it out, .*import-config/;
      assert.throws(() => new ConfigToml("host", { path: "/x", runners }, { import: "/x" }), refused);
    }, false);
  });
});
