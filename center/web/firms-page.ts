import type { TenantId } from '../../contract/words/ids.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { ACCESS_WORDS } from './access-words.ts';
import { renameForm } from './firm-page.ts';
import { formField, signOutForm } from './frame.ts';
import { html } from './html.ts';
import { firmsPath, layout, renameFirmPath } from './layout.ts';
import { MESSAGES } from './messages.ts';
import { table } from './table.ts';

export type FirmsView = {
  readonly locale: Locale;
  readonly formToken?: string | undefined;
  readonly firms: readonly { readonly id: TenantId; readonly name: string }[];
  /** One that was added just now. */
  readonly added?: { readonly name: string; readonly token: string } | undefined;
};

/** The firms of a center, for whoever runs it: nothing of what is theirs is seen here. */
export function firmsPage({ locale, formToken, firms, added }: FirmsView): string {
  const [t, { center, otherLanguage }] = [ACCESS_WORDS[locale], MESSAGES[locale]];
  const other: Locale = locale === 'zh' ? 'en' : 'zh';
  const rows = firms.map(({ id, name }) => ({
    cells: [
      html`${name}`,
      html`<code>${id}</code>`,
      renameForm(locale, formToken, renameFirmPath(locale), { id, name }),
    ],
  }));
  const content = html`<div class="page">
<header>
<div><p class="over">${center}</p><h1>${t.firms}</h1></div>
<nav><a href="${firmsPath(other)}" lang="${other}">${otherLanguage}</a>${signOutForm(locale, formToken)}</nav>
</header>
<main>
${added ? html`<p role="status">${t.firmAdded(added.name)} <code>${added.token}</code></p>` : ''}
<form method="post" action="${firmsPath(locale)}">${formField(formToken)}
<label for="name">${t.firmName}</label> <input id="name" name="name" required maxlength="100" autocomplete="off">
<button class="go">${t.addFirm}</button></form>
<div class="sheet">${table([t.firms, 'ID', t.rename], rows)}</div>
</main>
</div>`;
  return layout(locale, `${t.firms} · ${center}`, content);
}
