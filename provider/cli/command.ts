/** One command of `pulumi-gitlab-runner`. */
export interface Command {
  /** Its words after the program's name: `drift [--stack NAME]`. */
  usage: string;
  /** What it does and how it ends, in lines of the help. */
  about: readonly string[];
  /** Its options, each with what it means. */
  options: readonly (readonly [option: string, meaning: string])[];
  /** Runs it with the words behind its name; the result is the exit code. */
  run: (words: string[]) => Promise<number>;
}
