/** The pages' only style sheet. It stands in the page, and the content security policy names it by its hash. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f3f6f5; --sheet: #ffffff; --ink: #17302d; --soft: #566a67; --line: #dfe7e5; --accent: #15695f;
  --good: #17643b; --good-ground: #e3f3e9; --bad: #93390f; --bad-ground: #fcebe1; --note: #735400; --note-ground: #fbf1d3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #101817; --sheet: #182321; --ink: #e4eeec; --soft: #9db1ad; --line: #2a3a37; --accent: #6cc9bb;
    --good: #8fdcae; --good-ground: #17351f; --bad: #f5b28f; --bad-ground: #42200f; --note: #ecd18a; --note-ground: #372b0b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.55 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
}
a { color: var(--accent); text-underline-offset: 3px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.page { max-width: 1320px; margin: 0 auto; padding: 32px 24px 56px; }
header { display: flex; flex-wrap: wrap; align-items: flex-end; justify-content: space-between; gap: 12px 24px; margin-bottom: 24px; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; font-weight: 650; }
.over { margin: 0 0 4px; color: var(--soft); }
nav { display: flex; align-items: center; gap: 8px; }
nav form { margin: 0; }
nav a, .quiet {
  display: inline-block; min-height: 40px; padding: 8px 12px; border: 0; border-radius: 8px; background: none;
  color: var(--accent); font: inherit; text-decoration: none; cursor: pointer;
}
nav a:hover, .quiet:hover { background: var(--line); }
dl { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 12px; margin: 0 0 24px; }
dl div { padding: 14px 18px; border: 1px solid var(--line); border-radius: 12px; background: var(--sheet); }
dt { color: var(--soft); font-size: 13px; }
dd { margin: 2px 0 0; font-size: 24px; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
dd small { display: inline; margin-left: 6px; font-weight: 400; }
dd.key { font: 500 17px/1.85 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.sheet { border: 1px solid var(--line); border-radius: 12px; background: var(--sheet); overflow: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 12px; text-align: left; vertical-align: top; }
th:first-child, td:first-child { padding-left: 18px; }
th:last-child, td:last-child { padding-right: 18px; }
th { border-bottom: 1px solid var(--line); color: var(--soft); font-size: 13px; font-weight: 500; white-space: nowrap; }
tr + tr td { border-top: 1px solid var(--line); }
tbody tr:hover { background: color-mix(in srgb, var(--ground) 60%, transparent); }
td { font-variant-numeric: tabular-nums; }
time, .nowrap { white-space: nowrap; }
small { display: block; color: var(--soft); font-size: 13px; line-height: 1.45; }
.chip { display: inline-block; padding: 1px 10px; border-radius: 999px; white-space: nowrap; }
.good { background: var(--good-ground); color: var(--good); }
.bad { background: var(--bad-ground); color: var(--bad); }
.note { background: var(--note-ground); color: var(--note); }
.moves { margin: 0 0 24px; padding: 14px 18px; border-radius: 12px; background: var(--note-ground); color: var(--note); }
.moves h2 { margin: 0 0 4px; font-size: 15px; }
.courses { margin: 0 0 24px; }
.courses h2 { margin: 0; padding: 14px 18px 4px; font-size: 15px; }
.moves ul { margin: 0; padding-left: 20px; }
.troubles { margin: 0; padding: 0; list-style: none; display: grid; gap: 8px; }
.troubles code { color: var(--soft); font-size: 12px; }
.soft { color: var(--soft); }
.none { margin: 0; padding: 56px 24px; color: var(--soft); text-align: center; }
.turn { display: flex; justify-content: center; align-items: center; gap: 20px; margin-top: 20px; color: var(--soft); }
.door { width: min(420px, 100% - 28px); margin: 12vh auto 0; padding: 32px; }
.door h1 { margin-bottom: 20px; }
.door .quiet { margin: 12px 0 0 -12px; }
label { display: block; margin-bottom: 6px; font-weight: 500; }
input {
  width: 100%; min-height: 46px; padding: 8px 12px; border: 1px solid var(--soft); border-radius: 8px; background: var(--sheet);
  color: inherit; font: inherit;
}
.wrong { margin: 8px 0 0; color: var(--bad); }
.door small { margin: 8px 0 20px; }
.go {
  width: 100%; min-height: 46px; border: 0; border-radius: 8px; background: var(--accent); color: var(--sheet); font: inherit;
  font-weight: 600; cursor: pointer;
}
@media (max-width: 1180px) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, td { display: block; }
  tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 24px; padding: 14px 18px; }
  tr + tr { border-top: 1px solid var(--line); }
  tr + tr td { border: 0; }
  td, td:first-child, td:last-child { display: grid; grid-template-columns: 9em minmax(0, 1fr); gap: 12px; padding: 4px 0; overflow-wrap: anywhere; }
  td::before { content: attr(data-label); color: var(--soft); font-size: 13px; line-height: 1.8; }
  time { white-space: normal; }
}
@media (max-width: 720px) {
  tr { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 480px) {
  .page { padding: 20px 14px 40px; }
  .door { margin-top: 4vh; padding: 24px 18px; }
  dl { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; }
  dd small { display: block; margin: 0; }
  dl div { padding: 10px 12px; }
  dd { font-size: 20px; }
  dl div:last-child { grid-column: 1 / -1; }
  nav a:first-child { margin-left: -12px; }
}
`;
