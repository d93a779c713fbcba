/** Colours reach 4.5:1 on their ground, and never say anything that no word and no sign says. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #fff; --text: #1b1f24; --soft: #545c66; --line: #d5dae1; --link: #0b5cad; --code: #eef1f5;
  --clean: #14642f; --clean-ground: #e3f4e8; --drifted: #8a4600; --drifted-ground: #fff0d9;
  --gone: #a3160f; --gone-ground: #fde7e5; --unknown: #4a4f87; --unknown-ground: #eaebfa;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --card: #1d2126; --text: #e7eaee; --soft: #a9b2bd; --line: #363d46; --link: #7db8f7; --code: #2a3038;
    --clean: #8fdca6; --clean-ground: #17331f; --drifted: #f6c177; --drifted-ground: #3a2a10;
    --gone: #ffa9a1; --gone-ground: #431b18; --unknown: #bfc3ff; --unknown-ground: #2a2c4d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
header, main, footer { max-width: 75rem; margin: 0 auto; padding: 0 clamp(.75rem, 3vw, 2rem); }
header { padding-top: 1.25rem; }
footer { padding-bottom: 2rem; }
h1 { margin: 0; font-size: clamp(1.4rem, 4vw, 2rem); line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .75rem; font-size: 1.25rem; }
h3 { margin: 0 0 .25rem; font-size: 1.05rem; overflow-wrap: anywhere; }
.box h3 { font-size: .85rem; }
.user { display: block; color: var(--soft); font-weight: 400; line-height: 1.1; }
.user:empty { display: none; }
p { margin: .25rem 0; }
a { color: var(--link); }
a:focus-visible, input:focus-visible, label:has(input:focus-visible) { outline: 3px solid var(--link); outline-offset: 2px; }
code, pre { font: .9em/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
code { background: var(--code); border-radius: .25rem; padding: .05rem .3rem; }
pre { margin: .5rem 0 0; padding: .5rem .75rem; background: var(--code); border-radius: .4rem; white-space: pre-wrap; }
pre code { padding: 0; background: none; }
.soft { color: var(--soft); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.verdict { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .75rem; margin-top: .75rem; font-size: 1.1rem; font-weight: 600; }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(4.5rem, 1fr)); gap: .5rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.counts li { padding: .4rem .5rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
.counts li { font-size: .85rem; }
.way { margin-top: .75rem; }
.counts b { display: block; font-size: 1.6rem; line-height: 1.2; }

.clean { --of: var(--clean); --on: var(--clean-ground); }
.drifted { --of: var(--drifted); --on: var(--drifted-ground); }
.gone { --of: var(--gone); --on: var(--gone-ground); }
.unknown { --of: var(--unknown); --on: var(--unknown-ground); }
.counts [class] { border-left: .35rem solid var(--of); }
.badge { display: inline-block; padding: .05rem .5rem; border-radius: 1rem; background: var(--on); color: var(--of); font-size: .85rem; font-weight: 600; white-space: nowrap; }
.critical { --of: var(--gone); --on: var(--gone-ground); }
.major { --of: var(--drifted); --on: var(--drifted-ground); }
.minor, .info { --of: var(--text); --on: var(--code); }

.filter { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1.25rem 0 0; padding: 0; border: 0; }
.filter legend { padding: 0; margin-bottom: .4rem; font-weight: 600; }
.filter label { display: inline-flex; align-items: center; gap: .4rem; min-height: 2.5rem; padding: .25rem .75rem; border: 1px solid var(--line); border-radius: 2rem; background: var(--card); cursor: pointer; }
.filter label:has(:checked) { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); }
.search { display: block; margin-top: .75rem; font-weight: 600; }
.search input { display: block; width: 100%; max-width: 30rem; min-height: 2.5rem; margin-top: .25rem; padding: .25rem .75rem; border: 1px solid var(--soft); border-radius: .5rem; background: var(--card); color: inherit; font: inherit; font-weight: 400; }
[hidden] { display: none !important; }

.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: .75rem; }
@media (min-width: 40rem) { .grid { grid-template-columns: repeat(auto-fill, minmax(12.5rem, 1fr)); } }
.box { padding: .7rem .6rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
.wide { grid-column: 1 / -1; }
.tiles { display: flex; flex-wrap: wrap; gap: .4rem; margin: .5rem 0 0; padding: 0; list-style: none; }
.tiles li { max-width: 100%; }
.tile { display: flex; gap: .35rem; min-height: 1.75rem; padding: .15rem .55rem; border-radius: .4rem; background: var(--on); color: var(--of); font-size: .9rem; text-decoration: none; overflow-wrap: anywhere; }
a.tile { font-weight: 600; text-decoration: underline; }

.finding { margin: 0 0 .75rem; padding: .75rem 1rem; border: 1px solid var(--line); border-left: .35rem solid var(--of); border-radius: .6rem; background: var(--card); scroll-margin-top: 1rem; }
.finding:target { box-shadow: 0 0 0 3px var(--link); }
.differences { margin: .5rem 0 0; padding: 0; list-style: none; }
.differences li { padding: .4rem 0; border-top: 1px solid var(--line); }
.values { display: grid; grid-template-columns: 4.5rem 1fr; gap: .15rem .5rem; margin: .25rem 0 0; }
.values dt { color: var(--soft); }
.values dd { margin: 0; min-width: 0; }

main:has(#show-attention:checked) [data-state="clean"],
main:has(#show-drifted:checked) [data-state]:not([data-state="drifted"]),
main:has(#show-gone:checked) [data-state]:not([data-state="gone"]),
main:has(#show-unknown:checked) [data-state]:not([data-state="unknown"]),
main:has(#show-clean:checked) [data-state]:not([data-state="clean"]),
main:has(#show-attention:checked) .group:not(:has([data-state]:not([data-state="clean"]))),
main:has(#show-drifted:checked) .group:not(:has([data-state="drifted"])),
main:has(#show-gone:checked) .group:not(:has([data-state="gone"])),
main:has(#show-unknown:checked) .group:not(:has([data-state="unknown"])),
main:has(#show-clean:checked) .group:not(:has([data-state="clean"])) { display: none; }
@media print { .filter, .search { display: none; } .finding { break-inside: avoid; } }
`;
