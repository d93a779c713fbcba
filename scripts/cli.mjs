// @ts-check
import path from "node:path";
import { runInForeground } from "./setup/foreground.mjs";
import { repository } from "./setup/project.mjs";
import { setUp } from "./setup/setUp.mjs";

const { env } = await setUp();
const main = path.join(repository, "dist", "cli", "main.js");
// npm goes to the package's folder; a path among the words counts from where its user stands.
await runInForeground(main, process.argv.slice(2), env, { cwd: process.env.INIT_CWD });
