import { instant } from '../../contract/words/ids.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { type Check, type CheckStatus, isCheckName, worstFirst } from '../../contract/words/readiness.ts';
import { type Translate, translator } from '../../messages/index.ts';
import type { HeardStation } from '../stations/index.ts';
import { type Html, html } from './html.ts';
import { layout, linkTo, signOutPath, stationsPath } from './layout.ts';
import { MESSAGES, type Messages } from './messages.ts';
import { formatTime, zoneName } from './time.ts';

export type StationsPage = {
  readonly locale: Locale;
  readonly tenant: string;
  readonly stations: readonly HeardStation[];
  readonly now: Date;
};

/** Three times in a row it would have said something. */
const SILENT_MS = 180_000;
const MINUTE_MS = 60_000;

/** How ready every station of a tenant is: for whoever opens the doors. */
export function stationsPage(view: StationsPage): string {
  const { locale, tenant, stations, now } = view;
  const t = MESSAGES[locale];
  const words = translator(locale);
  const other: Locale = locale === 'zh' ? 'en' : 'zh';
  const rows = stations.map((station) => row(t, words, station, view));
  const heads = [t.station, `${t.lastHeard} (${zoneName(now)})`, t.overall, t.toDo];
  const content = html`<div class="page">
<header>
<div><p class="over">${tenant} · ${t.center}</p><h1>${t.stations}</h1></div>
<nav><a href="${linkTo(locale)}">${t.title}</a><a href="${stationsPath(other)}" lang="${other}">${t.otherLanguage}</a><form method="post" action="${signOutPath(locale)}"><button class="quiet">${t.signOut}</button></form></nav>
</header>
<main>
<div class="sheet">${
    stations.length === 0
      ? html`<p class="none">${t.noStations}</p>`
      : html`<table role="table">
<thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">
${rows}</tbody>
</table>`
  }</div>
</main>
</div>`;
  return layout(locale, `${t.stations} · ${tenant}`, content);
}

function row(t: Messages, words: Translate, { id, name, heard }: HeardStation, { locale, now }: StationsPage): Html {
  const cells: readonly (readonly [string, Html])[] = [
    [t.station, html`${name}<small>${id.slice(0, 11)}</small>`],
    [t.lastHeard, heardCell(t, heard?.at, now)],
    [t.overall, heard ? chip(words, heard.readiness.status) : html`—`],
    [t.toDo, heard ? troubles(t, words, heard.readiness.checks, locale) : html`—`],
  ];
  const inner = cells.map(([label, cell]) => html`<td role="cell" data-label="${label}"><div>${cell}</div></td>`);
  return html`<tr role="row" data-station="${id}">${inner}</tr>\n`;
}

/** What was said long ago says nothing of now. */
function heardCell(t: Messages, at: Date | undefined, now: Date): Html {
  if (!at) return html`<span class="chip bad">${t.neverHeard}</span>`;
  const time = html`<time datetime="${at.toISOString()}">${formatTime(instant(at))}</time>`;
  const silentMs = now.getTime() - at.getTime();
  if (silentMs <= SILENT_MS) return time;
  return html`${time}<br><span class="chip bad">${t.silent(Math.floor(silentMs / MINUTE_MS))}</span>`;
}

function troubles(t: Messages, words: Translate, checks: readonly Check[], locale: Locale): Html {
  const wrong = worstFirst(checks).filter(({ status }) => status !== 'READY');
  if (wrong.length === 0) return html`${t.allReady}`;
  const each = wrong.map(
    ({ name, status, found, expected, advice, reason }) =>
      html`<li>${chip(words, status)} <b>${nameOf(words, name)}</b>: ${found[locale]} <span class="soft">${t.expected(expected[locale])}</span>${advice ? html`<br>${advice[locale]}` : ''}${reason ? html` <code>${reason}</code>` : ''}</li>`,
  );
  return html`<ul class="troubles">${each}</ul>`;
}

/** What a newer station calls something that is not known here stands as it is. */
const nameOf = (words: Translate, name: string): string => (isCheckName(name) ? words(`check.${name}`) : name);

const KIND = { READY: 'good', WARNING: 'note', 'NOT READY': 'bad' } as const;

const chip = (words: Translate, status: CheckStatus): Html =>
  html`<span class="chip ${KIND[status]}">${words(`status.${status}`)}</span>`;
