import { nameTarget } from "../../delivery/target.js";
import type { ConfigTomlInputs } from "./spec.js";

/** Whether the text is handed on as an output, and written nowhere. */
export function isContent({ path, target }: Pick<ConfigTomlInputs, "path" | "target">): boolean {
  return path === undefined && target === undefined;
}

/** The file of a ConfigToml as a message names it. */
export function nameFile({ location, path, target }: Partial<ConfigTomlInputs> & { location?: string }): string {
  if (isContent({ path, target })) return "(content)";
  return `${location ?? path ?? "config.toml"}${nameTarget(target)}`;
}
