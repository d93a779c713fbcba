import type { Core } from "../core.js";
import type { Params } from "../http/params.js";
import type { RequestFilter } from "../http/requestLog.js";
import { integer, text } from "../rest/paramTypes.js";
import { Refusal } from "../rest/refusal.js";
import type { ControlRoute } from "./routes.js";
import { given, readStrict } from "./strictParams.js";

const filterParams = { method: given(text), path: given(text), status: given(integer) };

/** Reading and clearing the log of requests. */
export function requestRoutes(core: Core): ControlRoute[] {
  const list = (query: Params) => core.requests.list(readFilter(readStrict(filterParams, query)));
  const waitFor = async (query: Params) => {
    const { timeoutMs, ...filter } = readStrict({ ...filterParams, timeoutMs: given(integer) }, query);
    const options = timeoutMs === undefined ? {} : { timeoutMs: Number(timeoutMs) };
    return core.requests.waitFor(readFilter(filter), options).catch((error: Error) => {
      throw new Refusal({ status: 408, body: { error: error.message } });
    });
  };
  const clear = () => {
    core.requests.clear();
    return { status: 204 };
  };
  return [
    { method: "GET", path: "/requests", answer: ({ query }) => ({ status: 200, body: list(query) }) },
    { method: "DELETE", path: "/requests", answer: clear },
    {
      method: "GET",
      path: "/requests/wait",
      answer: async ({ query }) => ({ status: 200, body: await waitFor(query) }),
    },
  ];
}

function readFilter(params: Params): RequestFilter {
  const { method, path, status } = params;
  return {
    ...(method === undefined ? {} : { method: String(method) }),
    ...(path === undefined ? {} : { path: String(path) }),
    ...(status === undefined ? {} : { status: Number(status) }),
  };
}
