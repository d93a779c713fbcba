import { spawnSync } from "node:child_process";
import { ROOT } from "../support/stack.js";
import type { Figures } from "./main.js";

const RUNS = 15;

/** What a process runs; each is told apart from a process that runs nothing. */
const PROGRAMS = {
  bare: "0",
  runner: load("runner"),
  configToml: load("configToml"),
  runnerFirstUse: use("runner", { runnerType: "instance_type", tagList: ["docker"] }),
  configTomlFirstUse: use("configToml", {
    runners: {
      build: {
        runner: { url: "https://gitlab.example.com", id: 7, token: { value: "glrt-not-a-token" } },
        executor: "docker",
        docker: { image: "alpine" },
      },
    },
  }),
};

/** A Runner is checked against the GitLab that is configured; nothing is sent to it. */
const ENV = { ...process.env, GITLAB_BASE_URL: "https://gitlab.example.com", GITLAB_TOKEN: "glpat-not-a-token" };

type Program = keyof typeof PROGRAMS;

function load(module: string): string {
  return `require("pulumi-gitlab-runner/lifecycle/${module}")`;
}

/** The first method that the engine calls, on new inputs. */
function use(module: string, inputs: object): string {
  return `${load(module)}.check({}, ${JSON.stringify(inputs)}).then(({ failures = [] }) => process.exit(failures.length))`;
}

/** Milliseconds that the provider modules add to a bare Node: on being loaded, and up to the end of the first `check`. */
export async function benchImports(): Promise<Figures> {
  const times = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, [] as number[]])) as Record<
    Program,
    number[]
  >;
  for (let run = 0; run <= RUNS; run++) {
    // One after the other in each round, so that the machine's moods fall on all; the first round fills the file cache.
    for (const [name, code] of Object.entries(PROGRAMS)) {
      const taken = timeProcess(code);
      if (run > 0) times[name as Program].push(taken);
    }
  }
  const above = (name: Program) => Math.round(median(times[name]) - median(times.bare));
  console.log(
    `bare Node ${Math.round(median(times.bare))} ms; medians of ${RUNS} processes, in ms above it; goal: 150`,
  );
  return {
    name: "imports",
    runs: RUNS,
    runner: above("runner"),
    configToml: above("configToml"),
    runnerFirstUse: above("runnerFirstUse"),
    configTomlFirstUse: above("configTomlFirstUse"),
  };
}

function timeProcess(code: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["-e", code], { cwd: ROOT, env: ENV, encoding: "utf8" });
  if (status !== 0) throw new Error(`node -e '${code}' ended with ${status}\n${stderr}`);
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
