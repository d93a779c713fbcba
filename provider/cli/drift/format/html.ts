import { createHash } from "node:crypto";
import { raw } from "hono/html";
import { makeLinesVisible, makeVisible } from "../../visible.js";
import type { DriftReport } from "../report.js";
import { conclude, describeMending, MENDS_ALL, nameStack } from "../words.js";
import { formatDetails } from "./html/details.js";
import { formatGrid, listEntries } from "./html/grid.js";
import { SCRIPT } from "./html/script.js";
import { STYLE } from "./html/style.js";
import { html, type Markup, type MaybeMarkup, SIGNS } from "./markup.js";

/** A page of one file: it asks for nothing else, is whole without its script, and runs no script but that. */
export function formatHtml(report: DriftReport): string {
  const { startedAt } = report;
  const entries = listEntries(report);
  const policy = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  const day = startedAt.replace("T", " ").replace(/\.\d+Z$/, " UTC");
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="pulumi-gitlab-runner drift">
<title>Drift of ${nameStack(report)}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header>
<h1>Runner fleet of ${nameStack(report)}</h1>
<p class="soft">As it was found on <time datetime="${startedAt}">${day}</time>, beside what the last “pulumi up” applied</p>
${formatVerdict(report)}${formatCounts(report)}${formatWay(report)}
</header>
<main>${formatFilter()}${formatGrid(entries)}${formatDetails(entries)}
</main>
<footer class="soft">
<p>${formatLegend()}</p>
<p>Made by pulumi-gitlab-runner. Secrets are shown as fingerprints. Nothing was changed by this look.</p>
</footer>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`}`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function formatVerdict(report: DriftReport): Markup {
  const { result, problem, unusedIgnores } = report;
  const failure =
    problem === undefined
      ? ""
      : html`
<pre><code>${makeLinesVisible(problem)}</code></pre>`;
  const unused = unusedIgnores.map(
    (pattern) => html`
<p><code>--ignore ${makeVisible(pattern)}</code>: nothing matches it.</p>`,
  );
  const isDrifting = report.counts.drifted + report.counts.gone > 0;
  const badges = [...(isDrifting && result === "unknown" ? (["drifted"] as const) : []), result].map(
    (one) => html`<span class="badge ${one}"><span aria-hidden="true">${SIGNS[one]}</span> ${one}</span> `,
  );
  return html`<p class="verdict">${badges}${conclude(report)}</p>${failure}${unused}`;
}

function formatWay(report: DriftReport): MaybeMarkup {
  const mend = describeMending(report);
  return mend === undefined
    ? ""
    : html`
<p class="way">To mend all (${MENDS_ALL}): <code>${makeVisible(mend)}</code></p>`;
}

const RESULTS = ["clean", "drifted", "gone", "unknown"] as const;

function formatCounts({ counts }: DriftReport): Markup {
  const ignored: MaybeMarkup =
    counts.ignored === 0
      ? ""
      : html`
<li><b>${counts.ignored}</b> ignored</li>`;
  return html`
<ul class="counts">${RESULTS.map(
    (result) => html`
<li class="${result}"><b>${counts[result]}</b> ${result}</li>`,
  )}${ignored}
</ul>`;
}

const CHOICES = {
  all: "everything",
  attention: "what to look at",
  drifted: "drifted",
  gone: "gone",
  unknown: "unknown",
  clean: "clean",
};

function formatFilter(): Markup {
  const choices = Object.entries(CHOICES).map(
    ([choice, words]) => html`
<label><input type="radio" name="show" id="show-${choice}"${choice === "all" ? raw(" checked") : ""}> ${words}</label>`,
  );
  return html`
<fieldset class="filter"><legend>Show</legend>${choices}
</fieldset>
<label class="search" hidden>Find a name, a setting or a value <input type="search" id="search" autocomplete="off"></label>
<p id="found" class="soft" role="status"></p>`;
}

function formatLegend(): Markup {
  return html`${SIGNS.clean} as applied · ${SIGNS.drifted} a setting is another one · ${SIGNS.gone} it was removed · ${SIGNS.unknown} it could not be read, so nobody knows`;
}
