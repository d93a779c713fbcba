import type * as pulumi from "@pulumi/pulumi";

/**
 * What a provider calls a resource in its messages: Pulumi tells it no name. Under a component, names are unique together
 * with the component's type only.
 */
export function identify(name: string, opts: pulumi.ResourceOptions | undefined): pulumi.Input<string> {
  const { parent } = opts ?? {};
  if (parent === undefined) return name;
  // A promise, not an output: to depend on a component is to depend on all that is in it, so on this very resource.
  return new Promise((resolve) => {
    parent.urn.apply((urn) => resolve(nameBelow(urn, name)));
  });
}

/** From `urn:pulumi:STACK::PROJECT::TYPES::NAME` of the parent. */
function nameBelow(urn: string, name: string): string {
  const types = urn.split("::")[2] ?? "";
  return types === "pulumi:pulumi:Stack" || types === "" ? name : `${types}$${name}`;
}
