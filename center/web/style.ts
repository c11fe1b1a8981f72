import { readFileSync } from 'node:fs';

/**
 * What everything is made of stands beside the station's page: one palette for both. A center runs out of a checkout, as it
 * imports the catalogue and the contract from there too (center/web/style.test.ts).
 */
const TOKENS = readFileSync(new URL('../../renderer/design/tokens.css', import.meta.url), 'utf8');

/** The pages' own rules. The letters of the station's page are not served here: the system's take their place. */
const RULES = `
* { box-sizing: border-box; }
html { font-size: 16px; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 0.9375rem/1.6 var(--letters); }
a { color: var(--brand-strong); text-underline-offset: 3px; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: var(--corner-s); }
.page { max-width: 90rem; margin: 0 auto; padding: var(--gap-xl) var(--gap-l); }
header { display: flex; flex-wrap: wrap; align-items: flex-end; justify-content: space-between; gap: var(--gap-m) var(--gap-l); margin-bottom: var(--gap-l); }
h1 { margin: 0; font-size: var(--size-xl); line-height: 1.3; font-weight: 650; }
h2 { margin: 0 0 var(--gap-s); font-size: var(--size-l); line-height: 1.35; font-weight: 650; }
.over { margin: 0 0 0.2rem; color: var(--ink-soft); }
nav { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem; }
nav form { margin: 0; }
nav a, .quiet {
  display: inline-flex; align-items: center; min-height: 44px; padding: 0 var(--gap-m); border: 0; border-radius: var(--corner-s); background: none;
  color: var(--brand-strong); font: inherit; text-decoration: none; cursor: pointer; transition: background var(--quick);
}
nav a:hover, .quiet:hover { background: var(--brand-soft); }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: var(--gap-m); margin: 0 0 var(--gap-l); }
dl div, .sheet { border: 1px solid var(--line); border-radius: var(--corner); background: var(--paper); box-shadow: var(--shadow); }
dl div { padding: var(--gap-m) 1.2rem; }
dt { color: var(--ink-soft); font-size: var(--size-s); }
dd { margin: 0.1rem 0 0; font-size: var(--size-xl); line-height: 1.35; font-weight: 600; font-variant-numeric: tabular-nums; }
dd small { display: inline; margin-left: 0.4rem; font-weight: 400; }
.sheet { overflow: auto; }
.sheet + h2, .sheet + section { margin-top: var(--gap-xl); }
section > p { margin: 0 0 var(--gap-m); color: var(--ink-soft); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: var(--gap-m) 0.75rem; text-align: start; vertical-align: top; }
th:first-child, td:first-child { padding-inline-start: 1.2rem; }
th:last-child, td:last-child { padding-inline-end: 1.2rem; }
th { border-bottom: 1px solid var(--line); background: var(--sunk); color: var(--ink-soft); font-size: var(--size-s); font-weight: 500; white-space: nowrap; }
tr + tr td { border-top: 1px solid var(--line); }
tbody tr:hover { background: var(--sunk); }
td { font-variant-numeric: tabular-nums; }
time, .nowrap { white-space: nowrap; }
td a { display: inline-flex; align-items: center; min-height: 24px; }
small { display: block; }
small, .small { color: var(--ink-soft); font-size: var(--size-s); line-height: 1.5; }
small [title], .kinds [title] { cursor: help; }
.chip { display: inline-block; padding: 0.05rem 0.65rem; border-radius: 999px; white-space: nowrap; }
.chip.good { background: var(--good-soft); color: var(--good); }
.chip.bad { background: var(--bad-soft); color: var(--bad); }
.against, small.against { color: var(--bad); overflow-wrap: anywhere; }
.chip.note { background: var(--warn-soft); color: var(--warn); }
.moves { margin: 0 0 var(--gap-l); padding: var(--gap-m) 1.2rem; border-radius: var(--corner); background: var(--warn-soft); color: var(--warn); }
.moves h2 { font-size: var(--size-m); }
.moves ul { margin: 0; padding-inline-start: 1.2rem; }
.troubles { margin: 0; padding: 0; list-style: none; display: grid; gap: var(--gap-s); }
.troubles code { color: var(--ink-soft); font-size: 0.8rem; }
.courses { margin: 0 0 var(--gap-l); }
.courses h2 { margin: 0; padding: var(--gap-m) 1.2rem 0.2rem; font-size: var(--size-m); }
.at-home { margin: 0 0 var(--gap-l); padding: var(--gap-m) 1.2rem; }
.at-home p { margin-bottom: var(--gap-m); }
.beside { display: flex; gap: var(--gap-s); max-width: 34rem; }
.beside .go { width: auto; flex: none; }
.filter { display: flex; flex-wrap: wrap; align-items: end; gap: var(--gap-m); margin: 0 0 var(--gap-l); padding: var(--gap-m) 1.2rem; }
.filter p { flex: 1 1 14rem; margin: 0; }
.filter .go { width: auto; }
.acts { display: flex; flex-wrap: wrap; }
.acts form { margin: 0; }
.acts .quiet { padding: 0 0.6rem; margin-block: -0.5rem; }
.invitation { display: grid; justify-items: center; gap: var(--gap-m); padding: var(--gap-l); text-align: center; }
.invitation p { margin: 0; max-width: 34rem; }
.code svg { display: block; width: min(17rem, 70vw); height: auto; }
.address { font: 500 0.85rem ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; user-select: all; }
.kinds { margin: 0; padding: 0; list-style: none; }
.soft { color: var(--ink-soft); }
.none { margin: 0; padding: 3.5rem 1.5rem; color: var(--ink-soft); text-align: center; }
.turn { justify-content: center; gap: var(--gap-m); margin-top: var(--gap-l); color: var(--ink-soft); }
footer { margin-top: var(--gap-l); color: var(--ink-soft); font-size: var(--size-s); overflow-wrap: anywhere; }
footer code { font: 500 0.9em ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
.door { width: min(26rem, 100% - 1.75rem); margin: 12vh auto 0; padding: 2rem; }
.door h1 { margin-bottom: var(--gap-l); }
.door form { display: grid; }
.door label:not(:first-child) { margin-top: var(--gap-m); }
.door .go { margin-top: var(--gap-m); }
.door .quiet { margin: var(--gap-m) 0 0; margin-inline-start: calc(-1 * var(--gap-m)); }
.receipt .chip { margin: 0 0 1.25rem; padding: 0.6rem 1rem; border-radius: var(--corner); white-space: normal; font-weight: 600; }
.receipt dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
.receipt dl div { padding: 0.5rem 0; border: 0; border-top: 1px solid var(--line); border-radius: 0; box-shadow: none; }
.receipt dd { font-size: 1.05rem; }
.appeals { margin-top: var(--gap-l); padding-top: var(--gap-l); border-top: 1px solid var(--line); }
.appeals p { margin: 0 0 var(--gap-m); overflow-wrap: anywhere; white-space: pre-line; }
.appeals summary { display: flex; align-items: center; min-height: 48px; color: var(--brand-strong); cursor: pointer; }
.appeals summary::before { content: "＋"; margin-inline-end: 0.4rem; }
.appeals [open] > summary::before { content: "－"; }
.appeals fieldset { display: grid; margin: 0 0 var(--gap-m); padding: 0; border: 0; }
.appeals legend { padding: 0; font-weight: 500; }
.appeals fieldset label { display: flex; align-items: center; gap: 0.75rem; min-height: 48px; margin: 0; font-weight: 400; }
.appeals [type="radio"] { flex: none; width: 1.4rem; min-height: 1.4rem; height: 1.4rem; accent-color: var(--brand); }
label { display: block; margin-bottom: 0.4rem; font-weight: 500; }
input, select, textarea {
  width: 100%; min-height: 48px; padding: 0.5rem 0.75rem; border: 1px solid var(--edge); border-radius: var(--corner-s); background: var(--paper);
  color: inherit; font: inherit;
}
.wrong { margin: 0.5rem 0 0; color: var(--bad); }
.door small { margin: 0.5rem 0 0; }
.go {
  width: 100%; min-height: 48px; padding: 0 1.2rem; border: 0; border-radius: var(--corner-s); background: var(--brand); color: var(--on-brand);
  font: inherit; font-weight: 600; cursor: pointer; transition: background var(--quick);
}
.go:hover { background: var(--brand-strong); }
a.go { display: inline-flex; align-items: center; width: auto; text-decoration: none; }
@media (max-width: 75rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, td { display: block; }
  tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 var(--gap-l); padding: var(--gap-m) 1.2rem; }
  tr + tr { border-top: 1px solid var(--line); }
  tr + tr td { border: 0; }
  td, td:first-child, td:last-child { display: grid; grid-template-columns: 9em minmax(0, 1fr); gap: 0.75rem; padding: 0.25rem 0; overflow-wrap: anywhere; }
  td::before { content: attr(data-label); color: var(--ink-soft); font-size: var(--size-s); line-height: 1.8; }
  td.wide { grid-column: 1 / -1; }
  time { white-space: normal; }
}
@media (max-width: 45rem) {
  tr { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 30rem) {
  .page { padding: 1.25rem 0.9rem 2.5rem; }
  .door { margin-top: 4vh; padding: 1.5rem 1.15rem; }
  header { gap: var(--gap-s); }
  nav { margin-inline-start: calc(-1 * var(--gap-m)); }
  .turn { margin-inline-start: 0; }
  dl { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.5rem; }
  dl div { padding: 0.6rem 0.75rem; }
  dl div:last-child { grid-column: 1 / -1; }
  dd { font-size: var(--size-l); }
  td, td:first-child, td:last-child { grid-template-columns: 7em minmax(0, 1fr); }
}
@media (prefers-contrast: more) {
  .chip { outline: 1px solid currentcolor; }
  a { text-decoration: underline; }
}
@media (forced-colors: active) {
  .chip, .moves { border: 1px solid CanvasText; }
}
/* On paper: all of the table, in ink, and nothing that is pressed. */
@media print {
  :root { color-scheme: light; --ground: #fff; --sunk: #fff; --shadow: none; }
  @page { size: A4 landscape; margin: 12mm; }
  body { font-size: 9pt; }
  small, .small, th, dt { font-size: 8pt; }
  dd { font-size: 12pt; }
  dl { gap: 3mm; }
  .sheet, dl div { border-radius: 0; }
  .page { max-width: none; padding: 0; }
  nav, form { display: none; }
  .sheet, dl div { border-color: #999; }
  .sheet { overflow: visible; }
  thead { display: table-header-group; position: static; width: auto; height: auto; clip-path: none; }
  table { display: table; }
  tbody { display: table-row-group; }
  tr { display: table-row; break-inside: avoid; }
  td, td:first-child, td:last-child { display: table-cell; padding: 1.5mm; }
  th { padding: 1.5mm; white-space: normal; }
  td::before { content: none; }
  .chip, .chip.good, .chip.bad, .chip.note { padding: 0; outline: 0; background: none; font-weight: 600; }
  a { color: inherit; text-decoration: none; }
}
`;

/** The pages' only style sheet. It stands in the page, and the content security policy names it by its hash. */
export const STYLE = `${TOKENS}${RULES}`;
