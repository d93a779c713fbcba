import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Client, ClientChannel } from "ssh2";
import { portOf, type SshAccess } from "../target.js";
import { findHostKeyRule } from "./hostKey.js";
import { findLogin } from "./login.js";
import { explainConnecting, SshError } from "./sshError.js";

/** An authenticated connection. */
export interface Connection {
  client: Client;
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<void>;
  hasEnded(): boolean;
}

/** Opens a byte stream to a host: straight, or through another one. */
export type Dial = (access: SshAccess) => Promise<Duplex>;

const DEFAULT_TIMEOUT_S = 30;
/** SSH_OPEN_CONNECT_FAILED of RFC 4254. */
const CONNECT_FAILED = 2;
const KEEP_ALIVE_MS = 10_000;

export function timeoutOf({ timeout }: SshAccess): number {
  return (timeout ?? DEFAULT_TIMEOUT_S) * 1000;
}

/** A connection to a host that has shown the right key. */
export async function openConnection(access: SshAccess, dial: Dial = dialStraight): Promise<Connection> {
  const rule = await findHostKeyRule(access);
  const login = await findLogin(access);
  const shown: Buffer[] = [];
  for (const serverHostKey of rule.algorithms) {
    const seen = shown.length;
    let isRight = false;
    const hostVerifier = (key: Buffer) => {
      isRight = rule.isRight(key);
      shown.push(key);
      return isRight;
    };
    try {
      return await handshake(access, { sock: await dial(access), hostVerifier, serverHostKey, ...login });
    } catch (error) {
      const isOtherKind = error instanceof Error && /no matching host key/i.test(error.message);
      const isWrongKey = shown.length > seen && !isRight;
      if (!isWrongKey && !isOtherKind)
        throw error instanceof SshError ? error : explainConnecting(access, error as Error);
    }
  }
  throw rule.refuse(shown);
}

interface Handshake {
  sock: Duplex;
  hostVerifier: (key: Buffer) => boolean;
  serverHostKey: string[];
  privateKey?: string | Buffer;
  authHandler?: unknown;
  agent?: unknown;
}

async function handshake(access: SshAccess, { sock, serverHostKey, ...rest }: Handshake): Promise<Connection> {
  const { Client } = (await import("ssh2")).default;
  const client = new Client();
  let isOver = false;
  const ended = new Promise<void>((resolve) =>
    client.once("close", () => {
      isOver = true;
      resolve();
    }),
  );
  await new Promise<void>((resolve, reject) => {
    // Also after it is ready: an error that nobody hears would end the process.
    client.on("error", reject);
    client.once("ready", resolve);
    client.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
    client.connect({
      ...(rest as object),
      sock: sock as Socket,
      username: access.user,
      agentForward: false,
      algorithms: { serverHostKey: serverHostKey as [] },
      readyTimeout: timeoutOf(access),
      keepaliveInterval: KEEP_ALIVE_MS,
      keepaliveCountMax: 3,
    });
  }).catch((error: unknown) => {
    client.destroy();
    sock.destroy();
    throw error;
  });
  return { client, ended, hasEnded: () => isOver };
}

function dialStraight(access: SshAccess): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: access.host, port: portOf(access) });
    socket.setNoDelay(true);
    const fail = (error: Error) => {
      socket.destroy();
      reject(explainConnecting(access, error));
    };
    socket.setTimeout(timeoutOf(access), () => fail(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" })));
    socket.once("error", fail);
    socket.once("connect", () => {
      socket.setTimeout(0);
      socket.off("error", fail);
      // Until the SSH client listens itself.
      socket.on("error", () => {});
      resolve(socket);
    });
  });
}

/** Through another host, which forwards bytes and reads none of them. It may wait longer for an answer than we do. */
export function dialThrough(jump: Connection, jumpAccess: SshAccess): Dial {
  return (access) =>
    new Promise((resolve, reject) => {
      const fail = (reason: string, isUnreachable: boolean) => {
        const what = `cannot be reached through ${jumpAccess.host} (${reason})`;
        const advice = "Look whether it is up, and whether the jump host may forward to it";
        reject(Object.assign(new SshError(access, what, advice), { isUnreachable }));
      };
      const limit = timeoutOf(access);
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        fail(`no answer for ${limit / 1000} s`, true);
      }, limit);
      jump.client.forwardOut("127.0.0.1", 0, access.host, portOf(access), (error, stream) => {
        clearTimeout(timer);
        if (isLate) stream?.destroy();
        // The other reasons are the jump host's own.
        else if (error) fail(error.message, "reason" in error && error.reason === CONNECT_FAILED);
        else resolve(stream);
      });
    });
}

/** Starts a program there. */
export function startProgram(client: Client, command: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel)));
  });
}
