import { randomBytes } from "node:crypto";
import { asMethod, type Properties, withoutProvider } from "./method.js";

// A stack has no id of its own that a provider could see, and names are given twice: the same project and stack name can
// stand in two backends. So one is made at random, once, and lives in state as the id of a resource.

export async function configure(): Promise<void> {}

export const check = asMethod(async (_olds: Properties, _news: Properties) => ({ inputs: {}, failures: [] }));

/** It never changes: what names this id on hosts and in GitLab could not be found again. */
export const diff = asMethod(async (_id: string, _olds: Properties, _news: Properties) => ({ changes: false }));

export const create = asMethod(async (_properties: Properties) => ({
  id: randomBytes(16).toString("hex"),
  outs: { schemaVersion: 1 },
}));

export const update = asMethod(async (_id: string, olds: Properties, _news: Properties) => ({
  outs: withoutProvider(olds),
}));

export const read = asMethod(async (id: string, properties: Properties = {}) => ({
  id,
  props: withoutProvider(properties),
  inputs: {},
}));

/** There is nothing outside of state. */
const remove = asMethod(async (_id: string, _properties: Properties) => {});

export { remove as delete };
