import * as pulumi from "@pulumi/pulumi";
import { isTable } from "./table.js";

/** What is known later only. */
export function isDeferred(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/**
 * What the conversion makes of a table, also of an output of one, which the compiler takes for the table itself. A secret
 * that it leaves anywhere in an output makes a secret of all of that: else nobody would find its place. What is no table
 * goes on as it is, for `check` to name.
 */
export function convertTable<T extends object>(table: T, convert: (known: T) => object): T {
  const convertKnown = (known: unknown) => (isTable(known) ? convert(known as T) : known);
  const given: unknown = table;
  if (!isDeferred(given)) return convertKnown(given) as T;
  const later: pulumi.Output<unknown> = pulumi.output<unknown>(given);
  return later.apply((known) => pulumi.output<unknown>(convertKnown(known))) as T;
}
