import { groupBy } from "../../../groupBy.js";
import { makeVisible } from "../../../visible.js";
import type { DriftReport, ReportedResource } from "../../report.js";
import { countThings, isRunner, nameResource, needsAttention } from "../../words.js";
import { html, type Markup, type MaybeMarkup, SIGNS } from "../markup.js";

/** A resource, and the name by which the page links to what there is to say of it. */
export interface Entry {
  resource: ReportedResource;
  anchor: string;
}

export function listEntries({ resources }: DriftReport): Entry[] {
  return resources.map((resource, index) => ({ resource, anchor: `r${index + 1}` }));
}

/** Whether the page has words of its own for it. */
export function hasDetails({ notices, differences, ...resource }: ReportedResource): boolean {
  return needsAttention({ notices, differences, ...resource }) || notices.length > 0 || differences.length > 0;
}

/** All at a glance: the files by host, the runners by GitLab. */
export function formatGrid(entries: readonly Entry[]): Markup {
  const files = entries.filter(({ resource }) => !isRunner(resource));
  const runners = entries.filter(({ resource }) => isRunner(resource));
  const hosts = groupBy(files, ({ resource: { host } }) => host ?? "this machine");
  const gitlabs = groupBy(runners, ({ resource: { url } }) => url ?? "GitLab");
  return html`${formatSection("Hosts", hosts, HOST)}${formatSection("Runners", gitlabs, GITLAB)}`;
}

/** How the boxes of a section look, and what is in them. */
interface Kind {
  style: string;
  thing: string;
}

const HOST: Kind = { style: "box group", thing: "file" };
const GITLAB: Kind = { style: "box wide group", thing: "runner" };

function formatSection(title: string, groups: ReadonlyMap<string, readonly Entry[]>, kind: Kind): MaybeMarkup {
  if (groups.size === 0) return "";
  const boxes = [...groups].map(([name, entries]) => formatBox(name, { entries, kind }));
  return html`
<section class="group" aria-labelledby="${title.toLowerCase()}">
<h2 id="${title.toLowerCase()}">${title}</h2>
<div class="grid">${boxes}
</div>
</section>`;
}

function formatBox(name: string, { entries, kind }: { entries: readonly Entry[]; kind: Kind }): Markup {
  const off = entries.filter(({ resource }) => needsAttention(resource)).length;
  const summary = off === 0 ? "all as applied" : `${off} to look at`;
  const about =
    entries.length === 1
      ? ""
      : html`
<p class="soft">${countThings(entries.length, kind.thing)}, ${summary}</p>`;
  return html`
<div class="${kind.style}">
<h3>${breakName(makeVisible(name))}</h3>${about}
<ul class="tiles">${entries.map(formatTile)}</ul>
</div>`;
}

/** Of `deploy@build-1.example.com` the user has a line of its own. */
function breakName(name: string): Markup {
  const host = name.indexOf("@") + 1;
  return html`<span class="user">${name.slice(0, host)}</span><span>${name.slice(host)}</span>`;
}

function formatTile({ resource, anchor }: Entry): Markup {
  const { result, name } = resource;
  const inside = html`<span aria-hidden="true">${SIGNS[result]}</span><span>${makeVisible(name)}<span class="unseen">: ${result}</span></span>`;
  const tile = hasDetails(resource)
    ? html`<a class="tile ${result}" href="#${anchor}" title="${nameResource(resource)}">${inside}</a>`
    : html`<span class="tile ${result}" title="${nameResource(resource)}">${inside}</span>`;
  return html`
<li data-state="${result}">${tile}</li>`;
}
