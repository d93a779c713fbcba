import { DeliveryError } from "../host.js";
import { nameHost, type SshTarget } from "../target.js";
import type { Answer } from "./session.js";

/** What was tried, and where. */
export interface Attempt {
  path: string;
  /** Such as "cannot be read". */
  what: string;
  target: SshTarget;
}

/** The system's words for an error, which are the same everywhere since the program asks for no language; and what to do. */
const ADVICE: [words: RegExp, advice: string][] = [
  [/read-only file system/i, "The file system is read-only there: choose another path"],
  [/no space left/i, "Free some space on the disk there"],
  [/quota exceeded/i, "Free some space there: the user's quota is used up"],
  [/file too large/i, "The user may not write files of that size there: raise the limit"],
  [/is a directory/i, "Name a file in it, such as config.toml"],
  [/no regular file/i, "It is a pipe, a socket or a device: choose another path"],
  [/not a directory|file exists/i, "A part of the path is a file there, not a folder: choose another path"],
  [
    /name too long/i,
    "The file's name, with what is put before and after it for the files beside it, is too long: choose a shorter one",
  ],
  [/too many levels/i, "The symbolic links lead in a circle there: mend them"],
  [/not found/i, "The POSIX tools are needed there: install what is missing"],
];

/** An answer that tells of a failure, as an error; the file is as it was. */
export function explainAnswer({ path, what, target }: Attempt, { words }: Answer): DeliveryError {
  const advice = ADVICE.find(([pattern]) => pattern.test(words))?.[1] ?? adviseRights(target, words);
  return new DeliveryError(path, `on ${nameHost(target)} ${what} (${words || "no reason was given"})`, advice);
}

function adviseRights({ user, sudo }: SshTarget, words: string): string {
  if (!/permission denied|not permitted/i.test(words)) return "Look at the path on the host";
  if (sudo) return "Not even root may do this there: choose another path";
  return `Give ${user} the right to do this there, set target.ssh.sudo: true, or choose another path`;
}
