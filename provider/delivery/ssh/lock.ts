import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { DeliveryError } from "../host.js";
import { isProvablyDead, parseHolder } from "../lockHolder.js";
import { explainAnswer } from "./explain.js";
import type { Session } from "./session.js";

// The same lock as on the host itself (see ../lock): a folder that holds one file, which says who has it. Who enters it puts
// their file in, and has it when it is the only one. The holder is the session's own process on the host, so its death can
// be told there; the lock is given back when the session ends, also by a cut.

const TIMEOUT_MS = 60_000;
const LONGEST_PAUSE_MS = 500;

/** Takes the lock of the session's present file; the session's end gives it back. */
export async function takeRemoteLock(session: Session, file: string, timeoutMs = TIMEOUT_MS): Promise<void> {
  const end = performance.now() + timeoutMs;
  const by = `process ${process.pid} on ${hostname().replace(/[^\w.-]/g, "")}`;
  for (let pause = 20; !(await tryToTake(session, { file, by })); pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const found = await look(session);
    if (found && (await isDead(session, found))) await session.run("break_lock", [found.name]);
    else if (performance.now() > end) throw describeHolder(session, { file, timeoutMs, found });
    // Not a fixed time: those who wait would come back all at once.
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
  }
}

async function tryToTake(session: Session, { file, by }: { file: string; by: string }): Promise<boolean> {
  const answer = await session.run("take", [randomBytes(6).toString("hex"), by]);
  if (!answer.isOk) throw explainAnswer({ path: file, what: "cannot be locked", target: session.target }, answer);
  return answer.said[0] === "taken";
}

interface Found {
  name: string;
  /** What its file says. */
  holder: string;
  since: string;
  self: string;
}

async function look(session: Session): Promise<Found | undefined> {
  const [name, holder = "", since = "", self = ""] = (await session.run("look")).said;
  return name === undefined ? undefined : { name, holder, since, self };
}

async function isDead(session: Session, { holder, self }: Found): Promise<boolean> {
  const [other, mine] = [parseHolder(holder), parseHolder(self)];
  if (!other || !mine) return false;
  const [fate] = (await session.run("fate", [String(other.pid)])).said;
  return isProvablyDead(other, mine, () => (fate === "" ? undefined : fate));
}

interface Waited {
  file: string;
  timeoutMs: number;
  found: Found | undefined;
}

function describeHolder({ target }: Session, { file, timeoutMs, found }: Waited): DeliveryError {
  const holder = parseHolder(found?.holder ?? "");
  const by = /"by":"([\w .-]+)"/.exec(found?.holder ?? "")?.[1];
  const who = holder ? `process ${holder.pid} on ${holder.host}${by ? ` (for ${by})` : ""}` : "somebody unknown";
  const since = found?.since ? ` since ${found.since}` : "";
  const lock = file.replace(/([^/]*)$/, ".$1.pulumi-lock");
  const advice = `Nothing was written. Run again when that has ended; if no such process runs any more, remove the folder ${lock} there first`;
  return new DeliveryError(
    file,
    `on ${target.host} is being changed by ${who}${since}; waited ${timeoutMs / 1000} s`,
    advice,
  );
}
