import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, type ConfigTomlArgs, Runner, RunnerSet, type RunnerSetArgs } from "../../provider/index.js";

/** What Pulumi tells of a secret that a provider gets. */
const SECRET = "4dabf18193072939515e22adb298388d";

const CREDENTIALS = { url: "https://gitlab.example.com", id: 5, token: "glrt-hidden" };
const ENTRY = { runner: CREDENTIALS, executor: "shell" } as const;

/** The arguments with which a resource is registered; each secret in them as `[secret]`. */
async function register(make: (opts: pulumi.CustomResourceOptions) => pulumi.Resource): Promise<Table> {
  const newResource = ({ name, inputs }: pulumi.runtime.MockResourceArgs) => ({ id: `${name}-id`, state: inputs });
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "project", "dev");
  let registered: Promise<unknown> | undefined;
  const transformation = ({ props }: pulumi.ResourceTransformationArgs) => {
    registered = pulumi.runtime.serializeProperty("inputs", props, new Set());
    return undefined;
  };
  const { urn } = make({ transformations: [transformation] });
  await new Promise((resolve) => urn.apply(resolve));
  return hide(await registered) as Table;
}

type Table = Record<string, unknown>;

function hide(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hide);
  if (typeof value !== "object" || value === null) return value;
  if (SECRET in value) return "[secret]";
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, hide(member)]));
}

async function registerRunners(runners: ConfigTomlArgs["runners"]): Promise<unknown[]> {
  const inputs = await register((opts) => new ConfigToml("host", { runners }, opts));
  return [inputs.runners, inputs.secretPaths];
}

describe("tables that are known later only, which the compiler takes for the tables themselves", () => {
  it("are an entry's runner: its token is a secret, and takes the place that a known one has", async () => {
    const runner = { url: CREDENTIALS.url, id: 5, token: "[secret]" };
    const entry = { executor: "shell", runner };
    for (const given of [pulumi.output(CREDENTIALS), pulumi.output(Promise.resolve(CREDENTIALS))]) {
      assert.deepEqual(await registerRunners({ main: { ...ENTRY, runner: given } }), [{ main: entry }, undefined]);
    }
  });

  it("are a secret runner's, of which nothing is shown", async () => {
    const [runners, paths] = await registerRunners({ main: { ...ENTRY, runner: pulumi.secret(CREDENTIALS) } });
    const { runner } = (runners as Record<string, { runner: object }>).main ?? {};
    assert.ok(
      Object.values(runner ?? {}).every((value) => value === "[secret]"),
      JSON.stringify(runner),
    );
    assert.ok((paths as string[]).includes("runners.main.runner.url"));
  });

  it("are a Runner that comes out of an output", async () => {
    const inputs = await register((opts) => {
      const runner = pulumi.output(new Runner("made", { runnerType: "instance_type" }));
      // The compiler takes it for none, for it has not all that a resource has; plain JavaScript may still give it.
      const main = { executor: "shell", runner: runner as unknown as Runner } as const;
      return new ConfigToml("host", { runners: { main } }, opts);
    });
    const { main } = inputs.runners as Record<string, { runner: { token: unknown } }>;
    assert.equal(main?.runner.token, "[secret]");
  });

  it("are an entry, or all entries: a secret as a whole, since they hold a token", async () => {
    assert.deepEqual(await registerRunners({ main: pulumi.output(ENTRY) }), [{ main: "[secret]" }, ["runners.main"]]);
    const all = pulumi.output<Record<string, typeof ENTRY>>({ main: ENTRY });
    assert.deepEqual(await registerRunners(all), ["[secret]", ["runners"]]);
  });

  it("are a runner to adopt, alone or in a set", async () => {
    const type = { runnerType: "instance_type" } as const;
    const adopt = pulumi.output({ runnerId: 7, token: "glrt-hidden" });
    const alone = await register((opts) => new Runner("one", { ...type, adopt }, opts));
    assert.ok(!JSON.stringify(alone).includes("glrt-hidden"), JSON.stringify(alone));
    const item = { adopt: { runnerId: 7, token: "glrt-hidden" } };
    const all = pulumi.output<Record<string, typeof item>>({ one: item });
    const items: RunnerSetArgs["items"][] = [{ one: { adopt } }, { one: pulumi.output(item) }, all];
    for (const given of items) {
      const set = await register((opts) => new RunnerSet("set", { ...type, items: given }, opts));
      assert.ok(!JSON.stringify(set).includes("glrt-hidden"), JSON.stringify(set));
    }
  });
});
