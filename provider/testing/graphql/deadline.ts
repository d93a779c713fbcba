import { defaultFieldResolver, GraphQLError, type GraphQLFieldResolver } from "graphql";
import { MAX_DURATION } from "./limits.js";

/**
 * Looks for fields as ever, until a query has taken too long. What it has by then it keeps; each further field is null with
 * an error. How long a field takes is a setting, so nobody has to wait.
 */
export function resolveInTime(fieldMs: number): GraphQLFieldResolver<unknown, unknown> {
  let taken = 0;
  return (source, args, context, info) => {
    if (taken >= MAX_DURATION) throw new GraphQLError(`Timeout on ${info.parentType.name}.${info.fieldName}`);
    taken += fieldMs;
    return defaultFieldResolver(source, args, context, info);
  };
}
