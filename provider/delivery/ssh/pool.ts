import { createHash } from "node:crypto";
import type { SshAccess, SshTarget } from "../target.js";
import { type Connection, dialThrough, openConnection } from "./connection.js";
import { NoSessionError } from "./sshError.js";

// One connection for each host and login of this process, however many files go there. It ends soon after its last use, so
// that the process can end.

/** OpenSSH's own limit, MaxSessions, is 10; somebody else may use the same connection's limit through a proxy. */
const MOST_SESSIONS = 8;
const IDLE_MS = 1_000;
const SHORTEST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 640;

interface Pooled {
  connection: Promise<Connection>;
  sessions: number;
  /** How many the host takes at once, as far as is known. */
  most: number;
  /** Connections that lead through it. */
  through: number;
  waiting: (() => void)[];
  idle?: NodeJS.Timeout;
}

const pool = new Map<string, Pooled>();

/** Does `act` with a connection of the pool; anew, when others have ended theirs, where the host opens no session beside them. */
export async function withConnection<T>(access: SshAccess, act: (connection: Connection) => Promise<T>): Promise<T> {
  for (let pause = SHORTEST_PAUSE_MS; ; ) {
    const pooled = findPooled(access);
    await enter(pooled);
    try {
      return await act(await pooled.connection);
    } catch (error) {
      if (!(error instanceof NoSessionError) || pause > LONGEST_PAUSE_MS) throw error;
      pooled.most = Math.max(1, pooled.sessions - 1);
    } finally {
      leave(access, pooled);
    }
    // Also alone: the host is through with the last session a moment after that has ended here.
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause *= 2;
  }
}

function keyOf(access: SshAccess): string {
  const { timeout, sudo, sudoPassword, sudoPasswordEnv, transfer, ...identity } = access as SshTarget;
  return createHash("sha256")
    .update(JSON.stringify(Object.entries(identity).sort()))
    .digest("hex");
}

function findPooled(access: SshAccess): Pooled {
  const key = keyOf(access);
  const found = pool.get(key);
  if (found) return found;
  const made: Pooled = { connection: open(access), sessions: 0, most: MOST_SESSIONS, through: 0, waiting: [] };
  pool.set(key, made);
  const forget = () => {
    if (pool.get(key) === made) pool.delete(key);
  };
  // The failure itself goes to whoever asked.
  made.connection.then(({ ended }) => ended).then(forget, forget);
  return made;
}

/** The jump host's connection is in use as long as the one through it lives. */
async function open(access: SshAccess): Promise<Connection> {
  const { proxyJump } = access;
  if (!proxyJump) return openConnection(access);
  const jumpAccess = { ...proxyJump, timeout: proxyJump.timeout ?? access.timeout };
  const jump = findPooled(jumpAccess);
  jump.through++;
  clearTimeout(jump.idle);
  const letGo = () => {
    jump.through--;
    closeIfIdle(jumpAccess, jump);
  };
  try {
    const connection = await openConnection(access, dialThrough(await jump.connection, jumpAccess));
    void connection.ended.then(letGo);
    return connection;
  } catch (error) {
    letGo();
    throw error;
  }
}

async function enter(pooled: Pooled): Promise<void> {
  clearTimeout(pooled.idle);
  if (pooled.sessions >= pooled.most) await new Promise<void>((resolve) => pooled.waiting.push(resolve));
  else pooled.sessions++;
}

/** Whoever waits gets the place, if there is still one. */
function leave(access: SshAccess, pooled: Pooled): void {
  pooled.sessions--;
  const next = pooled.sessions < pooled.most ? pooled.waiting.shift() : undefined;
  if (next) {
    pooled.sessions++;
    next();
  } else closeIfIdle(access, pooled);
}

function closeIfIdle(access: SshAccess, pooled: Pooled): void {
  if (pooled.sessions > 0 || pooled.through > 0) return;
  pooled.idle = setTimeout(() => {
    if (pool.get(keyOf(access)) === pooled) pool.delete(keyOf(access));
    pooled.connection.then(({ client }) => client.end()).catch(() => {});
  }, IDLE_MS);
}
