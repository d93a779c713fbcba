import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT, type TestStack } from "./stack.js";
import { toJavaScript } from "./typescript.js";

/** Puts an example beside the stack's own program, as JavaScript, with the files that it reads. */
export function installExample(stack: TestStack, example: string): void {
  const from = join(ROOT, "examples", example);
  const folder = stack.makeFolder("project", example);
  const isRead = (file: string) => !["node_modules", "package.json", "Pulumi.yaml"].includes(basename(file));
  cpSync(from, folder, { recursive: true, filter: isRead });
  writeFileSync(join(folder, "index.js"), toJavaScript(readFileSync(join(from, "index.ts"), "utf8")));
}

/** A line that runs an example with a config of its own, so that one stack holds several. */
export function loadExample(example: string, config: Record<string, unknown>): string {
  const texts = Object.entries(config).map(([key, value]) => [
    `test:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const all = JSON.stringify(Object.fromEntries(texts));
  return `pulumi.runtime.setAllConfig(${all}); delete require.cache[require.resolve("./${example}/index.js")]; Object.assign(exports, require("./${example}/index.js"));`;
}
