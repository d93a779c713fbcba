import type { Host } from "../../delivery/host.js";
import { identifyTarget, type Target } from "../../delivery/target.js";
import { GitLabRunnerError } from "../../errors.js";
import { isContent } from "./fileName.js";
import { makeScrubber } from "./scrub.js";
import type { ConfigTomlInputs } from "./spec.js";
import type { ConfigTomlState } from "./state.js";

/** The machine of a ConfigToml. */
export async function findHost(inputs: ConfigTomlInputs): Promise<Host> {
  return (await import("../../delivery/findHost.js")).findHost(inputs.target, makeScrubber(inputs));
}

/** Where its file is, or is to be: where it went before, unless a volume's folder may have moved. */
export async function locate(host: Host, inputs: ConfigTomlInputs & { location?: string }): Promise<string> {
  const found = await locateIfThere(host, inputs);
  if (found !== undefined) return found;
  const volume = inputs.target?.docker?.volume;
  throw new GitLabRunnerError(
    `target.docker.volume: there is no volume ${volume}${host.where}: make it with "docker volume create ${volume}"`,
  );
}

/** Likewise; undefined where there is no such volume, so that there is no file. */
export async function locateIfThere(
  host: Host,
  { path, target, location }: ConfigTomlInputs & { location?: string },
): Promise<string | undefined> {
  if (target?.docker) return host.locate(path);
  return path ?? location ?? host.locate(path);
}

/** Where it is, for one who takes it away; the last place where nobody answers and that is no matter. */
export async function findLeft(host: Host, state: ConfigTomlState): Promise<string | undefined> {
  try {
    return await locateIfThere(host, state);
  } catch (error) {
    const { isGone } = await import("./leaving.js");
    if (state.onUnreachable === "forget" && isGone(error, state)) return state.location;
    throw error;
  }
}

/** What makes it another file. A target that is not known yet may be another host. */
export function findMoves(state: ConfigTomlState, inputs: ConfigTomlInputs): string[] {
  const { path, target } = inputs;
  const isOtherPath = state.path !== path || isContent(state) !== isContent(inputs) || hasOtherDefault(state, inputs);
  const isElsewhere = isUnknownTarget(target) || identifyTarget(state.target) !== identifyTarget(target);
  return [...(isOtherPath ? ["path"] : []), ...(isElsewhere ? ["target"] : [])];
}

/** Files whose machine may be forgotten by what a move in this run says: by their ids, and by their places. */
const forgettable = new Set<string>();

/**
 * What was replaced, and is still to be deleted, is in no program any more, and its state is never updated again. So it
 * counts what is said of its machine by what takes its place, or by what would move back to it.
 */
export function noteMove(id: string, inputs: ConfigTomlInputs): void {
  if (inputs.onUnreachable !== "forget") return;
  forgettable.add(id);
  forgettable.add(keyOf(inputs));
}

/** State with what this run says of its machine. */
export function withNote(id: string, state: ConfigTomlState): ConfigTomlState {
  const mayForget = forgettable.has(id) || forgettable.has(keyOf(state));
  return mayForget ? { ...state, onUnreachable: "forget" } : state;
}

function keyOf({ target, path }: ConfigTomlInputs): string {
  return JSON.stringify([identifyTarget(target), path]);
}

function isUnknownTarget(target: Target | undefined): boolean {
  return typeof target === "string" || typeof target?.ssh === "string" || typeof target?.docker === "string";
}

/** Where no path is given, another user has another one. */
function hasOtherDefault(state: ConfigTomlState, { path, target }: ConfigTomlInputs): boolean {
  if (path !== undefined || isUnknownTarget(target)) return false;
  const userOf = ({ ssh }: Target = {}) => (ssh?.sudo === true ? "root" : ssh?.user);
  return !target?.docker && userOf(state.target) !== userOf(target);
}
