import type { RequestBody } from "../http/body.js";
import { isParams, type Params } from "../http/params.js";
import type { Call } from "../rest/call.js";
import { Refusal } from "../rest/refusal.js";
import type { Query } from "./engine.js";
import { refuseGraphQL } from "./refusal.js";

/** The queries of a request: one, or several as a JSON list. */
export function readRequest(call: Call, body: RequestBody): { queries: Query[]; isBatch: boolean } {
  if (body.problem === "malformed") {
    throw new Refusal({ status: 400, body: { error: "Error occurred while parsing request parameters" } });
  }
  if (!Array.isArray(body.value)) return { queries: [readQuery(call.params)], isBatch: false };
  return { queries: body.value.map((item) => readQuery(isParams(item) ? item : {})), isBatch: true };
}

function readQuery(params: Params): Query {
  const { query, variables, operationName } = params;
  return {
    text: typeof query === "string" ? query : "",
    variables: readVariables(variables),
    operationName: typeof operationName === "string" && operationName !== "" ? operationName : null,
  };
}

// Forms and addresses carry the variables as a text.
function readVariables(raw: unknown): Params {
  if (raw === null || raw === undefined || raw === "") return {};
  const value = typeof raw === "string" ? parse(raw) : raw;
  if (isParams(value)) return value;
  throw refuseGraphQL(422, "Unexpected parameter: variables must be an object");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuseGraphQL(422, "Unexpected parameter: variables must be JSON");
  }
}
