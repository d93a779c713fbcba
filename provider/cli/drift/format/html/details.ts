import { makeVisible, showValue } from "../../../visible.js";
import type { ReportedDifference, ReportedResource } from "../../report.js";
import { GONE, isRunner, listCounting, listIgnored, nameResource, sortByWeight } from "../../words.js";
import { html, linkTo, type Markup, type MaybeMarkup, SIGNS } from "../markup.js";
import { type Entry, hasDetails } from "./grid.js";

/** What there is to say of each resource, in words: the worst first. */
export function formatDetails(entries: readonly Entry[]): MaybeMarkup {
  const anchors = new Map(entries.map(({ resource, anchor }) => [resource, anchor]));
  const told = sortByWeight([...anchors.keys()].filter(hasDetails));
  if (told.length === 0) return "";
  return html`
<section class="group" aria-labelledby="details">
<h2 id="details">What there is to know</h2>${told.map((resource) => formatFinding({ resource, anchor: anchors.get(resource) ?? "" }))}
</section>`;
}

function formatFinding({ resource, anchor }: Entry): Markup {
  const { result, mend } = resource;
  const way =
    mend === undefined
      ? ""
      : html`
<p>To mend it:</p>
<pre><code>${makeVisible(mend)}</code></pre>`;
  return html`
<article class="finding ${result}" id="${anchor}" data-state="${result}">
<h3>${nameResource(resource)} <span class="badge"><span aria-hidden="true">${SIGNS[result]}</span> ${result}</span></h3>
<p class="soft">${formatPlace(resource)}</p>${formatWords(resource)}${formatList(listCounting(resource))}${formatIgnored(resource)}${way}
</article>`;
}

function formatPlace({ type, id, url, link, path, host, program }: ReportedResource): Markup {
  const runner = html`${linkTo(link, `runner ${makeVisible(id)}`)}${url === undefined ? "" : ` in ${makeVisible(url)}`}`;
  const file = html`<code>${makeVisible(path ?? "(content)")}</code> on ${makeVisible(host ?? "this machine")}`;
  const declared = program ? html`; declared in <code>${makeVisible(`${program.file}:${program.line}`)}</code>` : "";
  return html`${isRunner({ type }) ? runner : file}${declared}`;
}

function formatWords({ result, reason = "", notices }: ReportedResource): Markup[] {
  const gone = result === "gone" ? [`${GONE.charAt(0).toUpperCase()}${GONE.slice(1)}.`] : [];
  const unknown = result === "unknown" ? [`It could not be read: ${makeVisible(reason)}`] : [];
  return [...gone, ...unknown, ...notices.map((notice) => `To know: ${makeVisible(notice)}`)].map(
    (text) => html`
<p>${text}</p>`,
  );
}

function formatIgnored(resource: ReportedResource): MaybeMarkup {
  const ignored = listIgnored(resource);
  if (ignored.length === 0) return "";
  return html`
<p>Ignored, since a pattern of <code>--ignore</code> matches:</p>${formatList(ignored)}`;
}

function formatList(differences: readonly ReportedDifference[]): MaybeMarkup {
  if (differences.length === 0) return "";
  return html`
<ul class="differences">${differences.map(formatDifference)}
</ul>`;
}

function formatDifference({ path, line, severity, declared, observed }: ReportedDifference): Markup {
  const place = line === undefined ? "" : html` <span class="soft">line ${line}</span>`;
  return html`
<li><span class="badge ${severity}">${severity}</span> <code>${makeVisible(path)}</code>${place}
<dl class="values"><dt>applied</dt><dd>${formatValue(declared)}</dd><dt>now</dt><dd>${formatValue(observed)}</dd></dl></li>`;
}

function formatValue(value: unknown): Markup {
  return value === undefined ? html`<em>not set</em>` : html`<code>${showValue(value)}</code>`;
}
