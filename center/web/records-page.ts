import type { ListedCourses } from '../../contract/people-center/operator-api.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { maskIdNumber } from '../../contract/words/id-number.ts';
import { type Instant, instant, VISITOR_ID } from '../../contract/words/ids.ts';
import { inLocale, type Locale } from '../../contract/words/localized.ts';
import type { ReasonCode } from '../../contract/words/reasons.ts';
import type { ListedMove } from '../moves/index.ts';
import {
  type Cursor,
  type ListedRecord,
  PAGE_SIZE,
  type Shown,
  type Totals,
  type turningFrom,
  writeCursor,
} from '../results/index.ts';
import { byHand } from './by-hand.ts';
import { type DisputesView, disputesPart, doubtChip, doubtsLine } from './disputes-part.ts';
import { findingsList } from './findings-list.ts';
import { framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { linkTo, proofPath } from './layout.ts';
import { coursesPart, creditedMinutes, shownPart, studiedIn } from './learning-part.ts';
import { MESSAGES, type Messages } from './messages.ts';
import { inShort } from './reason-words.ts';
import { type ResetView, resetMarks } from './reset-marks.ts';
import { chip, table } from './table.ts';
import type { RoomTime } from './time.ts';

export type RecordsPage = ResetView & {
  readonly locale: Locale;
  readonly tenant: string;
  readonly formToken?: string | undefined;
  readonly centerKeyId: string;
  /** When the center's key for every day ends, where somebody has to see to it. */
  readonly issuingKeyEnds: Instant | undefined;
  readonly totals: Totals;
  readonly records: readonly ListedRecord[];
  readonly inDoubt: Omit<DisputesView, 'locale' | 'times'>;
  readonly moves: readonly ListedMove[];
  readonly learning: ListedCourses;
  /** Which records, and how many of them there are. */
  readonly shown: Shown;
  /** Nobody counts those that somebody looks for. */
  readonly count: number | undefined;
  /** What they were narrowed to, as the address has it. */
  readonly narrowed: Readonly<Record<string, string>>;
  readonly page: number;
  readonly turning: ReturnType<typeof turningFrom>;
  readonly now: Date;
  readonly times: RoomTime;
};

/** The list of a tenant's records. */
export function recordsPage(view: RecordsPage): string {
  const { locale, records, centerKeyId } = view;
  const t = MESSAGES[locale];
  const content = html`${issuingKeyLine(t, view)}${totalsLine(t, view)}
${disputesPart({ ...view.inDoubt, locale, times: view.times })}
${movesList(t, view)}
${coursesPart(t, view.learning, locale)}
${searchPart(t, view)}
${shownPart(t, view.shown, locale)}
<div class="sheet">${records.length === 0 ? html`<p class="none">${t.none}</p>` : list(t, view)}</div>
${pager(t, view)}
<footer>${t.centerKey} <code>${centerKeyId}</code></footer>`;
  return framed('records', view, content);
}

function issuingKeyLine(t: Messages, { issuingKeyEnds: end, times, now, locale }: RecordsPage): Html | '' {
  if (!end) return '';
  return html`<p>${chip('bad', t.issuingKey)} ${t.issuingKeyEnds(`${times.format(end)} ${times.zoneAt(now, locale)}`)}</p>`;
}

function totalsLine(t: Messages, { inDoubt, totals: { sittings, visitors, formal, passed } }: RecordsPage): Html {
  const rate = formal === 0 ? '—' : `${((passed / formal) * 100).toFixed(1)} %`;
  return html`<dl>
<div><dt>${t.sittings}</dt><dd>${sittings}</dd></div>
<div><dt>${t.visitors}</dt><dd>${visitors} <small>${t.notCounted}</small></dd></div>
<div><dt>${t.passRate}</dt><dd>${rate} <small>${t.passedOf(passed, formal)}</small></dd></div>
${doubtsLine(t, inDoubt.doubts)}</dl>`;
}

/** Nobody may vanish between two stations. */
function movesList(t: Messages, { moves, locale, times, now }: RecordsPage): Html {
  if (moves.length === 0) return html``;
  const each = moves.map(
    ({ name, title, from, to, movedAt }) =>
      html`<li>${times.format(instant(movedAt))} · ${name ?? '—'} · ${inLocale(title, locale)} · ${from} → ${to}</li>`,
  );
  return html`<section class="moves"><h2>${t.openMoves} (${times.zoneAt(now, locale)})</h2><ul>${each}</ul></section>`;
}

type Column = { readonly label: string; readonly cell: (listed: ListedRecord) => Html };

function list(t: Messages, view: RecordsPage): Html {
  const columns = columnsOf(t, view);
  return table(
    columns.map(({ label }) => label),
    view.records.map((listed) => ({ cells: columns.map(({ cell }) => cell(listed)) })),
  );
}

function columnsOf(t: Messages, view: RecordsPage): readonly Column[] {
  const { locale, now, times } = view;
  return [
    {
      label: `${t.submittedAt} (${times.zoneAt(now, locale)})`,
      cell: ({ record, findings }) =>
        html`<time datetime="${record.submittedAt}">${times.format(record.submittedAt)}</time>${findingsList(locale, findings)}`,
    },
    { label: t.candidate, cell: (listed) => candidateCell(t, listed) },
    {
      label: t.exam,
      cell: ({ record: { exam } }) => html`${inLocale(exam.title, locale)}<small>${t[exam.mode]}</small>`,
    },
    { label: t.marks, cell: ({ record }) => marksCell(t, record) },
    { label: t.result, cell: (listed) => html`${resultCell(t, listed.record)}${doubtChip(t, listed)}` },
    {
      label: t.identity,
      cell: ({ overriddenBy: by, record }) =>
        html`${
          by === undefined
            ? html`${t.verified}`
            : html`${chip('note', t.overridden)}<small>${by}</small>${noteOf(locale, record)}${byHand(locale, times, record)}`
        }<small>${identifiedIn(t, record)}</small>${resetMarks(record, view)}`,
    },
    { label: t.incidents, cell: ({ record: { incidents } }) => incidentsCell(locale, incidents) },
    {
      label: t.station,
      cell: (listed) => stationCell(t, listed),
    },
    { label: t.batch, cell: (listed) => batchCell(t, locale, listed) },
    {
      label: t.receipt,
      cell: ({ treeSize }) => html`<span class="nowrap" title="${t.treeSize(treeSize)}">${t.logged}</span>`,
    },
  ];
}

/** How the station learnt who came, and by which document; a word of a later program as it is. */
function identifiedIn(t: Messages, record: ExamRecord): string {
  const document = 'document' in record ? record.document : undefined;
  const said = [t.identified[record.identifiedBy] ?? record.identifiedBy];
  return [...said, ...(document ? [t.documents[document] ?? document] : [])].join(' · ');
}

function candidateCell(t: Messages, { name, number, record }: ListedRecord): Html {
  return name === null
    ? html`${record.candidateId.startsWith(VISITOR_ID) ? t.visitor : t.offRoster}`
    : html`${name}${number === null ? '' : html`<small class="nowrap">${maskIdNumber(number)}</small>`}`;
}

/** Of a course also the time that was credited. */
function marksCell(t: Messages, record: ExamRecord): Html {
  const studied = studiedIn(record);
  const time = studied ? html`<small>${t.credited(creditedMinutes(studied))}</small>` : '';
  return html`<span class="nowrap">${record.marks} / ${record.fullMarks}</span>${time}`;
}

function resultCell(t: Messages, record: ExamRecord): Html {
  const { passed, cause } = record;
  const studied = studiedIn(record);
  const done = studied ? studied.complete : passed;
  const [yes, no] = studied ? [t.studied, t.studying] : [t.passed, t.failed];
  const verdict = chip(done ? 'good' : studied ? 'note' : 'bad', done ? yes : no);
  return cause === 'handed-in' ? verdict : html`${verdict}<small>${t.causes[cause]}</small>`;
}

/** What the proctor wrote down when letting somebody in, and why somebody had to. */
function noteOf(locale: Locale, { identity }: ExamRecord): Html {
  if (identity.how !== 'overridden') return html``;
  const { note, reason } = identity;
  return html`<small>${note}</small><small>${said(reason, locale)}</small>`;
}

/** How many, and of which kinds. */
function incidentsCell(locale: Locale, incidents: ExamRecord['incidents']): Html {
  const t = MESSAGES[locale];
  if (incidents.length === 0) return html`${t.noIncidents}`;
  const kinds = Map.groupBy(incidents, ({ reason }) => reason);
  const each = [...kinds].map(
    ([reason, of]) => html`<li>${said(reason, locale)}${of.length > 1 ? ` ×${of.length}` : ''}</li>`,
  );
  return html`${chip('note', t.incidentCount(incidents.length))}<ul class="kinds small">${each}</ul>`;
}

/** In words; the code that records and logs have is there for staff who look for it. */
const said = (reason: ReasonCode, locale: Locale): Html =>
  html`<span title="${MESSAGES[locale].reasonCode(reason)}">${inShort(reason, locale)}</span>`;

/** Where it was sat, if that was not the locked kiosk, and where it came from; one that went on twice is to be looked into. */
function stationCell(t: Messages, { stationName, stationId, record, others }: ListedRecord): Html {
  const { continues, hosts = [] } = record;
  const outside = hosts.filter((host) => host !== 'kiosk').map((host) => chip('note', t.shownOn[host]));
  const before = continues ? html`<small>${t.cameFrom(shortId(continues.stationId))}</small>` : '';
  const twice = others > 0 ? chip('bad', t.continuedTwice) : '';
  return html`${stationName}<small>${shortId(stationId)}</small>${outside}${before}${twice}`;
}

function batchCell(t: Messages, locale: Locale, { batchId, batchNumber }: ListedRecord): Html {
  const says = t.downloadProof(batchNumber);
  return html`<a class="nowrap" href="${proofPath(locale, batchId)}" download title="${says}" aria-label="${says}">${t.batchNumber(batchNumber)}</a>`;
}

/** One person among many, by how their name or their number begins. */
function searchPart(t: Messages, { locale, narrowed }: RecordsPage): Html {
  const lang = locale === 'en' ? html`<input type="hidden" name="lang" value="en">` : '';
  const all = Object.keys(narrowed).length > 0 ? html` <a href="${linkTo(locale)}">${t.showAll}</a>` : '';
  return html`<form method="get" action="/" role="search"><label for="person">${t.findPerson}</label>${lang}
<div class="beside"><input id="person" name="q" type="search" value="${narrowed.q ?? ''}" maxlength="60" autocomplete="off"><button class="go">${t.find}</button></div>${all}</form>`;
}

function pager(t: Messages, { locale, page, count, shown, narrowed, turning }: RecordsPage): Html {
  const pages = count === undefined ? undefined : Math.ceil(count / PAGE_SIZE);
  const { newer } = turning;
  const older = pages === undefined || page < pages ? turning.older : undefined;
  if (!newer && !older) return html``;
  const query = { ...narrowed, ...(shown === 'all' ? {} : { show: shown }) };
  const turn = (to: Cursor | undefined, text: string): Html | '' => {
    if (!to) return '';
    const place: Record<string, string> = to.page > 1 ? { page: writeCursor(to) } : {};
    return html`<a href="${linkTo(locale, { ...query, ...place })}">${text}</a>`;
  };
  const where = pages === undefined ? t.pageAlone(page) : t.pageOf(page, pages);
  return html`<nav class="turn" aria-label="${t.turning}">${turn(newer, t.newer)}<span>${where}</span>${turn(older, t.older)}</nav>`;
}

/** Enough of an id to tell two stations of one name apart. */
const shortId = (id: string): string => id.slice(0, 11);
