import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { FleetHost, RunnerFleetArgs } from "../../provider/resources/fleet/args.js";
import { checkFleet } from "../../provider/resources/fleet/check.js";
import { merge, planHosts, planWaves } from "../../provider/resources/fleet/plan.js";
import { RunnerFleet } from "../../provider/resources/runnerFleet.js";

const SHELL = { runner: { runnerType: "instance_type" }, executor: "shell" } as const;
const GIVEN = { runner: { url: "https://gitlab.example.com", id: 5, token: "glrt-given" }, executor: "shell" } as const;
const SSH = { host: "h", user: "root" };
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
    const [ssh, path] = [{ ...SSH, host: "10.0.0.1" }, "/etc/x"];
    const behind = (host: string) => ({ target: { ssh: { ...ssh, proxyJump: { ...SSH, host } } }, path });
    const later = () => ({ target: { ssh: { ...SSH, host: pulumi.output("h") } }, path });
    const elsewhere = { a: behind("j1"), b: behind("j2"), c: { target: { ssh }, path }, d: later(), e: later() };
    assert.deepEqual(
      paths({ hosts: { ...elsewhere, f: { target: { ssh: { ...ssh, user: "x" } } }, g: { target: { ssh } } } }),
      [],
    );
    const shared = { path, ownership: "entries" };
    const apart = { a: { ...shared, runners: { db: false } }, b: { ...shared, runners: { web: false } } };
    assert.deepEqual(paths({ runners: { web: SHELL, db: SHELL }, hosts: apart }), []);
  });

  const wrong: [string, object, string[]][] = [
    ["no maps", { runners: [SHELL], hosts: undefined }, ["runners", "hosts"]],
    ["unknown words", { token: "perHost", rollout: { canery: "a" } }, ["token", "rollout.canery"]],
    ["no maps further down", { defaults: [], hosts: { a: { runners: [] } } }, ["defaults", "hosts.a.runners"]],
    ["a host's own that is no table", { hosts: { a: { runners: { web: true } } } }, ["hosts.a.runners.web"]],
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
      "two hosts that are one file",
      {
        hosts: {
          a: { target: { ssh: SSH }, path: "/etc/x" },
          b: { target: { ssh: { ...SSH, host: "H", port: 22, user: "other" } }, path: "/etc/x" },
          c: { path: "/etc/x" },
          d: { target: { local: {} }, path: "/etc/x" },
        },
      },
      ["hosts.b", "hosts.d"],
    ],
    [
      "a set of several scopes, or of given tokens",
      {
        runners: {
          web: SHELL,
          other: { runner: { runnerType: "group_type", groupId: 1, registrationToken: "x" }, executor: "shell" },
        },
        bulk: true,
      },
      ["runners.other.runner.runnerType", "runners.other.runner.groupId", "runners.other.runner.registrationToken"],
    ],
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

  it("have entries by their own names, also by one that every object has", () => {
    const runners = { constructor: SHELL };
    const [wave = []] = planHosts({ runners, hosts: { a: { path: "/x", runners: {} } } });
    assert.deepEqual(wave[0]?.entries, runners);
    const hosts = { a: { runners: { constructor: false } } } as unknown as RunnerFleetArgs["hosts"];
    assert.match(checkFleet({ runners: { web: SHELL }, hosts })[0]?.path ?? "", /^hosts\.a\.runners\.constructor$/);
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

/** Pulumi keeps this to itself; its Automation API runs each inline program in it. */
const { withLocalStorage } = require("@pulumi/pulumi/runtime/state.js") as {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
};

/** What a fleet registers, as `TYPE NAME`, each with its inputs; Pulumi's own mocks play the engine. */
async function registered(declared: RunnerFleetArgs): Promise<Map<string, Record<string, unknown>>> {
  return withLocalStorage(async () => {
    const seen = new Map<string, Record<string, unknown>>();
    const newResource = ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
      seen.set(`${type.split(":").at(-1)} ${name}`, inputs);
      const made = {
        runnerId: 7,
        token: "glrt-x",
        tokenObtainedAt: "2026-01-01T00:00:00Z",
        url: "https://gitlab.example.com",
      };
      const items = Object.keys((inputs.items as object | undefined) ?? {});
      const ofSet = {
        runners: Object.fromEntries(items.map((item, place) => [item, { ...made, runnerId: place + 1 }])),
      };
      const tokens = Object.fromEntries(items.map((item) => [item, `glrt-${item}`]));
      return { id: "7", state: { ...inputs, ...made, ...ofSet, tokens, systemId: "s_000000000001" } };
    };
    await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "project", "dev");
    const fleet = new RunnerFleet("ci", declared);
    const hosts: FleetHost[] = Object.values(fleet.hosts);
    const known = hosts.map(({ runnerIds, systemId }) => pulumi.all([runnerIds, systemId]));
    const ids = known.map((both) => new Promise((resolve) => both.apply(([id]) => resolve(id))));
    seen.set("runnerIds", { all: await Promise.all(ids) });
    return seen;
  });
}

describe("The resources of a fleet", () => {
  const declared = { hosts: { a: {}, b: { runners: { web: { runner: { description: "b" } } } } } };
  const names = (seen: Map<string, unknown>) =>
    [...seen.keys()].filter((key) => !/^(runnerIds|StackIdentity)/.test(key)).sort();

  it("are a runner for all hosts and a file for each", async () => {
    const seen = await registered(args({ runners: { web: SHELL, given: GIVEN } }));
    assert.deepEqual(names(seen), ["ConfigToml ci/a", "ConfigToml ci/b", "Runner ci/web", "RunnerFleet ci"]);
    assert.deepEqual(seen.get("runnerIds"), {
      all: [
        { web: 7, given: 5 },
        { web: 7, given: 5 },
      ],
    });
    assert.match(String(seen.get("Runner ci/web")?.identity), /RunnerFleet\$ci\/web$/);
  });

  it("are runners of each host, with its own settings, where tokens are the host's", async () => {
    const seen = await registered(args({ ...declared, tokens: "perHost" }));
    assert.deepEqual(names(seen), [
      "ConfigToml ci/a",
      "ConfigToml ci/b",
      "Runner ci/a/web",
      "Runner ci/b/web",
      "RunnerFleet ci",
    ]);
    assert.deepEqual(
      [seen.get("Runner ci/a/web")?.description, seen.get("Runner ci/b/web")?.description],
      [undefined, "b"],
    );
  });

  it("are one set in place of many runners, where that is asked for", async () => {
    const runners = { web: SHELL, other: SHELL, given: GIVEN };
    const shared = await registered(args({ runners, bulk: true }));
    assert.deepEqual(names(shared), ["ConfigToml ci/a", "ConfigToml ci/b", "RunnerFleet ci", "RunnerSet ci"]);
    assert.deepEqual(shared.get("RunnerSet ci")?.items, { web: {}, other: {} });
    // The mocks count in order of the keys.
    const ids = { other: 1, web: 2, given: 5 };
    assert.deepEqual(shared.get("runnerIds"), { all: [ids, ids] });
    const own = await registered(args({ ...declared, tokens: "perHost", bulk: true }));
    assert.deepEqual(own.get("RunnerSet ci")?.items, { "a/web": {}, "b/web": { description: "b" } });
    assert.deepEqual(own.get("runnerIds"), { all: [{ web: 1 }, { web: 2 }] });
  });

  describe("where the program does not say bulk", () => {
    const many = (count: number, settings: object = {}) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`r${index}`, { ...SHELL, ...settings }]));
    const forms = async (settings: object) => {
      const seen = await registered(args({ hosts: { a: {} }, ...settings }));
      const set = seen.get("RunnerSet ci");
      return { runners: names(seen).filter((name) => name.startsWith("Runner ")).length, isBySize: set?.isBySize };
    };

    it("are a Runner each up to 100, and one set above, which says that it was made for its size", async () => {
      assert.deepEqual(await forms({ runners: many(100) }), { runners: 100, isBySize: undefined });
      assert.deepEqual(await forms({ runners: many(101) }), { runners: 0, isBySize: true });
      const hosts = Object.fromEntries(Object.keys(many(51)).map((host) => [host, {}]));
      assert.deepEqual(await forms({ runners: many(2), hosts, tokens: "perHost" }), { runners: 0, isBySize: true });
      assert.deepEqual(await forms({ runners: { ...many(100), given: GIVEN } }), { runners: 100, isBySize: undefined });
    });

    it("are what bulk says at any size", async () => {
      assert.deepEqual(await forms({ runners: many(101), bulk: false }), { runners: 101, isBySize: undefined });
      const seen = await registered(args({ runners: many(101), bulk: true }));
      assert.equal("isBySize" in (seen.get("RunnerSet ci") ?? {}), false);
    });

    it("are a Runner each, with a warning, where they cannot be one set", async () => {
      const runner = { runnerType: "group_type", groupId: 1 };
      assert.deepEqual(await forms({ runners: { ...many(100), other: { ...SHELL, runner } } }), {
        runners: 101,
        isBySize: undefined,
      });
    });

    it("have marks, or the size may not decide: bulk is asked for", () => {
      const unmarked = { runner: { ...SHELL.runner, marker: false } };
      assert.deepEqual(paths({ runners: many(101, unmarked) }), ["bulk"]);
      assert.deepEqual(paths({ runners: many(101, unmarked), bulk: false }), []);
      assert.deepEqual(paths({ runners: many(100, unmarked) }), []);
    });
  });
});
