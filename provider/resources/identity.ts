import type * as pulumi from "@pulumi/pulumi";
import { detach } from "./detach.js";

/**
 * What a provider calls a resource in its messages: Pulumi tells it no name. Under a component, names are unique together
 * with the component's type only.
 */
export function identify(name: string, opts: pulumi.ResourceOptions | undefined): pulumi.Input<string> {
  const { parent } = opts ?? {};
  return parent === undefined ? name : detach(parent.urn.apply((urn) => nameBelow(urn, name)));
}

/** From `urn:pulumi:STACK::PROJECT::TYPES::NAME` of the parent. */
function nameBelow(urn: string, name: string): string {
  const types = urn.split("::")[2] ?? "";
  return types === "pulumi:pulumi:Stack" || types === "" ? name : `${types}$${name}`;
}
