import type { Instant } from '../../contract/words/ids.ts';
import { inLocale, type Locale } from '../../contract/words/localized.ts';
import { shortCode } from '../../contract/words/receipt-code.ts';
import type { HeldResult } from '../results/index.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { MESSAGES } from './messages.ts';
import type { RoomTime } from './time.ts';

export type ReceiptView = {
  readonly locale: Locale;
  readonly code: string;
  readonly held: HeldResult | undefined;
  readonly now: Date;
  readonly times: RoomTime;
};

/** Whether a result is logged, for whoever scanned the receipt of it. It names nobody, and says nothing else of the firm. */
export function receiptPage({ locale, code, held, now, times }: ReceiptView): string {
  const t = MESSAGES[locale];
  const other: Locale = locale === 'zh' ? 'en' : 'zh';
  const content = html`<main class="door sheet receipt">
<p class="over">${t.center}</p>
<h1>${t.receiptTitle}</h1>
${held ? verdict(locale, held) : html`<p class="chip bad" role="status">${t.receiptWrong}</p>`}
${held ? facts(locale, held, shortCode(code), (at) => `${times.format(at)} ${times.zoneAt(now, locale)}`) : ''}
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
  const { marks, passed, mode } = receipt;
  const rows: readonly (readonly [string, Html | string])[] = [
    [t.exam, logged ? html`${inLocale(logged.record.exam.title, locale)} <small>${t[mode]}</small>` : t[mode]],
    [t.marks, logged ? t.marksOf(marks, logged.record.fullMarks, logged.record.passMarks) : String(marks)],
    [t.result, passed ? t.passed : t.failed],
    [t.submittedAt, time(receipt.submittedAt)],
    ...(logged ? [[t.loggedAt, time(logged.at)] as const] : []),
    [t.receiptCode, code],
  ];
  return html`<dl class="facts">
${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
<small>${t.receiptNames}</small>`;
}
