import { setMaxListeners } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { findDrift } from "./many/drift";
import { isInOwnSession, runInOwnSession, SIGNALS } from "./many/ownSession";
import { type Result, runAll } from "./many/runAll";
import { destroy, up } from "./many/stacks";
import { exitCodeOf, printResult, printSummary, withoutPasswords } from "./many/summary";

const USAGE = "npm run many -- up|drift|destroy [--at-once NUMBER] [SITE…]";

/** What can be done with each stack. */
const ACTIONS = { up, drift: findDrift, destroy };

const folder = join(__dirname, "..");

async function main(): Promise<number> {
  const { action, atOnce, sites } = readArguments(process.argv.slice(2));
  const abort = new AbortController();
  const stop = (signal: string) => {
    // npm hands on a Ctrl-C that the terminal has sent already.
    if (abort.signal.aborted) return;
    console.error(`${signal}: no further stack is begun; those that run stop after what they are at, and unlock`);
    abort.abort();
  };
  // With `once`, nothing would listen any more when the signal is handed round, and Pulumi's SDK would end this process.
  for (const signal of SIGNALS) process.on(signal, stop);
  // The SDK leaves a listener behind for each of its calls.
  setMaxListeners(0, abort.signal);
  // A backend that cannot be reached is told once, not by each stack; and PostgreSQL's table is made by one call alone.
  await (await LocalWorkspace.create({ workDir: folder })).whoAmI();
  let ended = 0;
  const results = await runAll(sites, {
    atOnce,
    signal: abort.signal,
    run: (site) => ACTIONS[action]({ folder, site, signal: abort.signal }),
    onEnd: (result: Result) => printResult(result, { number: ++ended, of: sites.length }),
  });
  printSummary(action, results);
  return exitCodeOf(results);
}

function readArguments(words: string[]): { action: keyof typeof ACTIONS; atOnce: number; sites: string[] } {
  const { values, positionals } = parseArgs({
    args: words,
    options: { "at-once": { type: "string", default: "4" } },
    allowPositionals: true,
  });
  const [action = "", ...chosen] = positionals;
  const atOnce = Number(values["at-once"]);
  const all = listSites();
  const unknown = chosen.filter((site) => !all.includes(site));
  const problems = [
    ...(Object.hasOwn(ACTIONS, action) ? [] : ["the first word must be up, drift or destroy"]),
    ...(Number.isInteger(atOnce) && atOnce > 0 ? [] : ["--at-once must be a whole number from 1 on"]),
    ...unknown.map((site) => `${site} is no site: there is no Pulumi.${site}.yaml`),
    ...(all.length > 0 ? [] : ["there is no site: make a Pulumi.SITE.yaml for each"]),
  ];
  if (problems.length > 0) throw new Error(`${problems.join("\n")}\n${USAGE}`);
  return { action: action as keyof typeof ACTIONS, atOnce, sites: chosen.length > 0 ? [...new Set(chosen)] : all };
}

/** A site is a stack, and a stack is its file of settings. */
function listSites(): string[] {
  const names = readdirSync(folder).map((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1]);
  return names.filter((name) => name !== undefined).sort();
}

(isInOwnSession ? main() : runInOwnSession()).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(withoutPasswords(error instanceof Error ? error.message : String(error)));
    process.exitCode = 1;
  },
);
