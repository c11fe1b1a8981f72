import type { ListedBeginning } from '../../contract/people-center/beginnings.ts';
import type {
  ListedDispute,
  ListedFinding,
  ListedRival,
  ListedStrayMove,
} from '../../contract/people-center/disputes.ts';
import { inLocale, type Locale } from '../../contract/words/localized.ts';
import { explainFinding } from '../../messages/index.ts';
import type { Doubts, ListedRecord } from '../results/index.ts';
import { type Html, html } from './html.ts';
import { MESSAGES, type Messages } from './messages.ts';
import { chip } from './table.ts';
import type { RoomTime } from './time.ts';

/** A disputed record with what a page calls it. */
export type ShownDispute = ListedDispute & {
  readonly name: string | null;
  readonly station: string;
  readonly title: Parameters<typeof inLocale>[0] | undefined;
};

export type DisputesView = {
  readonly locale: Locale;
  readonly times: RoomTime;
  readonly doubts: Doubts;
  /** Those that wait for somebody to decide. */
  readonly disputes: readonly ShownDispute[];
  readonly rivals: readonly (ListedRival & { readonly station: string })[];
  /** Exams that began against what the center knew. */
  readonly begun: readonly (ListedBeginning & { readonly station: string; readonly name: string | null })[];
  readonly strays: readonly (ListedStrayMove & { readonly station: string })[];
};

/** What somebody has to look at: it comes before everything else on the page. */
export function disputesPart(view: DisputesView): Html {
  const { locale, disputes, rivals, strays, begun } = view;
  const t = MESSAGES[locale];
  if (disputes.length + rivals.length + strays.length + begun.length === 0) return html``;
  return html`<section class="moves disputes"><h2>${t.disputesTitle}</h2><p>${t.disputesHint}</p><ul>${disputes.map((one) => disputeLine(view, one))}${rivals.map((one) => rivalLine(view, one))}${strays.map((one) => strayLine(view, one))}${begun.map((one) => begunLine(view, one))}</ul></section>`;
}

function disputeLine(
  { locale, times }: DisputesView,
  { sittingId, submittedAt, name, title, station, ...one }: ShownDispute,
): Html {
  const what = title ? inLocale(title, locale) : one.examId;
  return html`<li>${times.format(submittedAt)} · ${name ?? one.candidateId} · ${what} · ${station} <code>${sittingId}</code><ul class="kinds small">${one.findings.map((finding) => findingLine(finding, locale))}</ul></li>`;
}

const findingLine = ({ code, detail }: ListedFinding, locale: Locale): Html =>
  html`<li><span title="${MESSAGES[locale].reasonCode(code)}">${explainFinding(code, locale)}</span> <small>${detail}</small></li>`;

function rivalLine(
  { locale, times }: DisputesView,
  { kind, number, station, receivedAt }: DisputesView['rivals'][number],
): Html {
  const t = MESSAGES[locale];
  return html`<li>${times.format(receivedAt)} · ${station} · ${kind === 'rival' ? t.rivalBatch(number) : t.replacedBatch(number)}</li>`;
}

function strayLine(
  { locale, times }: DisputesView,
  { sittingId, station, saidAt }: DisputesView['strays'][number],
): Html {
  return html`<li>${times.format(saidAt)} · ${station} · ${MESSAGES[locale].strayMove} <code>${sittingId}</code></li>`;
}

function begunLine(
  { locale, times }: DisputesView,
  { sittingId, station, name, askedAt, against, releasedBy, releasedNote, ...one }: DisputesView['begun'][number],
): Html {
  const t = MESSAGES[locale];
  const released = releasedBy === null ? '' : html` <small>${t.releasedBy(releasedBy, releasedNote ?? '')}</small>`;
  return html`<li>${times.format(askedAt)} · ${name ?? one.candidateId} · ${one.examId} · ${station} <code>${sittingId}</code> · ${against === null ? '' : t.begunAgainst[against]}${released}</li>`;
}

/** On the row of a record: whether it is in doubt, and what somebody decided. */
export function doubtChip(
  t: Messages,
  { verdict, settled, settledBy, settledNote }: Pick<ListedRecord, 'verdict' | 'settled' | 'settledBy' | 'settledNote'>,
): Html | '' {
  if (settled) {
    const by = settledBy === null ? '' : html`<small>${t.settledBy(settledBy, settledNote ?? '')}</small>`;
    return html`${settled === 'void' ? chip('bad', t.voided) : chip('note', t.stands)}${by}`;
  }
  if (verdict === 'disputed') return chip('bad', t.disputed);
  if (verdict === 'unjudged') return chip('note', t.unjudged);
  return verdict === null ? chip('note', t.judging) : '';
}

/** Beside the other totals, where there is anything in doubt. */
export function doubtsLine(t: Messages, { disputed, unjudged, voided }: Doubts): Html {
  const each = [
    [t.disputed, disputed],
    [t.unjudged, unjudged],
    [t.voided, voided],
  ] as const;
  return html`${each.filter(([, count]) => count > 0).map(([label, count]) => html`<div><dt>${label}</dt><dd>${count}</dd></div>\n`)}`;
}
