import * as pulumi from "@pulumi/pulumi";
import type { RunnerConfigurationArgs } from "./configToml.js";

/** Of each runner of the running program, the ConfigTomls that have it, by their names. */
const holders = new WeakMap<object, Set<Holder>>();

/** A ConfigToml. Two of them may have one name, in two components. */
export interface Holder {
  name: string;
}

/**
 * Notes that a ConfigToml has the runner. What `check` needs to refuse a second one where GitLab Runner rotates the token by
 * itself: the provider process of the first ConfigToml may be another one, and a preview knows no runner that is yet to be
 * made. `check` takes it out again, so that state does not depend on how many there are.
 */
export function noteHolder(holder: Holder, runner: RunnerConfigurationArgs["runner"]): object {
  const known = holders.get(runner) ?? new Set();
  holders.set(runner, known.add(holder));
  const { selfRotation } = runner;
  if (known.size === 1 || selfRotation === undefined) return {};
  const all = [...known].map(({ name }) => name);
  return { alsoIn: pulumi.output(selfRotation).apply((isSelf) => (isSelf === true ? all : [])) };
}
