import * as lifecycle from "../../provider/lifecycle/configToml.js";

// A process that the spec starts, as `pulumi up` starts one: FILE STACK FIRST ROUNDS. Of two entries it keeps one from
// first to last; the other one comes, changes and goes in each round.

type Properties = Record<string, unknown>;

function entry(id: number, limit: number): Properties {
  const token = { value: `glrt-token-${id}` };
  return { runner: { url: "https://gitlab.example.com", id, token }, executor: "shell", limit };
}

async function work(file: string, stack: string, first: number, rounds: number): Promise<void> {
  const inputs = async (runners: Properties) => {
    const given = { path: file, ownership: "entries", stack: { id: stack, name: stack }, runners };
    const { inputs, failures } = await lifecycle.check({}, given);
    if (failures.length > 0) throw new Error(JSON.stringify(failures));
    return inputs;
  };
  const { id, outs } = await lifecycle.create(await inputs({ [`r${first}`]: entry(first, 1) }));
  let state = outs as unknown as Properties;
  const update = async (runners: Properties) => {
    state = (await lifecycle.update(id, state, await inputs(runners))).outs as unknown as Properties;
  };
  for (let round = 1; round <= rounds; round++) {
    await update({ [`r${first}`]: entry(first, round), [`r${first + 1}`]: entry(first + 1, round) });
    if (round < rounds) await update({ [`r${first}`]: entry(first, round) });
  }
}

const [file = "", stack = "", first, rounds] = process.argv.slice(2);
console.warn = () => {};
work(file, stack, Number(first), Number(rounds)).then(
  () => process.disconnect(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
