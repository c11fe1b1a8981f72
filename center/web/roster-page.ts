import { maskIdNumber } from '../../contract/words/id-number.ts';
import type { Candidate } from '../people/index.ts';
import { type Framed, formField, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { leavePath } from './layout.ts';
import { MESSAGES, type Messages } from './messages.ts';
import { table } from './table.ts';

export type RosterPage = Framed & {
  readonly candidates: readonly Candidate[];
  /** What was looked for: part of a name or of a number. */
  readonly wanted: string;
  /** As the form proposes it. */
  readonly today: string;
};

/** So many are listed; who else is there is looked for. */
const MOST = 50;

/** Who is on the roster, and the way off it. */
export function rosterPage(view: RosterPage): string {
  const { locale, candidates, wanted } = view;
  const t = MESSAGES[locale];
  const asked = wanted.trim().toUpperCase();
  const found = candidates.filter(
    ({ name, number }) => asked === '' || name.toUpperCase().includes(asked) || number.includes(asked),
  );
  const left = found.length - MOST;
  const content = html`<section class="sheet at-home">
<p>${t.rosterHint}</p>
<form method="get" action="/roster" role="search">
${locale === 'en' ? html`<input type="hidden" name="lang" value="en">` : ''}
<label for="wanted">${t.homeSearch}</label>
<div class="beside"><input id="wanted" name="q" type="search" value="${wanted}" autocomplete="off"><button class="go">${t.search}</button></div>
</form>
</section>
<div class="sheet">${found.length === 0 ? html`<p class="none">${t.nobodyFound}</p>` : list(t, view, found.slice(0, MOST))}</div>
${left > 0 ? html`<p class="small">${t.moreOnRoster(left)}</p>` : ''}`;
  return framed('roster', view, content);
}

function list(t: Messages, view: RosterPage, candidates: readonly Candidate[]): Html {
  const rows = candidates.map(({ name, number, examId, photos }) => ({
    cells: [
      html`${name}<small class="nowrap">${maskIdNumber(number)}</small>`,
      html`${examId}<small>${t.photoCount(photos.length)}</small>`,
      leaveForm(t, view, number),
    ],
  }));
  return table([t.candidate, t.exam, t.homeActs], rows);
}

/** A number stands in a form's body: in no address, no history and no log. */
const leaveForm = (t: Messages, { locale, formToken, today }: RosterPage, number: string): Html =>
  html`<details><summary>${t.leave}</summary><form method="post" action="${leavePath(locale)}">${formField(formToken)}<input type="hidden" name="number" value="${number}"><label>${t.leaveOn} <input type="date" name="on" value="${today}" max="${today}" required></label> <label>${t.leaveWhy} <input name="reason" maxlength="500" required></label> <label>${t.leaveTo} <input name="to" maxlength="100"></label> <button class="quiet">${t.leaveNow}</button></form></details>`;
