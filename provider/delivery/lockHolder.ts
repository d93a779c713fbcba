import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Who holds a lock, so that others can tell whether that process still lives. Texts are empty where a system has none. */
export interface Holder {
  pid: number;
  host: string;
  /** Tells the process from a later one with the same number. */
  started: string;
  /** The space in which process numbers count: a container has one of its own. */
  pidSpace: string;
  machine: string;
  boot: string;
}

/** This process. */
export function describeSelf(): Holder {
  return {
    pid: process.pid,
    host: hostname(),
    started: findStart(process.pid) ?? "",
    pidSpace: tryRead(() => readlinkSync("/proc/self/ns/pid")),
    machine: tryRead(() => readFileSync("/etc/machine-id", "utf8")),
    boot: tryRead(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8")),
  };
}

/** A holder as it stands in a lock; undefined when the text is not one. */
export function parseHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Record<keyof Holder, unknown> | null;
    const texts = [holder?.host, holder?.started, holder?.pidSpace, holder?.machine, holder?.boot];
    const isHolder = Number.isInteger(holder?.pid) && texts.every((part) => typeof part === "string");
    return isHolder ? (holder as unknown as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the holder certainly runs no more: it ran on this machine before the last boot, or its process is gone from
 * the same space of process numbers. Of another machine or container nothing can be told.
 */
export function isProvablyDead(holder: Holder, self: Holder, fateOf: (pid: number) => Fate = findFate): boolean {
  if (holder.host !== self.host || holder.machine !== self.machine) return false;
  if (holder.boot !== self.boot) return holder.machine !== "" && holder.boot !== "" && self.boot !== "";
  if (holder.pidSpace !== self.pidSpace) return false;
  const fate = fateOf(holder.pid);
  return fate === "gone" || (fate !== undefined && fate !== holder.started);
}

/** When a process began; `gone` when there is none, undefined when nothing can be told. */
export type Fate = string | undefined;

function findFate(pid: number): Fate {
  // The process table may hide processes of other users.
  return findStart(pid) ?? (isGone(pid) ? "gone" : undefined);
}

function tryRead(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return "";
  }
}

/** When a process began, in the kernel's own count; `ended` when only its last remains are there, undefined without any. */
function findStart(pid: number): string | undefined {
  const stat = tryRead(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The name of the program comes second, in brackets, and may hold blanks and brackets itself.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? "ended" : rest[18];
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
