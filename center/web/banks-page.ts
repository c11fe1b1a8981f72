import type { BankVersions } from '../../contract/people-center/bank-versions.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { ACCESS_WORDS } from './access-words.ts';
import { type Framed, formField, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { useBankPath } from './layout.ts';
import { chip, table } from './table.ts';
import type { RoomTime } from './time.ts';

export type BanksView = Framed & {
  readonly exams: BankVersions['exams'];
  readonly now: Date;
  readonly times: RoomTime;
};
type Listed = BankVersions['exams'][number];

/** Of each exam the banks that it ever drew from, the newest first; an earlier one is taken up again from here. */
export function banksPage(view: BanksView): string {
  const t = ACCESS_WORDS[view.locale];
  const sheets = view.exams.map((exam) => sheetOf(view, exam));
  const content = html`<p class="small">${t.banksHint}</p>
${sheets.length === 0 ? html`<p class="none">${t.nothing}</p>` : sheets}`;
  return framed('banks', view, content);
}

function sheetOf(view: BanksView, { examId, title, versions }: Listed): Html {
  const { locale, now, times } = view;
  const t = ACCESS_WORDS[locale];
  const heads = [
    t.bankVersion,
    t.bankItems,
    t.bankChanges,
    `${t.when} (${times.zoneAt(now, locale)})`,
    t.token,
    t.bankUse,
  ];
  const rows = versions.toReversed().map((version) => {
    const { number, bankId, items, putAt, putBy, current, changes } = version;
    return {
      cells: [
        html`${number} <small>${bankId}</small>`,
        html`${items}`,
        html`${changes ? t.bankChanged(changes) : ''}`,
        html`<time datetime="${putAt}">${times.format(putAt)}</time>`,
        html`<small>${putBy ?? ''}</small>`,
        current ? chip('good', t.bankInUse) : useForm(view, { examId, bankId, number }),
      ],
    };
  });
  return html`<section class="sheet"><h2>${title[locale as Locale] ?? title.zh} <small>${examId}</small></h2>${table(heads, rows)}</section>`;
}

const useForm = (
  { locale, formToken }: Framed,
  { examId, bankId, number }: { readonly examId: string; readonly bankId: string; readonly number: number },
): Html =>
  html`<form method="post" action="${useBankPath(locale)}">${formField(formToken)}<input type="hidden" name="examId" value="${examId}"><input type="hidden" name="bankId" value="${bankId}"><button class="quiet" aria-label="${ACCESS_WORDS[locale].bankUseThis(number)}">${ACCESS_WORDS[locale].bankUse}</button></form>`;
