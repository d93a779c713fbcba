import { identify } from "../../config/file.js";
import { identifyTarget } from "../../delivery/target.js";
import { notify } from "../notice.js";
import { nameFile } from "./fileName.js";
import type { ConfigTomlState } from "./state.js";

/** A machine whose system id was seen. */
type Seen = Pick<ConfigTomlState, "path" | "location" | "target" | "runners" | "systemId">;

interface Machine {
  target: string;
  file: string;
}

/** The first machine of this process for each runner and system id. */
const machines = new Map<string, Machine>();

const told = new Set<string>();

/**
 * A cloned disk has its original's system id, and GitLab then shows both machines as one. Both work all the same, so this
 * is told, and is no error. Files of one machine may share its id; so may machines without a runner in common.
 */
export function watchForClones(seen: Seen): void {
  const { systemId, target, runners } = seen;
  if (systemId === undefined || target?.ssh === undefined) return;
  const machine = { target: identifyTarget({ ssh: target.ssh }), file: nameFile(seen) };
  for (const { runner } of Object.values(runners)) {
    const key = `${systemId} ${identify(runner.url, runner.id)}`;
    const first = machines.get(key);
    if (first === undefined) machines.set(key, machine);
    else if (first.target !== machine.target)
      tellOnce(describe(systemId, first, machine), `${first.file} ${machine.file}`);
  }
}

function tellOnce(line: string, pair: string): void {
  if (!told.has(pair)) notify(line);
  told.add(pair);
}

function describe(systemId: string, first: Machine, second: Machine): string {
  return (
    `ConfigToml ${second.file}: warning: its machine has the same system id (${systemId}) as that of ${first.file}, so ` +
    "GitLab takes the two for one machine. Is one a clone of the other? Remove .runner_system_id on it and restart its " +
    "gitlab-runner, or give it a systemId of its own here"
  );
}
