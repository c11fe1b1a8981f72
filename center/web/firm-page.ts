import type { TenantId } from '../../contract/words/ids.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { ACCESS_WORDS } from './access-words.ts';
import { type Framed, formField, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { firmPath } from './layout.ts';

export type FirmView = Framed & { readonly id: TenantId };

/** What a firm is called, and where that is changed. */
export function firmPage(view: FirmView): string {
  const { locale, tenant, id, formToken } = view;
  const t = ACCESS_WORDS[locale];
  const content = html`<div class="sheet">
<p><code>${id}</code></p>
${renameForm(locale, formToken, firmPath(locale), { id, name: tenant })}
<p class="small">${t.renameHint}</p>
</div>`;
  return framed('firm', view, content);
}

/** A field with the name as it is, and the button that changes it. */
export const renameForm = (
  locale: Locale,
  formToken: string | undefined,
  path: string,
  { id, name }: { readonly id: TenantId; readonly name: string },
): Html => {
  const t = ACCESS_WORDS[locale];
  return html`<form method="post" action="${path}">${formField(formToken)}<input type="hidden" name="firm" value="${id}">
<input name="name" value="${name}" required maxlength="100" autocomplete="off" aria-label="${t.newNameOf(name)}">
<button class="quiet">${t.rename}</button></form>`;
};
