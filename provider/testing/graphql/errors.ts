import { GraphQLError } from "graphql";

/** A thing that is not there, or that the caller may not touch: GraphQL does not tell which. */
export function notAvailable(message = unavailable): GraphQLError {
  return new GraphQLError(message);
}

const unavailable =
  "The resource that you are attempting to access does not exist or you don't have permission to perform this action";
