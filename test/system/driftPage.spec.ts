import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { formatHtml } from "../../provider/cli/drift/format/html.js";
import { type Evidence, judge } from "../../provider/cli/drift/judge.js";
import { makeVisible } from "../../provider/cli/visible.js";
import fc from "../support/chance.js";
import { makeEvidence, makeFile, makeFleet, makeRunner } from "../support/driftEvidence.js";
import { makeFolder } from "../support/folder.js";
import { hostileText } from "../support/hostileText.js";

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

const REPORTS: Record<string, Evidence> = {
  "a fleet with all kinds of drift": makeFleet(),
  "a clean fleet": makeEvidence([makeRunner("docker", 1), makeFile("host", undefined)]),
  "an empty stack": makeEvidence([]),
  "a stack that could not be read": makeEvidence([], { state: { resources: [] }, problem: "no\nstack" }),
  "long words": makeEvidence([
    makeRunner("x".repeat(300), 1, { differences: [{ path: "y".repeat(300), observed: "z".repeat(3000) }] }),
  ]),
};

describe("the HTML report in Chromium", () => {
  let browser: Browser;

  before(async () => {
    const executablePath = process.env.SYSTEM_TEST_CHROMIUM;
    // A container's root has no sandbox to start it in; the page is our own.
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  });
  after(() => browser.close());

  /** What the page asked for, and what it complained of: refused scripts and styles are among that. */
  const seen = { requests: [] as string[], complaints: [] as string[] };

  async function open(evidence: Evidence, options: BrowserContextOptions = {}): Promise<Page> {
    const file = join(makeFolder(), "drift.html");
    writeFileSync(file, formatHtml(judge(evidence)));
    const page = await (await browser.newContext(options)).newPage();
    Object.assign(seen, { requests: [], complaints: [] });
    page.on("request", (request) => seen.requests.push(request.url()));
    page.on("console", (message) => seen.complaints.push(message.text()));
    page.on("pageerror", (error) => seen.complaints.push(String(error)));
    page.on("dialog", (dialog) => seen.complaints.push(dialog.message()));
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  const close = (page: Page) => page.context().close();

  for (const [name, evidence] of Object.entries(REPORTS)) {
    for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
      for (const colorScheme of ["light", "dark"] as const) {
        it(`keeps each rule of axe-core, and fits: ${name}, ${size}, ${colorScheme}`, async () => {
          const page = await open(evidence, { viewport, colorScheme });
          await page.evaluate(axe.source);
          const { violations, passes } = await page.evaluate(async () => {
            const runner = (globalThis as unknown as { axe: typeof axe }).axe;
            return runner.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
          });
          assert.deepEqual(
            violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)]),
            [],
          );
          assert.ok(passes.length > 15, `only ${passes.length} rules applied`);
          const width = await page.evaluate<number>("document.documentElement.scrollWidth");
          assert.ok(width <= viewport.width, `the page is ${width} wide`);
          assert.deepEqual([seen.requests.length, seen.complaints], [1, []]);
          await close(page);
        });
      }
    }
  }

  const shown = async (page: Page, selector: string) => {
    const all = await page.locator(selector).all();
    const visible = await Promise.all(all.map((one) => one.isVisible()));
    return visible.filter(Boolean).length;
  };

  it("filters by state without JavaScript, and then has no field that would do nothing", async () => {
    const page = await open(makeFleet(), { javaScriptEnabled: false });
    assert.equal(await shown(page, "main li[data-state]"), 39);
    assert.equal(await shown(page, "article"), 11);
    await page.getByLabel("drifted", { exact: true }).check();
    assert.deepEqual([await shown(page, "main li[data-state]"), await shown(page, "article")], [7, 7]);
    await page.getByLabel("what to look at").check();
    assert.equal(await shown(page, "main li[data-state]"), 10);
    assert.equal(await shown(page, "#search"), 0);
    await close(page);
  });

  it("leads from a tile to its words", async () => {
    const page = await open(makeFleet(), { viewport: PHONE });
    await page.getByRole("link", { name: /ber-ci-2 *: drifted/ }).click();
    const words = page.locator("article:target");
    assert.ok(await words.isVisible());
    assert.match(
      (await words.textContent()) ?? "",
      /ConfigToml ber-ci-2[\s\S]*runners\.linux-03\.docker\.privileged line 41/,
    );
    await close(page);
  });

  it("finds by text where there is JavaScript, and tells how many", async () => {
    const page = await open(makeFleet());
    await page.getByLabel("Find a name, a setting or a value").fill("linux-1");
    assert.equal(await shown(page, "main li[data-state]"), 10);
    assert.equal(await page.getByRole("status").textContent(), "10 of 39 resources");
    await page.getByLabel("Find a name, a setting or a value").fill("docker.sock");
    assert.equal(await shown(page, "article"), 1);
    await close(page);
  });

  it("shows what others wrote as text, and runs none of it", async () => {
    const texts = fc.sample(hostileText, 120);
    const told = texts.map((text, index) =>
      makeRunner(
        text,
        index,
        { differences: [{ path: text, declared: text, observed: [text] }], notices: [text] },
        text,
      ),
    );
    const page = await open(makeEvidence(told, { problem: texts.join("\n") }));
    const names = await page.locator("article h3").evaluateAll((all) => all.map((one) => one.firstChild?.textContent));
    assert.deepEqual(
      names,
      texts.map((text) => `Runner ${makeVisible(text)} `),
    );
    assert.equal(await page.locator("script, img, iframe").count(), 1);
    assert.deepEqual([seen.requests.length, seen.complaints], [1, []]);
    await close(page);
  });

  it("is a page of 1,000 runners and 100 hosts that opens at once", async () => {
    const runners = Array.from({ length: 1000 }, (_, index) => makeRunner(`runner-${index}`, index));
    const hosts = Array.from({ length: 100 }, (_, index) => makeFile(`host-${index}`, `ci@host-${index}`));
    const page = await open(makeEvidence([...runners, ...hosts]));
    assert.equal(await page.locator("main li[data-state]").count(), 1100);
    const took = await page.evaluate<number>('performance.getEntriesByType("navigation")[0].domComplete');
    assert.ok(took < 5000, `${took} ms`);
    await close(page);
  });
});
