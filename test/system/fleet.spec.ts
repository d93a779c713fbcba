import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { Canaries, readFolder } from "../support/canaries.js";
import { makeGitLab } from "../support/gitlab.js";
import { Machine, systemIdOf } from "../support/machine.js";
import { type Run, TestStack } from "../support/stack.js";
import { watchProcesses } from "./processes.js";
import { type SshServer, startSshServer } from "./sshServer.js";

const HOSTS = 20;
/** These have a GPU, and an entry for it. */
const GPUS = 5;

/** One host: its sshd, and a GitLab Runner as far as GitLab sees of it. */
interface Host {
  name: string;
  server: SshServer;
  machine: Machine;
  hasGpu: boolean;
}

async function startHost(place: number): Promise<Host> {
  const server = await startSshServer();
  const machine = new Machine(join(server.folder, "etc"), systemIdOf(place));
  return { name: `host-${place}`, server, machine, hasGpu: place <= GPUS };
}

function stampOf({ machine }: Host): [number, number] {
  const { ino, mtimeMs } = statSync(machine.file);
  return [ino, mtimeMs];
}

const textOf = ({ machine }: Host) => readFileSync(machine.file, "utf8");
const stampsOf = (hosts: Host[]) => Object.fromEntries(hosts.map((host) => [host.name, stampOf(host)]));

describe("a fleet of 20 real hosts", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;
  const runs: Run[] = [];

  const declare = (hosts: Host[], gpuImage: string) => {
    const declared = hosts.map(({ name, server, machine, hasGpu }) => {
      const own = hasGpu ? {} : { runners: { gpu: false } };
      return [name, { target: { ssh: server.target }, path: machine.file, ...own }];
    });
    stack.program(`
      new gitlabRunner.RunnerFleet("ci", {
        runners: {
          docker: { runner: { runnerType: "instance_type", tagList: ["docker"] }, executor: "docker", docker: { image: "alpine:3.20" } },
          gpu: { runner: { runnerType: "instance_type", tagList: ["gpu"] }, executor: "docker", docker: { image: "${gpuImage}", gpus: "all" } },
        },
        defaults: { concurrent: 4, onUnreachable: "forget" },
        hosts: ${JSON.stringify(Object.fromEntries(declared))},
      });
    `);
  };
  const up = async (...options: string[]) => {
    runs.push(await stack.up(...options));
    return runs.at(-1)?.output ?? "";
  };
  const runnerOf = (tag: string) =>
    gitlab.runners.all().find(({ tagList }) => tagList.includes(tag)) ?? assert.fail(tag);
  const managersOf = (tag: string) =>
    runnerOf(tag)
      .managers.map(({ systemId }) => systemId)
      .sort();
  const idsOf = (hosts: Host[]) => hosts.map(({ machine }) => machine.systemId).sort();
  const contact = (hosts: Host[]) => Promise.all(hosts.map(({ machine }) => machine.contact()));

  it("is served host by host: changed, grown, shrunk, with one down, one gone for good, and taken back", async () => {
    gitlab = await makeGitLab();
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    const hosts = await Promise.all(Array.from({ length: HOSTS }, (_, index) => startHost(index + 1)));
    const [gpus, others] = [hosts.slice(0, GPUS), hosts.slice(GPUS)];

    declare(hosts, "cuda:12");
    const processes = await watchProcesses(async () => void (await up()));
    await contact(hosts);
    const canaries = new Canaries();
    for (const tag of ["docker", "gpu"]) canaries.add(`the token of ${tag}`, runnerOf(tag).token);
    canaries.add("the token for GitLab", gitlab.token);
    canaries.assertReached("the token of docker", textOf(hosts[0] as Host));
    assert.match(processes, /pulumi-resource-pulumi-nodejs|dynamic-provider/, "the client's end was seen");
    assert.match(processes, /p=\$\(dd bs=1/, "the hosts' end was seen");
    canaries.assertNone({ "the process lists of both ends": processes });
    assert.deepEqual([managersOf("docker"), managersOf("gpu")], [idsOf(hosts), idsOf(gpus)]);
    const first = stampsOf(hosts);
    const seen = await up("--refresh", "--run-program");
    assert.match(seen, new RegExp(`${HOSTS + 5} unchanged`));
    assert.deepEqual(stampsOf(hosts), first, "nothing was written where nothing changed");

    declare(hosts, "cuda:13");
    await up();
    assert.deepEqual(stampsOf(others), Object.fromEntries(others.map(({ name }) => [name, first[name]])));
    for (const host of gpus) assert.match(textOf(host), /cuda:13/);

    // One added, one removed, one down while it should change.
    const [down, removed, added] = [hosts[2] as Host, hosts[HOSTS - 1] as Host, await startHost(HOSTS + 1)];
    const resume = await down.server.pause();
    const grown = [...hosts.slice(0, HOSTS - 1), added];
    const untouched = grown.filter((host) => !host.hasGpu && host !== added);
    const before = stampsOf(untouched);
    declare(grown, "cuda:14");
    runs.push(await stack.failUp("--refresh", "--run-program", "--continue-on-error"));
    const { output } = runs.at(-1) as Run;
    assert.match(output, new RegExp(`ci/${down.name}\\b`));
    const errors = output.match(/error: .*refuses connections/g) ?? [];
    assert.ok(errors.length > 0 && errors.every((line) => line.includes(`:${down.server.port} `)), output);
    assert.deepEqual(
      gpus.map((host) => /cuda:\d+/.exec(textOf(host))?.[0]),
      ["cuda:14", "cuda:14", "cuda:13", "cuda:14", "cuda:14"],
    );
    assert.deepEqual([existsSync(added.machine.file), existsSync(removed.machine.file)], [true, false]);
    assert.deepEqual(managersOf("docker"), idsOf(hosts.slice(0, HOSTS - 1)));
    assert.deepEqual(stampsOf(untouched), before);

    await resume();
    const whole = stampsOf(grown.filter((host) => host !== down));
    await up();
    assert.match(textOf(down), /cuda:14/);
    assert.deepEqual(stampsOf(grown.filter((host) => host !== down)), whole);
    await added.machine.contact();

    const gone = hosts[6] as Host;
    await gone.server.pause();
    const rest = grown.filter((host) => host !== gone);
    const still = stampsOf(rest);
    declare(rest, "cuda:14");
    assert.match(await up(), /warning: the host is forgotten .*its file left where it is/);
    assert.deepEqual(managersOf("docker"), idsOf(rest));
    assert.deepEqual([stampsOf(rest), existsSync(gone.machine.file)], [still, true]);

    const tokens = [runnerOf("docker").token, runnerOf("gpu").token];
    runs.push(await stack.destroy());
    assert.equal(gitlab.runners.size, 0);
    assert.deepEqual(
      rest.filter(({ machine }) => existsSync(machine.file)),
      [],
    );
    assert.ok(textOf(gone).includes(tokens[0] ?? "?"), "the token was in the files");
    const said = readFolder(stack.path("state")) + runs.map((run) => run.output).join("");
    assert.deepEqual(
      tokens.filter((token) => said.includes(token)),
      [],
    );
  }).timeout(600_000);
});
