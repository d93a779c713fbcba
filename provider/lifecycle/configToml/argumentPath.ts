import { findByKey } from "../../config/schema/field.js";
import type { TypeName } from "../../config/schema/table.js";
import type { Path } from "../../path.js";

/** GitLab's keys as the arguments that a program writes. */
export function toArgumentPath(type: TypeName | undefined, start: Path, keys: Path): Path {
  let at = type;
  const steps = keys.map((key) => {
    const field = typeof key === "string" && at ? findByKey(at, key) : undefined;
    if (typeof key === "string") at = field?.type;
    return field?.argument ?? key;
  });
  return [...start, ...steps];
}
