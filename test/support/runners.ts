import * as lifecycle from "../../provider/lifecycle/runner.js";
import { checkedBy, type Made, type Properties } from "./lifecycle.js";

export type { Made, Properties };

export const checked = checkedBy(lifecycle);

/** The reasons for which `check` refuses arguments. */
export async function refusals(args: Properties, olds: Properties = {}): Promise<string[]> {
  const { failures } = await lifecycle.check(olds, args);
  return (failures ?? []).map(({ reason }) => reason);
}

export async function make(args: Properties): Promise<Made> {
  return (await lifecycle.create(await checked(args))) as unknown as Made;
}

export async function change({ id, outs }: Made, args: Properties): Promise<Made> {
  return { id, outs: (await lifecycle.update(id, outs, await checked(args, outs))).outs as unknown as Properties };
}

export async function refresh({ id, outs }: Made) {
  return (await lifecycle.read(id, outs)) as { id: string; props: Properties; inputs: Properties };
}

export async function differs({ id, outs }: Made, args: Properties) {
  return lifecycle.diff(id, outs, await checked(args, outs));
}

export async function destroy({ id, outs }: Made): Promise<void> {
  await lifecycle.delete(id, outs);
}

/** What is printed while something is done; Pulumi shows it to the user. */
export async function printedBy(act: () => Promise<unknown>): Promise<string[]> {
  const start = printed.length;
  await act();
  return printed.slice(start);
}

const printed: string[] = [];
const { log } = console;

// What the provider tells its user does not belong between the lines of the test report.
beforeEach(() => {
  console.log = (...words: unknown[]) => void printed.push(words.join(" "));
});

afterEach(() => {
  console.log = log;
  printed.length = 0;
});
