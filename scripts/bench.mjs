// @ts-check
import path from "node:path";
import { runInForeground } from "./setup/foreground.mjs";
import { projectAt, repository } from "./setup/project.mjs";
import { setUp } from "./setup/setUp.mjs";
import { compileTests } from "./test/compile.mjs";
import { scrubEnvironment } from "./test/environment.mjs";

const { env } = await setUp();
if (!(await compileTests(projectAt(repository)))) process.exit(1);
const main = path.join(repository, "build", "test", "bench", "main.js");
await runInForeground(main, process.argv.slice(2), scrubEnvironment(env));
