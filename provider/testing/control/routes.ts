import type { Core } from "../core.js";
import type { Params } from "../http/params.js";
import type { Reply } from "../http/reply.js";
import { Refusal } from "../rest/refusal.js";
import { faultRoutes } from "./faultRoutes.js";
import type { ControlCall } from "./mount.js";
import { requestRoutes } from "./requestRoutes.js";
import { settingRoutes } from "./settingRoutes.js";
import { type OpenTable, openTables } from "./tables.js";

/** One route of the control door. */
export interface ControlRoute {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly answer: (call: ControlCall) => Reply | Promise<Reply>;
}

/** Every route of the control door. */
export function controlRoutes(core: Core): ControlRoute[] {
  const tables = openTables(core.world);
  const routes = [
    { method: "GET" as const, path: "/state", answer: () => ({ status: 200, body: showState(core, tables) }) },
    ...requestRoutes(core),
    ...faultRoutes(core),
    ...settingRoutes(core),
    ...tables.flatMap(tableRoutes),
  ];
  const list = routes.map((route) => `${route.method} ${route.path}`);
  return [{ method: "GET", path: "", answer: () => ({ status: 200, body: { routes: list } }) }, ...routes];
}

function tableRoutes(table: OpenTable): ControlRoute[] {
  const path = `/${table.name}`;
  const one = `${path}/:id`;
  const find = (id: number) => {
    const row = table.find(id);
    if (row === undefined) throw new Refusal({ status: 404, body: { error: `There is no ${table.name}/${id}` } });
    return row;
  };
  return [
    { method: "GET", path, answer: () => ({ status: 200, body: table.all() }) },
    { method: "POST", path, answer: ({ params }) => ({ status: 201, body: table.create(params) }) },
    { method: "GET", path: one, answer: ({ id }) => ({ status: 200, body: find(id) }) },
    {
      method: "PATCH",
      path: one,
      answer: ({ id, params }) => ({ status: 200, body: table.change(find(id).id, params) }),
    },
    {
      method: "DELETE",
      path: one,
      answer: ({ id }) => (table.remove(find(id).id) ? { status: 204 } : { status: 404 }),
    },
  ];
}

function showState(core: Core, tables: readonly OpenTable[]): Params {
  const { world } = core;
  return {
    url: world.address,
    now: world.clock.now(),
    settings: world.settings,
    nextTokens: world.nextTokens,
    ...Object.fromEntries(tables.map((table) => [table.name, table.all()])),
  };
}
