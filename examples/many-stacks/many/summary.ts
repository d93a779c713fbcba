import type { Result } from "./runAll";

/** One line for each stack that has ended, so that a long run is seen to go on. */
export function printResult({ site, words, seconds }: Result, { number, of }: { number: number; of: number }): void {
  console.log(`[${number}/${of}] ${site}: ${words} (${seconds.toFixed(1)} s)`);
}

/** What there is to read, then a table of all stacks, then how to go on. */
export function printSummary(action: string, results: readonly Result[]): void {
  for (const { site, details } of results) {
    if (details) console.log(`\n== ${site}\n${withoutPasswords(details)}`);
  }
  const width = Math.max(...results.map(({ site }) => site.length));
  const rows = results.map(({ site, words, seconds }) => {
    return `${site.padEnd(width)}  ${`${seconds.toFixed(1)} s`.padStart(8)}  ${words}`;
  });
  const bad = results.filter(({ kind }) => kind === "bad").map(({ site }) => site);
  const drifted = results.filter(({ kind }) => kind === "drifted").length;
  const good = results.length - bad.length - drifted;
  console.log(
    `\n${rows.join("\n")}\n\n${results.length} stacks: ${good} well, ${drifted} drifted, ${bad.length} not done`,
  );
  if (bad.length > 0) console.log(`The rest of it: npm run many -- ${action} ${bad.join(" ")}`);
}

/** As of `pulumi-gitlab-runner drift`: 0 all is well, 2 there is drift, 1 not everything could be done or told. */
export function exitCodeOf(results: readonly Result[]): number {
  if (results.some(({ kind }) => kind === "bad")) return 1;
  return results.some(({ kind }) => kind === "drifted") ? 2 : 0;
}

/** Pulumi's errors name the backend's whole address, and with it a password that stands there. */
export function withoutPasswords(text: string): string {
  return text.replace(/(\w:\/\/[^/\s:@]*):[^/\s]*@/g, "$1:…@");
}
