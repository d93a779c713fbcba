import * as pulumi from "@pulumi/pulumi";

/**
 * The value without the resource that it came from. An argument that depends on a resource makes all of it depend: state
 * then names it twice more, and with a component, whose children count, Pulumi would wait for the resource itself. While
 * the value is not known the dependency stays: then the engine must say, or refuse, what comes first.
 */
export function detach<T>(output: pulumi.Output<T>): pulumi.Output<T> {
  const plain = pulumi.runtime.serializeProperty("detach", output, new Set());
  return pulumi.output(
    plain.then((value: unknown) => (value === pulumi.runtime.unknownValue ? output : (value as T))),
  ) as pulumi.Output<T>;
}
