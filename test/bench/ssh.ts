import { join } from "node:path";
import { launchSshServer, type SshServer } from "../support/sshd.js";
import { TestStack } from "../support/stack.js";
import type { BenchOptions, Figures } from "./main.js";

const HOSTS = 20;
const RUNS = 3;

/** Sessions on all hosts, by what their servers say. */
class Sessions {
  most = 0;
  #open = 0;

  hear(line: string): void {
    if (line.startsWith("Starting session:")) this.most = Math.max(this.most, ++this.#open);
    else if (line.startsWith("Close session:")) this.#open--;
  }
}

/** What hosts cost in one `up`, beside what one host costs: less than as many times, since they are reached side by side. */
export async function benchSsh({ trials = RUNS }: BenchOptions): Promise<Figures> {
  const sessions = new Sessions();
  const onLog = (line: string) => sessions.hear(line);
  const servers = await Promise.all(Array.from({ length: HOSTS }, () => launchSshServer({ onLog })));
  const seconds = { empty: [] as number[], one: [] as number[], all: [] as number[] };
  try {
    for (let run = 0; run < trials; run++) {
      // One after the other in each round, so that the machine's moods fall on all.
      seconds.empty.push(await measureUp("", []));
      seconds.one.push(await measureUp(`one-${run}`, servers.slice(0, 1)));
      seconds.all.push(await measureUp(`all-${run}`, servers));
      console.log(`run ${run + 1}: ${JSON.stringify(Object.fromEntries(Object.entries(seconds).map(last)))}`);
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
  const [empty, one, all] = [seconds.empty, seconds.one, seconds.all].map(median) as [number, number, number];
  const ratio = (all - empty) / (HOSTS * (one - empty));
  return {
    name: "ssh",
    hosts: HOSTS,
    ratio: round(ratio),
    emptySeconds: round(empty),
    oneSeconds: round(one),
    allSeconds: round(all),
    mostSessionsAtOnce: sessions.most,
  };
}

async function measureUp(name: string, servers: readonly SshServer[]): Promise<number> {
  const stack = new TestStack();
  try {
    await stack.init();
    stack.program(servers.map((server, index) => declare(server, `${name}-${index}`)).join("\n"));
    const start = performance.now();
    await stack.up();
    return (performance.now() - start) / 1000;
  } finally {
    await stack.dispose();
  }
}

/** A file of its own in each run, so that each is written anew. */
function declare({ target, folder }: SshServer, name: string): string {
  const runner = { url: "https://gitlab.example.com", id: 5, token: "glrt-given" };
  const args = {
    path: join(folder, "etc", name, "config.toml"),
    target: { ssh: target },
    runners: { given: { runner, executor: "shell" } },
  };
  return `new ConfigToml(${JSON.stringify(name)}, ${JSON.stringify(args)});`;
}

function last([name, values]: [string, number[]]): [string, number] {
  return [name, round(values.at(-1) ?? Number.NaN)];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
