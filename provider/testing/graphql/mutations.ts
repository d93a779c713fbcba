import { maintenanceMessage, readOnlyMessage } from "../http/outageReplies.js";
import { assignMutations } from "./assignMutations.js";
import { bulkMutations } from "./bulkMutations.js";
import { createMutation } from "./createMutation.js";
import { notAvailable } from "./errors.js";
import type { Node, Scope } from "./scope.js";
import { updateMutations } from "./updateMutations.js";

/** What comes with every mutation. */
export interface MutationInput {
  clientMutationId?: string | null;
}

/** Does what a mutation is for; gives its payload. */
export type Mutation<I = never> = (scope: WritingScope, input: I) => Node;

/** Of a query that may write. */
export type WritingScope = Scope & { readonly caller: NonNullable<Scope["caller"]> };

/** Everything that can be changed. */
export function showMutations(scope: Scope): Node {
  const mutations: Record<string, Mutation> = {
    ...assignMutations,
    ...bulkMutations,
    ...createMutation,
    ...updateMutations,
  };
  const guarded = Object.entries(mutations).map(([name, mutate]) => [name, guard(scope, mutate)]);
  return Object.fromEntries(guarded);
}

function guard(scope: Scope, mutate: Mutation): unknown {
  return ({ input }: { input: MutationInput }) => {
    const { caller, mayWrite, world } = scope;
    if (caller === null || !mayWrite) throw notAvailable();
    if (world.settings.maintenanceMode) throw notAvailable(maintenanceMessage);
    if (world.settings.readOnly) throw notAvailable(readOnlyMessage);
    const payload = mutate({ ...scope, caller }, input as never);
    return { clientMutationId: input.clientMutationId ?? null, ...payload };
  };
}
