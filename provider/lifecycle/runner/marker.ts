import type { RunnerInputs } from "./inputs.js";

/** What tells, in a runner's maintenance note, which creation of which resource of which stack made it. */
export interface Marker {
  /** The first half of the stack's id. */
  stack: string;
  /** The resource's name within its stack. */
  name: string;
  generation: string;
}

const STACK_DIGITS = 16;

const PATTERN = /(?:\r?\n){0,2}\[pulumi-gitlab-runner ([0-9a-f]{16})\/([^\s\]#]+)#([0-9a-f]{12})\]/g;

/** The limits of GitLab's note, and of the note of `gitlab-runner register`. */
const LONGEST_NOTE = 1024;
const LONGEST_OLD_NOTE = 255;

type Marked = Pick<RunnerInputs, "stackId" | "identity" | "maintenanceNote" | "registrationToken">;

/** The marker of a resource; undefined where the program switched markers off, or nothing tells stack and resource apart. */
export function markerFor({ stackId, identity }: Marked, generation: string | undefined): Marker | undefined {
  if (stackId === undefined || identity === undefined || generation === undefined) return undefined;
  return { stack: stackId.slice(0, STACK_DIGITS), name: encodeURIComponent(identity), generation };
}

function format({ stack, name, generation }: Marker): string {
  return `[pulumi-gitlab-runner ${stack}/${name}#${generation}]`;
}

/** The note with the marker below it; undefined where both do not fit GitLab's limit. */
export function addMarker(inputs: Marked, marker: Marker): string | undefined {
  const { maintenanceNote: note = "", registrationToken } = inputs;
  const marked = note === "" ? format(marker) : `${note}\n\n${format(marker)}`;
  const limit = registrationToken === undefined ? LONGEST_NOTE : LONGEST_OLD_NOTE;
  return [...marked].length <= limit ? marked : undefined;
}

/** The note as its author wrote it. */
export function stripMarkers(note: string): string {
  return note.replace(PATTERN, "");
}

/** The marker in a note; the last one counts. */
export function readMarker(note: string | null | undefined): Marker | undefined {
  const [, stack, name, generation] = [...(note ?? "").matchAll(PATTERN)].at(-1) ?? [];
  if (stack === undefined || name === undefined || generation === undefined) return undefined;
  return { stack, name, generation };
}

/** The resource's name in a marker of this stack; of one that we did not write, it may be none. */
export function identityIn({ name }: Marker): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return "";
  }
}

/** Whether two markers are those of one resource, of whatever generation. */
export function isSameResource(one: Marker, other: Marker | undefined): boolean {
  return one.stack === other?.stack && one.name === other.name;
}
