import { readCommandLine, UsageError, usage } from "./commandLine.js";
import { type GitLabOptions, type StandInGitLab, startGitLab } from "./gitlab.js";

async function main(args: readonly string[]): Promise<void> {
  const options = readCommandLine(args);
  if (options === null) {
    process.stdout.write(usage);
    return;
  }
  const gitlab = await start(options);
  const { url, token, groupId, projectId } = gitlab;
  process.stdout.write(`${JSON.stringify({ url, token, groupId, projectId })}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => gitlab.close().then(() => process.exit(0)));
  }
}

async function start(options: GitLabOptions): Promise<StandInGitLab> {
  try {
    return await startGitLab(options);
  } catch (error) {
    throw new UsageError(explain(error, options));
  }
}

function explain(error: unknown, options: GitLabOptions): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const place = `${options.host}:${options.port}`;
  if (code === "EADDRINUSE") return `Port ${options.port} on ${options.host} is taken; choose another one with --port`;
  if (code === "EACCES") return `Not allowed to listen on ${place}; ports below 1024 need special rights`;
  return `Cannot listen on ${place}: ${error instanceof Error ? error.message : String(error)}`;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const text = error instanceof UsageError ? `${error.message}\nSee --help.` : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
