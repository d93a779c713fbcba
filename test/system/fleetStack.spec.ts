import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { Machine, systemIdOf } from "../support/machine.js";
import { type SmallSshServer, startSmallSshServer } from "../support/sshServer.js";
import { TestStack } from "../support/stack.js";

interface Declared {
  /** Name -> the port of its sshd; 0 is this machine. */
  hosts: Record<string, number>;
  image?: string;
  name?: string;
  settings?: string;
  options?: string;
}

describe("a RunnerFleet, on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;
  let server: SmallSshServer;
  let secondServer: SmallSshServer;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    server = await startSmallSshServer("fleet-password");
    secondServer = await startSmallSshServer("fleet-password");
    // No GitLab in the environment: the one provider is given to the fleet.
    stack = await new TestStack({ FLEET_TOKEN: gitlab.token }).init();
  });

  const fileOf = (host: string) => stack.path(host, "config.toml");
  const describeHost = ([name, port]: [string, number]) => {
    const ssh = {
      host: "127.0.0.1",
      port,
      user: "deploy",
      password: "fleet-password",
      hostKey: (port === secondServer.port ? secondServer : server).hostKey,
      timeout: 20,
    };
    return [name, { path: fileOf(name), ...(port === 0 ? {} : { target: { ssh } }) }];
  };
  const declare = ({ hosts, image = "alpine:3.20", name = "ci", settings = "", options = "" }: Declared) =>
    stack.program(`
      const provider = new Provider("staging", { baseUrl: "${gitlab.url}", tokenEnv: "FLEET_TOKEN" });
      const fleet = new gitlabRunner.RunnerFleet("${name}", {
        runners: {
          docker: { runner: { runnerType: "instance_type", tagList: ["docker"] }, executor: "docker", docker: { image: "${image}" } },
        },
        defaults: { concurrent: 2 },
        hosts: ${JSON.stringify(Object.fromEntries(Object.entries(hosts).map(describeHost)))},
        ${settings}
      }, { provider, ${options} });
      exports.hosts = fleet.hosts;
    `);
  const imageOf = (host: string) => /image = "(.*)"/.exec(readFileSync(fileOf(host), "utf8"))?.[1];
  const stampOf = (host: string) => {
    const { ino, mtimeMs } = statSync(fileOf(host));
    return [ino, mtimeMs];
  };
  const writes = () => gitlab.requests.list(({ method, status }) => method !== "GET" && status !== null).length;
  const outputs = async () =>
    JSON.parse((await stack.succeed("stack", "output", "--json", "--show-secrets")).stdout).hosts;

  it("serves each host alone: one added, one down, one removed, and the fleet renamed", async () => {
    declare({ hosts: { a: 0, b: 0, c: server.port } });
    await stack.up();
    const [token, before] = [gitlab.runners.get(1).token, writes()];
    for (const host of ["a", "b", "c"]) assert.ok(readFileSync(fileOf(host), "utf8").includes(token), host);
    const machine = new Machine(stack.path("b"), systemIdOf(2));
    await machine.contact();
    await new Machine(stack.path("a"), systemIdOf(1)).contact();

    const stamps = ["a", "b", "c"].map(stampOf);
    declare({ hosts: { a: 0, d: 0, b: 0, c: server.port } });
    const added = await stack.up("--refresh", "--run-program");
    assert.match(added.stdout, /\+ 1 created/);
    assert.deepEqual([["a", "b", "c"].map(stampOf), imageOf("d")], [stamps, "alpine:3.20"]);
    assert.equal(writes(), before + 2, "the machines' own contacts");
    const known = await outputs();
    assert.deepEqual(
      ["a", "b", "c", "d"].map((host) => [known[host].systemId, known[host].runnerIds, known[host].path]),
      [systemIdOf(1), systemIdOf(2), undefined, undefined].map((id, place) => [
        id,
        { docker: 1 },
        fileOf("abcd".charAt(place)),
      ]),
    );

    declare({ hosts: { a: 0, d: 0, b: 0, c: server.port }, image: "alpine:3.21" });
    const stop = server.pause();
    const down = await stack.failUp("--refresh", "--run-program", "--continue-on-error");
    assert.match(
      down.output,
      /ConfigToml .*c\/config\.toml on deploy@127\.0\.0\.1:\d+: unknown, since it cannot be read/,
    );
    assert.match(down.output, /ci\/c \(?.*\n(.*\n)*?.*error: .*deploy@127\.0\.0\.1:\d+ refuses connections/);
    assert.deepEqual(["a", "b", "c", "d"].map(imageOf), ["alpine:3.21", "alpine:3.21", "alpine:3.20", "alpine:3.21"]);

    await stop();
    const others = ["a", "d"].map(stampOf);
    declare({ hosts: { a: 0, d: 0, c: server.port }, image: "alpine:3.21" });
    await stack.up();
    assert.deepEqual([imageOf("c"), existsSync(fileOf("b")), ["a", "d"].map(stampOf)], ["alpine:3.21", false, others]);
    assert.deepEqual(
      gitlab.runners.get(1).managers.map(({ systemId }) => systemId),
      [systemIdOf(1)],
    );

    declare({
      hosts: { a: 0, d: 0, c: server.port },
      image: "alpine:3.21",
      name: "build",
      options: 'aliases: [{ name: "ci" }]',
    });
    const renamed = await stack.preview();
    assert.ok(!/replace|create|delete/.test(renamed.stdout.replace(/create(d|_)/g, "")), renamed.stdout);

    await stack.destroy();
    assert.deepEqual([gitlab.runners.size, ["a", "c", "d"].filter((host) => existsSync(fileOf(host)))], [0, []]);
  }).timeout(240_000);

  it("lets the canary go first, and stops where it fails; twins are told; a set takes the place of many runners", async () => {
    declare({ hosts: { a: 0, b: 0, c: 1 }, settings: 'rollout: { canary: "c" }, bulk: true' });
    const { output } = await stack.failUp("--continue-on-error");
    assert.match(output, /refuses connections/);
    assert.deepEqual(
      ["a", "b"].filter((host) => existsSync(fileOf(host))),
      [],
    );

    const settings = "rollout: { maxParallel: 1 }, bulk: true";
    for (const host of ["a", "b"]) new Machine(stack.makeFolder(host), systemIdOf(5));
    declare({ hosts: { a: server.port }, settings });
    assert.doesNotMatch((await stack.up()).output, /system id/);
    declare({ hosts: { a: server.port, b: secondServer.port }, settings });
    const warning =
      /warning: ConfigToml ci\/b: its machine has the same system id \(s_000000000005\) as that of ConfigToml ci\/a, so/;
    assert.match((await stack.up()).output, warning);
    assert.match((await stack.preview()).output, warning);
    const [runner, ...others] = gitlab.runners.all();
    assert.deepEqual([others, runner?.tagList], [[], ["docker"]]);
    for (const host of ["a", "b"]) assert.ok(readFileSync(fileOf(host), "utf8").includes(runner?.token ?? "?"), host);
  }).timeout(120_000);
});
