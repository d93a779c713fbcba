type PrepareStackTrace = NonNullable<typeof Error.prepareStackTrace>;

/** The folders of this package as it runs, and of Pulumi's SDK. */
const OURS = __dirname.slice(0, -"resources".length);
const SDK = require.resolve("@pulumi/pulumi").slice(0, -"index.js".length);

/**
 * What makes a text of a stack, as `former` would, of the program's own frames. Pulumi's SDK parses that text, skips as
 * many frames as it has itself at the top and one of the resource's class, and notes the rest in state; so those stay.
 */
export function withoutInnerFrames(former: PrepareStackTrace | undefined): PrepareStackTrace {
  return (error, frames) => (former ?? formatStack)(error, pickFrames(frames));
}

function pickFrames(frames: readonly NodeJS.CallSite[]): NodeJS.CallSite[] {
  const first = frames.findIndex((frame) => isIn(OURS, frame));
  if (first < 0) return [...frames];
  const rest = first + 1;
  return [...frames.slice(0, rest), ...frames.slice(rest).filter(isProgram)];
}

function isProgram(frame: NodeJS.CallSite): boolean {
  const file = frame.getFileName();
  return !!file && !file.startsWith("node:") && !isIn(OURS, frame) && !isIn(SDK, frame);
}

function isIn(folder: string, frame: NodeJS.CallSite): boolean {
  return frame.getFileName()?.startsWith(folder) ?? false;
}

/** As V8 writes it. */
function formatStack(error: Error, frames: readonly NodeJS.CallSite[]): string {
  return [String(error), ...frames.map((frame) => `    at ${frame}`)].join("\n");
}
