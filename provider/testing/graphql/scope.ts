import type { Caller } from "../world/access.js";
import type { World } from "../world/world.js";

/** What the answer to one query depends on. */
export interface Scope {
  readonly world: World;
  /** Null for a request without a token. */
  readonly caller: Caller | null;
  /** Whether the token may change anything: `api`, and not just `read_api`. */
  readonly mayWrite: boolean;
  /** How much the query asks, and how much it may. */
  readonly complexity: { readonly score: number; readonly limit: number };
  /** How often a field was asked for that only one object of a request may be asked. */
  readonly calls: Map<string, number>;
}

/** An object of the schema: values, or functions of the arguments, by the name of the field. */
export type Node = Readonly<Record<string, unknown>>;
