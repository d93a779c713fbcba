import * as lifecycle from "../../provider/lifecycle/runner.js";

/** A resource as state has it; without an id it is still to be made. */
export interface Resource {
  name: string;
  inputs: Record<string, unknown>;
  id?: string;
  outs?: Record<string, unknown>;
}

/** What came of one step: the resource as it is now, and what went wrong. */
export interface Step {
  resource: Resource;
  error?: string;
}

/** As many steps as Pulumi takes side by side on a machine with four cores. */
const PARALLEL = 16;

/** One `pulumi up`: checks each resource, and makes it or changes it. */
async function up(resources: readonly Resource[]): Promise<Step[]> {
  const steps: Step[] = [];
  const queue = [...resources];
  const work = async () => {
    for (let resource = queue.shift(); resource; resource = queue.shift()) steps.push(await take(resource));
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return steps;
}

async function take(resource: Resource): Promise<Step> {
  try {
    return { resource: await (resource.id === undefined ? make(resource) : change(resource, resource.id)) };
  } catch (error) {
    // What a partial failure carries goes into state, as the engine does it.
    const { message, id, properties } = error as Error & { id?: string; properties?: Record<string, unknown> };
    return { resource: id === undefined ? resource : { ...resource, id, outs: properties }, error: message };
  }
}

async function checkInputs(olds: Record<string, unknown>, news: Record<string, unknown>) {
  const { inputs, failures } = (await lifecycle.check(olds, news)) as {
    inputs: Record<string, unknown>;
    failures?: { reason: string }[];
  };
  if (failures?.length) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  return inputs;
}

async function make(resource: Resource): Promise<Resource> {
  const { id, outs } = await lifecycle.create(await checkInputs({}, resource.inputs));
  return { ...resource, id, outs: outs as unknown as Record<string, unknown> };
}

async function change(resource: Resource, id: string): Promise<Resource> {
  const { outs = {} } = resource;
  const inputs = await checkInputs({}, resource.inputs);
  if (!(await lifecycle.diff(id, outs, inputs)).changes) return resource;
  return { ...resource, outs: (await lifecycle.update(id, outs, inputs)).outs as unknown as Record<string, unknown> };
}

process.once("message", (resources: Resource[]) => {
  void up(resources).then((steps) => process.send?.(steps, () => process.disconnect()));
});
