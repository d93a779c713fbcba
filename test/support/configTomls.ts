import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { checkedBy, type Made, type Properties } from "./lifecycle.js";

export type { Made, Properties };

export const checked = checkedBy(lifecycle);

/** The reasons for which `check` refuses arguments. */
export async function refusals(args: Properties): Promise<string[]> {
  return (await lifecycle.check({}, args)).failures.map(({ reason }) => reason);
}

export async function make(args: Properties): Promise<Made> {
  return (await lifecycle.create(await checked(args))) as unknown as Made;
}

export async function change({ id, outs }: Made, args: Properties): Promise<Made> {
  return { id, outs: (await lifecycle.update(id, outs, await checked(args))).outs as unknown as Properties };
}

export async function differs({ id, outs }: Made, args: Properties): Promise<boolean> {
  return (await lifecycle.diff(id, outs, await checked(args))).changes;
}

export async function refresh({ id, outs }: Made) {
  return (await lifecycle.read(id, outs)) as { id: string; props: Properties; inputs: Properties };
}

export async function destroy({ id, outs }: Made): Promise<void> {
  await lifecycle.delete(id, outs);
}
