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
  const problem = await tryToConnect(engine);
  if (problem === undefined) return;
  throw new OrphanedPluginError(
    `the Pulumi engine that asked for this is gone (${problem}), and nobody would keep what comes of it: nothing was sent ` +
      `or written. Run "pulumi cancel" and then "pulumi up" again`,
  );
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
