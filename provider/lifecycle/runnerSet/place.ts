import type { Problem } from "../../errors.js";
import { formatPath } from "../../path.js";

/** A problem of one item, by its path within the whole set. */
export function placeIn(name: string, { path, message }: Problem): Problem {
  const place = formatPath(["items", name]);
  if (path === "") return { path: place, message };
  return { path: path.startsWith("[") ? place + path : `${place}.${path}`, message };
}
