// `npm run generate`: fields.json -> types.ts, table.ts and flags.ts beside it, or into the folder given.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildTypes, listFlags } from "./model.mjs";
import { printFlags, printTable, printTypes } from "./print.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const schema = join(root, "provider/config/schema");
const target = process.argv[2] ?? schema;

/** Formatted through standard input, so that a folder outside of the project works too. */
function format(text, name) {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "format", `--stdin-file-path=${join(schema, name)}`];
  return execFileSync(process.execPath, args, { input: text, encoding: "utf8", cwd: root });
}

const list = JSON.parse(readFileSync(join(schema, "fields.json"), "utf8"));
const types = buildTypes(list);
const texts = { "types.ts": printTypes(types), "table.ts": printTable(types), "flags.ts": printFlags(listFlags(list)) };
for (const [name, text] of Object.entries(texts)) writeFileSync(join(target, name), format(text, name));
