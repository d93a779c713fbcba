import * as pulumi from "@pulumi/pulumi";
import { DeclaredResource } from "./declaredResource.js";

/**
 * What tells this stack from all others: a random id, made once. The resources of this package register it by themselves
 * where they leave a mark outside of state that only this stack may touch again.
 */
export class StackIdentity extends DeclaredResource {
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super({
      type: "StackIdentity",
      provider: "stackIdentity",
      name,
      props: { schemaVersion: undefined },
      opts,
      secretOutputs: [],
    });
  }
}

/** One for each running program. Several inline programs of the Automation API have each a monitor of their own. */
const identities = new WeakMap<object, StackIdentity>();

/**
 * The identity of the stack whose program is running, registered at the first call. It stands under the stack itself and
 * uses the default provider, whoever asks: a stack has one, and it needs no GitLab.
 */
export function stackIdentityOf(): StackIdentity {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  const known = monitor && identities.get(monitor);
  if (known) return known;
  const made = new StackIdentity("gitlab-runner");
  if (monitor) identities.set(monitor, made);
  return made;
}

/** The stack as its people call it. */
export function nameStack(): string {
  return `${pulumi.getProject()}/${pulumi.getStack()}`;
}
