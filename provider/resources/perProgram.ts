import * as pulumi from "@pulumi/pulumi";

/** One for each running program: several inline programs of the Automation API have each a monitor of their own. */
export function perProgram<T extends object>(make: () => T): () => T {
  const all = new WeakMap<object, T>();
  return () => {
    const monitor: object | undefined = pulumi.runtime.getMonitor();
    const known = monitor && all.get(monitor);
    if (known) return known;
    const made = make();
    if (monitor) all.set(monitor, made);
    return made;
  };
}
