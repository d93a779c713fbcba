import * as pulumi from "@pulumi/pulumi";
import { DeclaredResource } from "./declaredResource.js";
import { perProgram } from "./perProgram.js";

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

/**
 * The identity of the stack whose program is running, registered at the first call. It stands under the stack itself and
 * uses the default provider, whoever asks: a stack has one, and it needs no GitLab.
 */
export const stackIdentityOf = perProgram(() => new StackIdentity("gitlab-runner"));

/** The stack as its people call it. */
export function nameStack(): string {
  return `${pulumi.getProject()}/${pulumi.getStack()}`;
}
