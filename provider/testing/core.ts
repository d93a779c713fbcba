import type { Faults } from "./faults/faults.js";
import type { RequestLog } from "./http/requestLog.js";
import type { World } from "./world/world.js";

/** What one stand-in consists of. */
export interface Core {
  readonly world: World;
  readonly faults: Faults;
  readonly requests: RequestLog;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
}
