/** A flag of `gitlab-runner register` that sets a key of the entry. */
export interface KeyFlag {
  /** Without hyphens; one or two hyphens both work. */
  names: readonly string[];
  /** The environment variable that gives it a value before the command line does. */
  env?: string;
  /** The key, from the entry on. */
  path: readonly string[];
}
