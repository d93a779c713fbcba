import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { MAX_PAGE_SIZE } from "./limits.js";

/** A query that is to be measured. */
export interface Measured {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** By name, after they were read. */
  readonly variables: Record<string, unknown>;
}

// The fields that GitLab answers by a resolver of their own. These cost by what is below them and by their arguments.
const resolved = new Set([
  "Query.group",
  "Query.jobs",
  "Query.metadata",
  "Query.project",
  "Query.runner",
  "Query.runners",
  "Group.runners",
  "Project.runners",
  "CiRunner.groups",
  "CiRunner.jobCount",
  "CiRunner.jobs",
  "CiRunner.managers",
  "CiRunner.ownerProject",
  "CiRunner.projects",
]);

/** How many fields lie in one another at the deepest place. */
export function measureDepth(query: Measured): number {
  const depthBelow = (set: SelectionSetNode | undefined): number =>
    set === undefined ? 0 : Math.max(0, ...listFields(query, set).map((field) => 1 + depthBelow(field.selectionSet)));
  return depthBelow(query.operation.selectionSet);
}

/** How complex a query is by GitLab's rules: a point for each field, and more for lists. */
export function measureComplexity(query: Measured): number {
  const root = query.schema.getRootType(query.operation.operation);
  return root ? costOf(query, root, [query.operation.selectionSet]) : 0;
}

function costOf(query: Measured, type: GraphQLNamedType, sets: readonly SelectionSetNode[]): number {
  let cost = 0;
  for (const nodes of groupByKey(sets.flatMap((set) => listFields(query, set))).values()) {
    cost += costOfField(query, type, nodes);
  }
  return cost;
}

// One field, wherever in the query it is asked for under the same name.
function costOfField(query: Measured, parent: GraphQLNamedType, nodes: readonly FieldNode[]): number {
  const [node] = nodes;
  const field = node && isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
  if (node === undefined || field === undefined) return 1;
  const sets = nodes.flatMap((one) => one.selectionSet ?? []);
  const below = costOf(query, getNamedType(field.type), sets);
  if (!resolved.has(`${parent.name}.${field.name}`)) return below + 1;
  return costOfResolver(field, getArgumentValues(field, node, query.variables), below);
}

function costOfResolver(field: GraphQLField<unknown, unknown>, args: Record<string, unknown>, below: number): number {
  const own = 1 + (args.sort ? 1 : 0) + (args.search ? 5 : 0);
  const isList = getNamedType(field.type).name.endsWith("Connection");
  const wished = [args.first, args.last].filter((wish) => typeof wish === "number");
  const size = isList ? Math.min(MAX_PAGE_SIZE, ...wished) : 0;
  // One percent more for each object: a full page costs double.
  return Math.trunc((below + own) * (1 + size * 0.01));
}

function groupByKey(fields: readonly FieldNode[]): Map<string, FieldNode[]> {
  const groups = new Map<string, FieldNode[]>();
  for (const field of fields) {
    const key = field.alias?.value ?? field.name.value;
    groups.set(key, [...(groups.get(key) ?? []), field]);
  }
  return groups;
}

function listFields(query: Measured, set: SelectionSetNode): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return listFields(query, selection.selectionSet);
    const fragment = query.fragments.get(selection.name.value);
    return fragment ? listFields(query, fragment.selectionSet) : [];
  });
}
