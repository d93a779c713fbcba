import assert from "node:assert/strict";

export type Properties = Record<string, unknown>;

/** A resource as the engine would hold it: its id and its outputs. */
export interface Made {
  id: string;
  outs: Properties;
}

/** What the modules of a resource have in common. */
interface Lifecycle {
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures?: unknown[] }>;
}

/** The inputs that `check` makes of arguments; it must find nothing wrong. */
export function checkedBy({ check }: Lifecycle) {
  return async (args: Properties, olds: Properties = {}): Promise<Properties> => {
    const { inputs, failures = [] } = await check(olds, args);
    assert.deepEqual(failures, []);
    return inputs;
  };
}
