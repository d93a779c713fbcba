import {
  buildSchema,
  type DocumentNode,
  execute,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import { Refusal } from "../rest/refusal.js";
import type { Caller } from "../world/access.js";
import type { World } from "../world/world.js";
import { resolveInTime } from "./deadline.js";
import { maxComplexity, maxDepth } from "./limits.js";
import { type Measured, measureComplexity, measureDepth } from "./measure.js";
import { showMutations } from "./mutations.js";
import { showQueries } from "./queries.js";
import { refuseGraphQL } from "./refusal.js";
import { addScalars } from "./scalars.js";
import { schemaText } from "./schema.js";
import type { Scope } from "./scope.js";
import { explainInvalid } from "./validation.js";

/** One query of a request. */
export interface Query {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

/** Who asks. */
export interface Asker {
  readonly world: World;
  readonly caller: Caller | null;
  readonly mayWrite: boolean;
}

/** What a query is answered. */
export interface Result {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
}

const schema = buildSchema(schemaText);
addScalars(schema);

/** Answers one query. What is wrong with it is in the result. */
export function answer(query: Query, asker: Asker): Result {
  if (query.text.trim() === "") return refuse([new GraphQLError("No query string was present")]);
  const document = read(query.text);
  if (document instanceof GraphQLError) return refuse([document]);
  const invalid = explainInvalid(validate(schema, document));
  if (invalid.length > 0) return refuse(invalid);
  const operation = getOperationAST(document, query.operationName);
  if (operation == null) return refuse([missingOperation(query.operationName)]);
  const variables = getVariableValues(schema, operation.variableDefinitions ?? [], query.variables);
  if (variables.errors) return refuse(variables.errors);
  const measured = { schema, operation, fragments: fragmentsOf(document), variables: variables.coerced };
  const scope = toScope(measured, asker);
  const excess = findExcess(measured, scope);
  if (excess.length > 0) return refuse(excess);
  return run({ document, operation, query }, scope);
}

/** Whether a query would change anything. One that cannot be read does not. */
export function isMutation(query: Query): boolean {
  const document = read(query.text);
  const operation = document instanceof GraphQLError ? null : getOperationAST(document, query.operationName);
  return operation?.operation === "mutation";
}

function run(
  wanted: { document: DocumentNode; operation: OperationDefinitionNode; query: Query },
  scope: Scope,
): Result {
  const result = execute({
    schema,
    document: wanted.document,
    operationName: wanted.query.operationName,
    variableValues: wanted.query.variables,
    fieldResolver: resolveInTime(scope.world.settings.graphqlFieldMs),
    rootValue: wanted.operation.operation === "mutation" ? showMutations(scope) : showQueries(scope),
  });
  if (result instanceof Promise) throw new Error("Every field is answered at once");
  for (const { originalError } of result.errors ?? []) {
    if (originalError === undefined || originalError instanceof GraphQLError) continue;
    // Where REST answers with 500, so does GraphQL; anything else is a fault in the stand-in.
    throw originalError instanceof Refusal ? refuseGraphQL(500, "Internal server error") : originalError;
  }
  const errors = result.errors?.map((error) => error.toJSON());
  return { ...(errors ? { errors } : {}), data: result.data };
}

function toScope(measured: Measured, asker: Asker): Scope {
  const complexity = { score: measureComplexity(measured), limit: maxComplexity(asker.caller) };
  return { ...asker, complexity, calls: new Map() };
}

function findExcess(measured: Measured, scope: Scope): GraphQLError[] {
  const { score, limit } = scope.complexity;
  const depth = measureDepth(measured);
  const most = maxDepth(scope.caller);
  return [
    ...(score > limit ? [`Query has complexity of ${score}, which exceeds max complexity of ${limit}`] : []),
    ...(depth > most ? [`Query has depth of ${depth}, which exceeds max depth of ${most}`] : []),
  ].map((text) => new GraphQLError(text));
}

function read(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [one] : []));
  return new Map(fragments.map((one) => [one.name.value, one]));
}

function missingOperation(name: string | null): GraphQLError {
  return new GraphQLError(
    name === null ? "An operation name is required" : `No operation named ${JSON.stringify(name)}`,
  );
}

function refuse(errors: readonly GraphQLError[]): Result {
  return { errors: errors.map((error) => error.toJSON()) };
}
