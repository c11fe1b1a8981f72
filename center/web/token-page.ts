import type { Locale } from '../../contract/words/localized.ts';
import { html } from './html.ts';
import { layout, linkTo } from './layout.ts';
import { MESSAGES } from './messages.ts';

/** Asks for the operator token. It is posted, so that it stands in no address bar and no history. */
export function tokenPage(locale: Locale, wrong: boolean): string {
  const t = MESSAGES[locale];
  const other: Locale = locale === 'zh' ? 'en' : 'zh';
  const content = html`<main class="door sheet">
<p class="over">${t.center}</p>
<h1>${t.tokenTitle}</h1>
<form method="post" action="${linkTo(locale)}">
<label for="token">${t.tokenLabel}</label>
<input id="token" name="token" type="password" required autocomplete="current-password" aria-describedby="hint"${wrong ? html` aria-invalid="true"` : ''}>
${wrong ? html`<p class="wrong" role="alert">${t.tokenWrong}</p>` : ''}
<small id="hint">${t.tokenHint}</small>
<button class="go">${t.enter}</button>
</form>
<a class="quiet" href="${linkTo(other)}" lang="${other}">${t.otherLanguage}</a>
</main>`;
  return layout(locale, `${t.tokenTitle} · ${t.center}`, content);
}
