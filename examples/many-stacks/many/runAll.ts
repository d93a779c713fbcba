/** What became of one stack. `drifted` stands between the good and the bad: the run could tell, and there is drift. */
export interface Outcome {
  kind: "good" | "drifted" | "bad";
  /** In a word or two, such as "2 created". */
  words: string;
  /** What there is to read about it. */
  details?: string;
}

export interface Result extends Outcome {
  site: string;
  seconds: number;
}

export interface RunOptions {
  /** The most stacks that are run side by side. */
  atOnce: number;
  /** Once it is aborted, no further stack is begun. */
  signal: AbortSignal;
  run: (site: string) => Promise<Outcome>;
  /** Told of each stack that has ended. */
  onEnd: (result: Result) => void;
}

/** Runs each stack once, some side by side; one that fails stops no other. */
export async function runAll(sites: readonly string[], options: RunOptions): Promise<Result[]> {
  const queue = [...sites];
  const results: Result[] = [];
  const lane = async () => {
    for (let site = queue.shift(); site !== undefined; site = queue.shift()) {
      const result = await runOne(site, options);
      results.push(result);
      options.onEnd(result);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, lane));
  return results.sort((one, other) => sites.indexOf(one.site) - sites.indexOf(other.site));
}

async function runOne(site: string, { run, signal }: RunOptions): Promise<Result> {
  if (signal.aborted) return { site, seconds: 0, kind: "bad", words: "not begun" };
  const started = performance.now();
  const outcome = await run(site).catch(describeFailure);
  return { site, seconds: (performance.now() - started) / 1000, ...outcome };
}

function describeFailure(error: unknown): Outcome {
  return { kind: "bad", words: "failed", details: error instanceof Error ? error.message : String(error) };
}
