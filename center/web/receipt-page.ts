import type { OwnAppeal, OwnCorrection } from '../../contract/home/own-file.ts';
import type { Instant } from '../../contract/words/ids.ts';
import { inLocale, type Locale } from '../../contract/words/localized.ts';
import { shortCode } from '../../contract/words/receipt-code.ts';
import { WORKER_WORDS } from '../../messages/worker/index.ts';
import type { HeldResult } from '../results/index.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { MESSAGES } from './messages.ts';
import { type AppealForm, receiptAppeals } from './receipt-appeals.ts';
import type { RoomTime } from './time.ts';

export type ReceiptView = {
  readonly locale: Locale;
  readonly code: string;
  readonly held: HeldResult | undefined;
  /** Against the result, the newest first. */
  readonly appeals: readonly OwnAppeal[];
  /** What of an appeal was not taken. */
  readonly form: AppealForm;
  readonly now: Date;
  readonly times: RoomTime;
};

/** Whether a result is logged, for whoever scanned the receipt of it. It names nobody, and says nothing else of the firm. */
export function receiptPage({ locale, code, held, appeals, form, now, times }: ReceiptView): string {
  const t = MESSAGES[locale];
  const other: Locale = locale === 'zh' ? 'en' : 'zh';
  const content = html`<main class="door sheet receipt">
<p class="over">${t.center}</p>
<h1>${t.receiptTitle}</h1>
${held ? verdict(locale, held) : html`<p class="chip bad" role="status">${t.receiptWrong}</p>`}
${held ? facts(locale, held, shortCode(code), (at) => `${times.format(at)} ${times.zoneAt(now, locale)}`) : ''}
${held?.logged ? receiptAppeals({ locale, appeals, form, correction: held.logged.correction, day: times.format }) : ''}
<a class="quiet" href="?lang=${other}" lang="${other}">${t.otherLanguage}</a>
</main>`;
  return layout(locale, `${t.receiptTitle} · ${t.center}`, content);
}

function verdict(locale: Locale, { logged }: HeldResult): Html {
  const t = MESSAGES[locale];
  if (!logged) return html`<p class="chip note" role="status">${t.receiptWaiting}</p>`;
  const [kind, says] = (
    {
      counts: ['good', t.receiptLogged],
      disputed: ['note', t.receiptDisputed],
      void: ['bad', t.receiptVoid],
    } as const
  )[logged.standing];
  return html`<p class="chip ${kind}" role="status">${says}</p>`;
}

function facts(locale: Locale, { receipt, logged }: HeldResult, code: string, inRoom: (at: Instant) => string): Html {
  const t = MESSAGES[locale];
  const time = (at: typeof receipt.submittedAt): Html => html`<time datetime="${at}">${inRoom(at)}</time>`;
  const { marks, mode } = receipt;
  const { correction = null } = logged ?? {};
  const words = WORKER_WORDS[locale];
  const corrected = ({ at, marks: after, cause }: OwnCorrection): Html =>
    html`${words('own.corrected-says', { day: inRoom(at), before: marks, after })} <small>${words(`own.cause.${cause}`)}</small>`;
  const rows: readonly (readonly [string, Html | string | number])[] = [
    [t.exam, logged ? html`${inLocale(logged.record.exam.title, locale)} <small>${t[mode]}</small>` : t[mode]],
    [t.marks, logged ? t.marksOf(correction?.marks ?? marks, logged.record.fullMarks, logged.record.passMarks) : marks],
    ...(correction ? [[words('own.corrected'), corrected(correction)] as const] : []),
    [t.result, (correction ?? receipt).passed ? t.passed : t.failed],
    [t.submittedAt, time(receipt.submittedAt)],
    ...(logged ? [[t.loggedAt, time(logged.at)] as const] : []),
    [t.receiptCode, code],
  ];
  return html`<dl class="facts">
${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
<small>${t.receiptNames}</small>`;
}
