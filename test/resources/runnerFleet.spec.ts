import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { RunnerFleetArgs } from "../../provider/resources/fleet/args.js";
import { checkFleet } from "../../provider/resources/fleet/check.js";
import { merge, planHosts, planWaves } from "../../provider/resources/fleet/plan.js";

const SHELL = { runner: { runnerType: "instance_type" }, executor: "shell" } as const;
const GIVEN = { runner: { url: "https://gitlab.example.com", id: 5, token: "glrt-given" }, executor: "shell" } as const;
const args = (settings: object = {}): RunnerFleetArgs => ({
  runners: { web: SHELL },
  hosts: { a: {}, b: {} },
  ...settings,
});
const paths = (settings: object) => checkFleet(args(settings)).map(({ path }) => path);

describe("A fleet's declaration", () => {
  it("is well as it is in the README, with runners made elsewhere, and without hosts", () => {
    assert.deepEqual(checkFleet(args()), []);
    assert.deepEqual(paths({ runners: { web: GIVEN }, hosts: {}, tokens: "shared", rollout: {} }), []);
  });

  const wrong: [string, object, string[]][] = [
    ["no maps", { runners: [SHELL], hosts: undefined }, ["runners", "hosts"]],
    ["members that are none", { runners: { web: null }, hosts: { a: "x" } }, ["runners.web", "hosts.a"]],
    [
      "names that would run together",
      { runners: { "a/b": SHELL, "": SHELL }, hosts: { "-x": {} } },
      ['runners["a/b"]', 'runners[""]', "hosts.-x"],
    ],
    ["a runner without a runner", { runners: { web: { executor: "shell" } } }, ["runners.web.runner"]],
    [
      "one runner that is to be many",
      { runners: { web: GIVEN, own: SHELL }, tokens: "perHost" },
      ["runners.web.runner"],
    ],
    ["another word", { tokens: "each" }, ["tokens"]],
    ["a host's own of no runner", { hosts: { a: { runners: { wep: { limit: 1 } } } } }, ["hosts.a.runners.wep"]],
    [
      "a host's own of a shared runner",
      { hosts: { a: { runners: { web: { runner: {} } } } } },
      ["hosts.a.runners.web.runner"],
    ],
    ["twins", { hosts: { a: { systemId: "s_1" }, b: { systemId: "s_1" } } }, ["hosts.b.systemId"]],
    [
      "no such canary, and none at a time",
      { rollout: { canary: ["c", "a"], maxParallel: 0 } },
      ["rollout.canary", "rollout.maxParallel"],
    ],
  ];
  for (const [what, settings, expected] of wrong) {
    it(`is refused for ${what}, all at once and by path`, () => {
      assert.deepEqual(
        paths(settings).map((path) => path.replace('hosts["-x"]', "hosts.-x")),
        expected,
      );
    });
  }
});

describe("The files of a fleet", () => {
  it("have the defaults, and what the host has otherwise, by key at any depth", () => {
    const docker = {
      runner: SHELL.runner,
      executor: "docker" as const,
      docker: { image: "alpine", memory: "1g", volumes: ["/a", "/b"] },
    };
    const [wave = []] = planHosts({
      runners: { web: SHELL, docker },
      defaults: { path: "/etc/config.toml", concurrent: 4, sessionServer: { sessionTimeout: 60 } },
      hosts: {
        a: {
          concurrent: 8,
          sessionServer: { listenAddress: ":1" },
          runners: { docker: { docker: { memory: "2g", volumes: ["/c"] } }, web: false },
        },
        b: { path: "/b.toml" },
      },
    });
    const [a, b] = wave;
    assert.deepEqual(a?.file, {
      path: "/etc/config.toml",
      concurrent: 8,
      sessionServer: { sessionTimeout: 60, listenAddress: ":1" },
      unregisterManagers: true,
    });
    assert.deepEqual(a?.entries, { docker: { ...docker, docker: { image: "alpine", memory: "2g", volumes: ["/c"] } } });
    assert.deepEqual(
      [b?.file.path, b?.file.concurrent, Object.keys(b?.entries ?? {})],
      ["/b.toml", 4, ["web", "docker"]],
    );
  });

  it("leave no managers where tokens are shared and there is a machine, unless that is said", () => {
    const unregister = (settings: object) =>
      planHosts(args(settings))
        .flat()
        .map(({ file }) => file.unregisterManagers);
    assert.deepEqual(unregister({}), [undefined, undefined]);
    assert.deepEqual(unregister({ defaults: { path: "/x" }, hosts: { a: {}, b: { unregisterManagers: false } } }), [
      true,
      false,
    ]);
    assert.deepEqual(unregister({ defaults: { path: "/x" }, tokens: "perHost" }), [undefined, undefined]);
  });

  it("keep outputs whole, and the declared tables as they are", () => {
    const output = pulumi.output({ a: 1 });
    const base = { inner: { x: 1, y: [1] }, kept: output };
    assert.deepEqual(merge(base, { inner: { x: 2, z: undefined }, kept: undefined, more: output }), {
      inner: { x: 2, y: [1], z: undefined },
      kept: output,
      more: output,
    });
    assert.deepEqual(base, { inner: { x: 1, y: [1] }, kept: output });
    assert.equal((merge({ a: { b: 1 } }, { a: output }) as { a: unknown }).a, output);
  });

  const waves: [object | undefined, string[][]][] = [
    [undefined, [["a", "b", "c", "d", "e"]]],
    [{}, [["a", "b", "c", "d", "e"]]],
    [{ canary: "c" }, [["c"], ["a", "b", "d", "e"]]],
    [{ canary: ["e", "a", "e"], maxParallel: 2 }, [["e", "a"], ["b", "c"], ["d"]]],
    [{ maxParallel: 4 }, [["a", "b", "c", "d"], ["e"]]],
    [{ canary: ["a", "b", "c", "d", "e"] }, [["a", "b", "c", "d", "e"]]],
  ];
  for (const [rollout, expected] of waves) {
    it(`come in waves: ${JSON.stringify(rollout)}`, () => {
      assert.deepEqual(planWaves(["a", "b", "c", "d", "e"], rollout), expected);
    });
  }
});
