// @ts-check
import path from "node:path";
import { runInForeground } from "./setup/foreground.mjs";
import { repository } from "./setup/project.mjs";
import { setUp } from "./setup/setUp.mjs";

const { env } = await setUp();
await runInForeground(path.join(repository, "examples", "quickstart", "tour.mjs"), process.argv.slice(2), env);
