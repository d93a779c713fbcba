import { parseArgs } from "node:util";
import { benchBulk } from "./bulk.js";
import { benchCut } from "./cut.js";
import { benchDrift } from "./drift.js";
import { benchEngine } from "./engine.js";
import { benchGrowth } from "./growth.js";
import { benchImports } from "./imports.js";
import { benchKill } from "./kill.js";
import { benchRender } from "./render.js";
import { benchSsh } from "./ssh.js";
import { benchStorm } from "./storm.js";

const FORMS = ["each", "set"] as const;

/** What a benchmark is given. */
export interface BenchOptions {
  /** Makes a run with chance in it repeatable. */
  seed: number;
  /** Whether GitLab fails now and then, where a benchmark asks for it. */
  faults: boolean;
  /** One resource for each runner, or one for all, where a benchmark asks for it. */
  form: (typeof FORMS)[number];
  /** How often something is tried, where a benchmark asks for it; else its own number. */
  trials?: number;
  /** How many resources there are, where a benchmark asks for it; else its own numbers. */
  runners?: number;
  files?: number;
  /** Up to how many runners a benchmark also measures one resource each. */
  each?: number;
  /** The file of a picture, where a benchmark draws one. */
  plot?: string;
}

/** What a benchmark measured: the last line of the output, as JSON. */
export type Figures = Record<string, string | number>;

interface Bench {
  about: string;
  run: (options: BenchOptions) => Promise<Figures>;
}

const BENCHES: Record<string, Bench> = {
  bulk: {
    about:
      "100, 300 and 1,000 runners as one RunnerSet, in 10 files (--runners N: up to so many, 10,000 too; --each N: one resource each up to so many)",
    run: benchBulk,
  },
  cut: {
    about:
      "200 deliveries over SSH, half of them by SFTP, whose connection is cut somewhere: how often half a file was left on the host",
    run: benchCut,
  },
  drift: {
    about:
      "the command drift on 1,000 runners and 100 files, some of them changed: what it finds, and what it costs (--runners N, --files M; --trials N: runs)",
    run: benchDrift,
  },
  engine: {
    about: "100 runners and one config.toml beside 100 empty dynamic resources: ratios of wall time, medians of 3 runs",
    run: benchEngine,
  },
  growth: {
    about:
      "refresh and an up without changes at 100, 300, 1,000 and 3,000 runners (--runners N: up to so many; --plot FILE: as SVG)",
    run: benchGrowth,
  },
  imports: {
    about: "what loading the provider modules adds to bare Node, in ms: medians of 15 processes each",
    run: benchImports,
  },
  kill: {
    about:
      "50 SIGKILLs in an up of 20 runners, each recovered from (--form set: the runners of one RunnerSet; --trials N: fewer or more); on Linux",
    run: benchKill,
  },
  render: {
    about: "1,000 entries parsed, merged and rendered: ms, and the ratio to @iarna/toml on the same data",
    run: benchRender,
  },
  ssh: {
    about:
      "up of 20 hosts over SSH beside that of one, without an empty stack's: ratio to 20 times one, medians of 3 runs",
    run: benchSsh,
  },
  storm: {
    about: "300 runners created and changed while GitLab fails now and then (--faults off: while it does not)",
    run: benchStorm,
  },
};

async function main(): Promise<number> {
  const options = {
    seed: { type: "string", default: "1" },
    faults: { type: "string", default: "on" },
    form: { type: "string", default: "each" },
    trials: { type: "string" },
    runners: { type: "string" },
    files: { type: "string" },
    each: { type: "string" },
    plot: { type: "string" },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const bench = BENCHES[positionals[0] ?? ""];
  const form = FORMS.find((one) => one === values.form);
  if (!bench || !form || !["on", "off"].includes(values.faults)) {
    const names = Object.entries(BENCHES).map(([name, { about }]) => `  ${name}  ${about}`);
    console.log(
      `Usage: npm run bench -- NAME [--seed S] [--faults on|off] [--form each|set] [--trials N] [--runners N] [--files M] [--each N] [--plot FILE]\n\n${names.join("\n")}`,
    );
    return positionals.length === 0 ? 0 : 1;
  }
  const count = (text?: string) => (text === undefined ? undefined : Number(text));
  const { trials, runners, files, each, plot } = values;
  const numbers = { trials: count(trials), runners: count(runners), files: count(files), each: count(each) };
  const chosen = { seed: Number(values.seed), faults: values.faults !== "off", form, ...numbers, plot };
  console.log(JSON.stringify(await bench.run(chosen)));
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
