import { Refusal } from "../rest/refusal.js";

/** A refusal of a whole request, in the form of GraphQL's answers. */
export function refuseGraphQL(status: number, message: string): Refusal {
  return new Refusal({ status, body: { errors: [{ message }] } });
}
