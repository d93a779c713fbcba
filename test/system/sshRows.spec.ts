import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseToml } from "../../provider/config/toml.js";
import { findHost } from "../../provider/delivery/findHost.js";
import type { Target } from "../../provider/delivery/target.js";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { makeDocker, makePrograms } from "../support/programs.js";
import { type SshServer, startSshServer } from "./sshServer.js";

type Properties = Record<string, unknown>;
interface Parsed {
  runners: Record<string, unknown>[];
}

const entry = (url: string, id: number, settings: Properties = { executor: "shell" }) => ({
  runner: { url, id, token: { value: `glrt-row-${id}` } },
  ...settings,
});

async function make(args: Properties): Promise<{ id: string; outs: Properties }> {
  const { inputs, failures } = await lifecycle.check({}, args);
  assert.deepEqual(failures, []);
  return (await lifecycle.create(inputs)) as unknown as { id: string; outs: Properties };
}

const fileOf = (server: SshServer) => join(server.folder, "etc/config.toml");
const runnersOf = (file: string) => (parseToml(readFileSync(file, "utf8")) as unknown as Parsed).runners;
const start = (programs: Record<string, string>, home?: string) => {
  const folder = makePrograms(programs);
  const set = home === undefined ? "" : `HOME=${home}; export HOME; `;
  return startSshServer({
    inPlace: () => `${set}PATH=${folder}:$PATH; export PATH; exec sh -c "$SSH_ORIGINAL_COMMAND"`,
  });
};

describe("the acceptance rows of GitLab's page on registering runners, on real hosts", () => {
  it("seed row 2: one host works for two GitLabs at once", async () => {
    const server = await startSshServer();
    const runners = { a: entry("https://one.example.com", 7), b: entry("https://two.example.com", 8) };
    await make({ path: fileOf(server), target: { ssh: server.target }, runners });
    assert.deepEqual(
      runnersOf(fileOf(server)).map(({ name, url }) => [name, url]),
      [
        ["a", "https://one.example.com"],
        ["b", "https://two.example.com"],
      ],
    );
  });

  it("seed row 6: without a path the file goes where GitLab Runner looks on that system, in Docker to its volume or folder", async () => {
    const systems: [string, string, string][] = [
      ["Linux", "0", "/etc/gitlab-runner/config.toml"],
      ["Linux", "1000", "/home/me/.gitlab-runner/config.toml"],
      ["Darwin", "501", "/home/me/.gitlab-runner/config.toml"],
      ["FreeBSD", "0", "/home/gitlab-runner/.gitlab-runner/config.toml"],
    ];
    for (const [system, uid, path] of systems) {
      const server = await start({ uname: `echo ${system}`, id: `echo ${uid}` }, "/home/me");
      assert.equal(await (await findHost({ ssh: server.target })).locate(undefined), path, system);
    }
    const server = await startSshServer();
    const volume = join(server.folder, "volumes/gitlab-runner-config/_data");
    mkdirSync(volume, { recursive: true });
    const host = await start({ docker: makeDocker("gitlab-runner-config", volume) });
    const runners = { a: entry("https://one.example.com", 7) };
    await make({ target: { ssh: host.target, docker: { volume: "gitlab-runner-config" } }, runners });
    const mounted = join(host.folder, "srv/gitlab-runner/config/config.toml");
    await make({ path: mounted, target: { ssh: host.target }, runners });
    assert.deepEqual([runnersOf(join(volume, "config.toml")).length, runnersOf(mounted).length], [1, 1]);
  }).timeout(60_000);

  it("seed row 10: several runners on one host are as many entries, in a stable order", async () => {
    const server = await startSshServer();
    const names = ["web", "api", "10", "9"];
    const runners = Object.fromEntries(names.map((name, index) => [name, entry("https://one.example.com", index + 1)]));
    const target = { ssh: server.target };
    const { id, outs } = await make({ path: fileOf(server), target, runners });
    const text = readFileSync(fileOf(server), "utf8");
    assert.deepEqual(
      runnersOf(fileOf(server)).map(({ name }) => name),
      [...names].sort(),
    );
    const turned = Object.fromEntries(Object.entries(runners).reverse());
    const { inputs } = await lifecycle.check(outs, { path: fileOf(server), target, runners: turned });
    await lifecycle.update(id, outs, inputs);
    assert.equal(readFileSync(fileOf(server), "utf8"), text);
  });

  it("seed row 11: one token serves two hosts, told apart by their system ids; taking it from one leaves the other", async () => {
    const servers = [await startSshServer(), await startSshServer()];
    const runners = { shared: entry("https://one.example.com", 7) };
    const made = [];
    for (const [index, server] of servers.entries()) {
      made.push(await make({ path: fileOf(server), target: { ssh: server.target }, runners }));
      // As GitLab Runner does when it loads the file.
      writeFileSync(join(server.folder, "etc/.runner_system_id"), `s_00000000000${index}`);
    }
    const tokens = servers.map((server) => runnersOf(fileOf(server))[0]?.token);
    assert.deepEqual(tokens, ["glrt-row-7", "glrt-row-7"]);
    const ids = await Promise.all(
      servers.map(async ({ target, folder }) =>
        (await findHost({ ssh: target })).read(join(folder, "etc/.runner_system_id")),
      ),
    );
    assert.deepEqual(ids, ["s_000000000000", "s_000000000001"]);
    const [first, second] = servers as [SshServer, SshServer];
    const before = statSync(fileOf(second));
    await lifecycle.delete(made[0]?.id ?? "", made[0]?.outs ?? {});
    assert.deepEqual(readdirSync(join(first.folder, "etc")), [".runner_system_id"]);
    assert.deepEqual([statSync(fileOf(second)).ino, statSync(fileOf(second)).mtimeMs], [before.ino, before.mtimeMs]);
  });

  it("seed row 12: the five values of the command make the entry, also for Windows containers", async () => {
    const server = await startSshServer();
    const docker = {
      name: "docker-runner",
      executor: "docker",
      docker: { image: "alpine:latest" },
    };
    const windows = { executor: "docker-windows", docker: { image: "mcr.example.com/windows:1809" } };
    const runners = {
      linux: entry("https://gitlab.com/", 1, docker),
      windows: entry("https://gitlab.com/", 2, windows),
    };
    await make({ path: fileOf(server), target: { ssh: server.target }, runners });
    const [linux, win] = runnersOf(fileOf(server)) as [Properties, Properties];
    const { url, token, name, executor } = linux;
    assert.deepEqual([url, token, name, executor], ["https://gitlab.com/", "glrt-row-1", "docker-runner", "docker"]);
    assert.deepEqual((linux.docker as Properties).image, "alpine:latest");
    assert.deepEqual((linux.docker as Properties).volumes, ["/cache"]);
    assert.deepEqual([win.shell, (win.docker as Properties).volumes], ["pwsh", ["c:\\cache"]]);
  });

  it("seed row 33: the container's file is in its volume, under the name that is asked for", async () => {
    const volumes = await startSshServer();
    const volume = join(volumes.folder, "_data");
    mkdirSync(volume);
    const host = await start({ docker: makeDocker("runner-config", volume) });
    const target: Target = { ssh: host.target, docker: { volume: "runner-config" } };
    await make({ path: "team/config.toml", target, runners: { a: entry("https://one.example.com", 7) } });
    assert.ok(existsSync(join(volume, "team/config.toml")));
    assert.deepEqual(
      [statSync(join(volume, "team/config.toml")).uid, statSync(volume).uid],
      [process.getuid?.(), process.getuid?.()],
    );
  });

  it("seed row 34: a change of the file is seen by its time, and nothing on the host is restarted", async () => {
    const started = join((await startSshServer()).folder, "started");
    const tell = `echo "$0 $*" >> ${started}; exit 1`;
    const server = await start({ "gitlab-runner": tell, systemctl: tell, service: tell, docker: tell, sudo: tell });
    const args = (limit: number) => ({
      path: fileOf(server),
      target: { ssh: server.target },
      runners: { a: entry("https://one.example.com", 7, { executor: "shell", limit }) },
    });
    const { id, outs } = await make(args(1));
    const { mtimeMs } = statSync(fileOf(server));
    const { inputs } = await lifecycle.check(outs, args(2));
    await lifecycle.update(id, outs, inputs);
    assert.ok(statSync(fileOf(server)).mtimeMs > mtimeMs);
    assert.equal(existsSync(started), false, "something was started");
  });
});
