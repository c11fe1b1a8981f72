import type { PinSet } from '../../contract/people-center/operator-api.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { ACCESS_WORDS } from './access-words.ts';
import { type Html, html } from './html.ts';
import { layout, pinPath } from './layout.ts';
import { MESSAGES } from './messages.ts';

export type PinView = {
  readonly locale: Locale;
  /** What was typed, but for secrets. */
  readonly proctor?: string | undefined;
  /** Why it was not done. */
  readonly wrong?: string | undefined;
  readonly done?: PinSet | undefined;
};

/** Where a proctor sets their PIN: it is told to nobody else. */
export function pinPage({ locale, proctor = '', wrong, done }: PinView): string {
  const [t, { center, otherLanguage }] = [ACCESS_WORDS[locale], MESSAGES[locale]];
  const other: Locale = locale === 'zh' ? 'en' : 'zh';
  const content = html`<main class="door sheet">
<p class="over">${center}</p>
<h1>${t.pinTitle}</h1>
${done ? doneNote(locale, done) : form(locale, proctor, wrong)}
<a class="quiet" href="${pinPath(other)}" lang="${other}">${otherLanguage}</a>
</main>`;
  return layout(locale, `${t.pinTitle} · ${center}`, content);
}

function doneNote(locale: Locale, { name, number }: PinSet): Html {
  const t = ACCESS_WORDS[locale];
  return html`<p role="status">${name}: ${t.pinDone} <b>${t.pinDoneThen(number)}</b></p>`;
}

function form(locale: Locale, proctor: string, wrong: string | undefined): Html {
  const t = ACCESS_WORDS[locale];
  const secret = (id: string, label: string) =>
    html`<label for="${id}">${label}</label>
<input id="${id}" name="${id}" type="password" inputmode="numeric" required minlength="4" maxlength="8" autocomplete="new-password">`;
  return html`<form method="post" action="${pinPath(locale)}">
${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : ''}
<label for="proctor">${t.proctorLabel}</label>
<input id="proctor" name="proctor" required maxlength="100" autocomplete="off" value="${proctor}">
<label for="code">${t.codeLabel}</label>
<input id="code" name="code" required maxlength="40" autocomplete="one-time-code" aria-describedby="hint">
<small id="hint">${t.pinHint}</small>
${secret('pin', t.pinLabel)}
${secret('again', t.pinAgain)}
<label for="badge">${t.badgeLabel}</label>
<input id="badge" name="badge" maxlength="18" autocomplete="off">
<button class="go">${t.setPin}</button>
</form>`;
}
