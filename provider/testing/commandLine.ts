import { parseArgs } from "node:util";
import type { GitLabOptions } from "./gitlab.js";

/** What `--help` prints. */
export const usage = `Starts a stand-in GitLab: the REST and GraphQL APIs for runners on a real port, with a memory.

Usage: node dist/testing/main.js [options]

  --port <number>             port to listen on (default: any free one)
  --host <address>            address to listen on (default: 127.0.0.1, this machine only)
  --runner-id-start <number>  id of the first runner (default: 1)
  --help                      print this

Prints one line of JSON: url, token (of an administrator), groupId, projectId. Runs until SIGINT or SIGTERM.
`;

/** Thrown for options that cannot be; its message is for the user. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Reads the command line; null asks for help. */
export function readCommandLine(args: readonly string[]): GitLabOptions | null {
  const values = parse(args);
  if (values.help) return null;
  return {
    port: readNumber("--port", values.port, { least: 0, most: 65_535 }) ?? 0,
    host: values.host ?? "127.0.0.1",
    runnerIdStart:
      readNumber("--runner-id-start", values["runner-id-start"], { least: 1, most: Number.MAX_SAFE_INTEGER }) ?? 1,
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  const options = { port: text, host: text, "runner-id-start": text, help: { type: "boolean", short: "h" } } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readNumber(
  option: string,
  text: string | undefined,
  range: { least: number; most: number },
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= range.least && number <= range.most) return number;
  throw new UsageError(`${option} takes a whole number from ${range.least} to ${range.most}, not "${text}"`);
}
