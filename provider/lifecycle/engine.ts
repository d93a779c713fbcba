import { setMaxListeners } from "node:events";
import { connect as openSocket } from "node:net";
import { GitLabRunnerError } from "../errors.js";

/** Thrown when the Pulumi engine that started this plugin is gone. Nothing was sent or written. */
export class OrphanedPluginError extends GitLabRunnerError {}

/** What Pulumi runs for dynamic providers; the engine's address is the last argument, after flags for logs and traces. */
const PLUGIN = /[\\/]cmd[\\/]dynamic-provider(?:[\\/]index(?:\.js)?)?$/;

/** A local socket answers at once; a machine that is busy may need a moment. */
const TIMEOUT = 5_000;

/** The address of the engine that started this process; undefined where no engine did, as in a test. */
export function findEngine(args: readonly string[] = process.argv): { host: string; port: number } | undefined {
  const [, script = "", ...rest] = args;
  const [, host, port] = rest.at(-1)?.match(/^\[?([^\]/]+)\]?:(\d+)$/) ?? [];
  return PLUGIN.test(script) && host && port ? { host, port: Number(port) } : undefined;
}

/**
 * That the engine is still there to write down what we do. After a SIGKILL of the CLI this process goes on with its queue:
 * whatever it would make then would be in no state file.
 * @throws OrphanedPluginError
 */
export async function requireLivingEngine(args: readonly string[] = process.argv): Promise<void> {
  const engine = findEngine(args);
  if (!engine) return;
  const problem = await askEngine(engine);
  if (problem === undefined) return;
  if (problem === "ECONNREFUSED") orphaned.abort();
  throw new OrphanedPluginError(
    `the Pulumi engine that asked for this is gone (${problem}), and nobody would keep what comes of it: nothing was sent ` +
      `or written. Run "pulumi cancel" and then "pulumi up" again`,
  );
}

/** Enough for an answer to leave this process, should anybody be there to hear it. */
const TIME_TO_ANSWER = 100;

/** So often a plugin looks whether its engine is still there. */
const WATCH_INTERVAL = 1_000;

const orphaned = new AbortController();
// Every drain of a process may listen.
setMaxListeners(0, orphaned.signal);

/** Aborted once this process knows that its engine is gone: nobody waits any longer for what it waits for. */
export const engineGone: AbortSignal = orphaned.signal;

let running = 0;
let isWatching = false;

/**
 * A provider method at work. Pulumi leaves the plugin of a killed engine running for ever; once it knows that it has no
 * engine, this ends it as soon as nothing is half done, so that whoever cleans up can wait for its end.
 */
export async function atWork<T>(method: () => Promise<T>): Promise<T> {
  watchEngine();
  running++;
  try {
    return await method();
  } finally {
    running--;
    if (engineGone.aborted) endWhenIdle();
  }
}

/** With nothing left to write, no write would ever find out that the engine is gone. */
function watchEngine(): void {
  const engine = isWatching ? undefined : findEngine();
  if (!engine) return;
  isWatching = true;
  const look = async () => {
    if ((await tryToConnect(engine)) !== "ECONNREFUSED") return;
    orphaned.abort();
    endWhenIdle();
  };
  setInterval(() => void look(), WATCH_INTERVAL).unref();
}

function endWhenIdle(): void {
  setTimeout(() => running === 0 && process.exit(1), TIME_TO_ANSWER);
}

let asking: Promise<unknown> = Promise.resolve();
let nextAnswer: Promise<string | undefined> | undefined;

/** As `tryToConnect`, once for all who want to know while another try is on its way: it begins after they asked. */
function askEngine(engine: { host: string; port: number }): Promise<string | undefined> {
  nextAnswer ??= asking.then(() => {
    nextAnswer = undefined;
    return tryToConnect(engine);
  });
  asking = nextAnswer;
  return nextAnswer;
}

/** Undefined when somebody accepts the connection, else why not. */
function tryToConnect(engine: { host: string; port: number }): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = openSocket(engine);
    const end = (problem?: string) => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(TIMEOUT, () => end("no answer"));
    socket.once("connect", () => end());
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
