import { RevocationCause } from '../../contract/records/revocations.ts';
import { instant } from '../../contract/words/ids.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { type Check, type CheckStatus, isCheckName, worstFirst } from '../../contract/words/readiness.ts';
import { type Translate, translator } from '../../messages/index.ts';
import type { HeardStation } from '../stations/index.ts';
import { findingsList } from './findings-list.ts';
import { formField, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { freshKeyPath, revokePath } from './layout.ts';
import { MESSAGES, type Messages } from './messages.ts';
import { type BadPhoto, photosList } from './photos-list.ts';
import { chip, type Row, table } from './table.ts';
import type { RoomTime } from './time.ts';

export type StationsPage = {
  readonly locale: Locale;
  readonly tenant: string;
  readonly formToken?: string | undefined;
  readonly stations: readonly HeardStation[];
  readonly photos: readonly BadPhoto[];
  readonly now: Date;
  readonly times: RoomTime;
};

/** Three times in a row it would have said something. */
const SILENT_MS = 180_000;
const MINUTE_MS = 60_000;

/** How ready every station of a tenant is: for whoever opens the doors. */
export function stationsPage(view: StationsPage): string {
  const { locale, stations, now, times, photos } = view;
  const t = MESSAGES[locale];
  const heads = [t.station, `${t.lastHeard} (${times.zoneAt(now, locale)})`, t.overall, t.toDo];
  const rows = stations.map((station) => row(t, translator(locale), station, view));
  const content = html`<div class="sheet">${stations.length === 0 ? html`<p class="none">${t.noStations}</p>` : table(heads, rows)}</div>
${photosList(locale, photos)}`;
  return framed('stations', view, content);
}

function row(t: Messages, words: Translate, station: HeardStation, view: StationsPage): Row {
  const { id, name, heard, findings } = station;
  const cells = [
    html`${name}<small>${id.slice(0, 11)}</small>${findingsList(view.locale, findings)}${freshKeyForm(t, view, station)}${revokeForm(t, view, id)}`,
    heardCell(t, heard?.at, view),
    heard ? statusChip(words, heard.readiness.status) : html`—`,
    heard ? troubles(t, words, heard.readiness.checks, view.locale) : html`—`,
  ];
  return { cells, station: id };
}

/** Folded away, as it is done once a year. */
function freshKeyForm(
  t: Messages,
  { locale, formToken, times }: StationsPage,
  { id, freshKeySince }: HeardStation,
): Html {
  if (freshKeySince) return html`<p class="small">${t.freshKeyWished(times.format(instant(freshKeySince)))}</p>`;
  return html`<details><summary>${t.freshKey}</summary><form method="post" action="${freshKeyPath(locale)}">${formField(formToken)}<input type="hidden" name="station" value="${id}"><p class="small">${t.freshKeyHint}</p><button class="quiet">${t.freshKeyNow}</button></form></details>`;
}

/** Folded away: it cannot be taken back. */
const revokeForm = (t: Messages, { locale, formToken }: StationsPage, id: HeardStation['id']): Html =>
  html`<details><summary>${t.revoke}</summary><form method="post" action="${revokePath(locale)}">${formField(formToken)}<input type="hidden" name="station" value="${id}"><p class="small">${t.revokeHint}</p><label>${t.revokeCause} <select name="cause">${RevocationCause.options.map((cause) => html`<option value="${cause}">${t.revokeCauses[cause]}</option>`)}</select></label> <button class="quiet">${t.revokeNow}</button></form></details>`;

/** What was said long ago says nothing of now. */
function heardCell(t: Messages, at: Date | undefined, { now, times }: StationsPage): Html {
  if (!at) return chip('bad', t.neverHeard);
  const time = html`<time datetime="${at.toISOString()}">${times.format(instant(at))}</time>`;
  const silentMs = now.getTime() - at.getTime();
  if (silentMs <= SILENT_MS) return time;
  return html`${time}<br>${chip('bad', t.silent(Math.floor(silentMs / MINUTE_MS)))}`;
}

function troubles(t: Messages, words: Translate, checks: readonly Check[], locale: Locale): Html {
  const wrong = worstFirst(checks).filter(({ status }) => status !== 'READY');
  if (wrong.length === 0) return html`${t.allReady}`;
  const each = wrong.map(
    ({ name, status, found, expected, advice, reason }) =>
      html`<li>${statusChip(words, status)} <b>${nameOf(words, name)}</b>: ${found[locale]} <span class="soft">${t.expected(expected[locale])}</span>${advice ? html`<br>${advice[locale]}` : ''}${reason ? html` <code>${reason}</code>` : ''}</li>`,
  );
  return html`<ul class="troubles">${each}</ul>`;
}

/** What a newer station calls something that is not known here stands as it is. */
const nameOf = (words: Translate, name: string): string => (isCheckName(name) ? words(`check.${name}`) : name);

const KIND = { READY: 'good', WARNING: 'note', 'NOT READY': 'bad' } as const;

const statusChip = (words: Translate, status: CheckStatus): Html => chip(KIND[status], words(`status.${status}`));
