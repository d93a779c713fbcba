// @ts-check
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";
import { projectAt, repository } from "./setup/project.mjs";
import { findChromium } from "./test/chromium.mjs";
import { compileTests } from "./test/compile.mjs";

// Pictures of the HTML report of `drift` for the README, from the fleet that its specs have.

const project = projectAt(repository);
if (!(await compileTests(project))) process.exit(1);
const built = createRequire(path.join(repository, "build", "package.json"));
const { formatHtml } = built("./provider/cli/drift/format/html.js");
const { judge } = built("./provider/cli/drift/judge.js");
const { makeFleet } = built("./test/support/driftEvidence.js");

const docs = path.join(repository, "docs");
mkdirSync(docs, { recursive: true });
const browser = await chromium.launch({ executablePath: await findChromium(process.env), args: ["--no-sandbox"] });
try {
  for (const { name, width, height, scale } of [
    { name: "drift-desktop", width: 1200, height: 1350, scale: 1 },
    { name: "drift-phone", width: 390, height: 1200, scale: 2 },
  ]) {
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme: "light" });
    await page.setContent(formatHtml(judge(makeFleet())));
    const file = path.join(docs, `${name}.png`);
    await page.screenshot({ path: file });
    console.log(path.relative(repository, file));
  }
} finally {
  await browser.close();
}
