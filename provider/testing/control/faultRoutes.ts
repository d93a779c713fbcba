import type { Core } from "../core.js";
import { Refusal } from "../rest/refusal.js";
import { readFault, showFault } from "./faultParams.js";
import type { ControlRoute } from "./routes.js";

/** Reading, adding and removing faults. */
export function faultRoutes(core: Core): ControlRoute[] {
  const { faults } = core;
  const clear = () => {
    faults.clear();
    return { status: 204 };
  };
  const remove = (id: number) => {
    if (faults.remove(id)) return { status: 204 };
    throw new Refusal({ status: 404, body: { error: `There is no fault ${id}` } });
  };
  return [
    { method: "GET", path: "/faults", answer: () => ({ status: 200, body: faults.list().map(showFault) }) },
    {
      method: "POST",
      path: "/faults",
      answer: ({ params }) => ({ status: 201, body: showFault(faults.add(readFault(params))) }),
    },
    { method: "DELETE", path: "/faults", answer: clear },
    { method: "DELETE", path: "/faults/:id", answer: ({ id }) => remove(id) },
  ];
}
