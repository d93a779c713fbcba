import { writeFileSync } from "node:fs";
import { startGitLab } from "../../provider/testing/index.js";
import { TestStack } from "../support/stack.js";
import { QUICK } from "./emptyStack.js";
import type { BenchOptions, Figures } from "./main.js";
import { drawPlot } from "./plot.js";

const SIZES = [100, 300, 1000, 3000];

/** What is measured at each size, after the stack was made. */
const PHASES = {
  refresh: ["refresh", "--yes", "--skip-preview"],
  "up without changes": ["up", "--yes", "--skip-preview", "--expect-no-changes"],
} as const;

type Phase = keyof typeof PHASES;

interface Row {
  runners: number;
  requests: number;
  seconds: Record<Phase, number>;
}

/** How the time of the commands that people run daily grows with the number of runners. */
export async function benchGrowth({ runners: most = 3000, plot }: BenchOptions): Promise<Figures> {
  const rows: Row[] = [];
  for (const size of SIZES.filter((size) => size <= most)) {
    rows.push(await measure(size));
    console.log(JSON.stringify(rows.at(-1)));
  }
  console.log(`\n${makeTable(rows)}\n`);
  if (plot !== undefined) writeFileSync(plot, drawPlot(toLines(rows)));
  const figures = rows.flatMap(({ runners, requests, seconds }) => [
    [`refresh${runners}`, seconds.refresh] as const,
    [`up${runners}`, seconds["up without changes"]] as const,
    [`requests${runners}`, requests] as const,
  ]);
  return { name: "growth", ...Object.fromEntries(figures) };
}

async function measure(runners: number): Promise<Row> {
  // GitLab's own default is 1,000 of a group.
  const gitlab = await startGitLab({ settings: { registeredGroupRunnersLimit: runners } });
  const stack = new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token });
  try {
    await stack.init();
    stack.program(describeProgram(runners, gitlab.groupId));
    const made = await stack.command("pulumi", ["up", "--yes", "--skip-preview", "--non-interactive"], QUICK);
    if (made.code !== 0) throw new Error(made.output);
    gitlab.requests.clear();
    const refresh = await time(stack, "refresh");
    const requests = gitlab.requests.count();
    const up = await time(stack, "up without changes");
    return { runners, requests, seconds: { refresh, "up without changes": up } };
  } finally {
    await Promise.all([stack.dispose(), gitlab.close()]);
  }
}

/** Up to so many runners are a resource each; more are a set. */
const MOST_SINGLE = 300;

function describeProgram(runners: number, groupId: number): string {
  const place = `runnerType: "group_type", groupId: ${groupId}`;
  const attributes = '{ description: "runner " + i, tagList: ["t" + i] }';
  if (runners <= MOST_SINGLE) {
    return `for (let i = 0; i < ${runners}; i++) new Runner("runner-" + i, { ${place}, ...${attributes} });`;
  }
  return `
    const items = {};
    for (let i = 0; i < ${runners}; i++) items["runner-" + i] = ${attributes};
    new gitlabRunner.RunnerSet("fleet", { ${place}, items });`;
}

async function time(stack: TestStack, phase: Phase): Promise<number> {
  const start = performance.now();
  await stack.succeed(...PHASES[phase]);
  return Math.round((performance.now() - start) / 100) / 10;
}

function makeTable(rows: readonly Row[]): string {
  const phases = Object.keys(PHASES) as Phase[];
  const cells = rows.map(({ runners, requests, seconds }) => [
    runners.toLocaleString("en"),
    runners <= MOST_SINGLE ? "`Runner` each" : "`RunnerSet`",
    ...phases.map((phase) => `${seconds[phase]} s`),
    String(requests),
  ]);
  const lines = [
    ["runners", "as", ...phases, "requests of the refresh"],
    ["---:", "---", "---:", "---:", "---:"],
    ...cells,
  ];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function toLines(rows: readonly Row[]) {
  const phases = Object.keys(PHASES) as Phase[];
  return phases.map((name) => ({
    name,
    points: rows.map(({ runners, seconds }) => [runners, seconds[name]] as const),
  }));
}
