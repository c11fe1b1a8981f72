import type { Locale } from '../../contract/words/localized.ts';
import { ACCESS_WORDS } from './access-words.ts';
import { type Html, html } from './html.ts';
import {
  auditPath,
  banksPath,
  firmPath,
  homePagePath,
  layout,
  linkTo,
  rosterPath,
  sessionsPath,
  signOutPath,
  stationsPath,
} from './layout.ts';
import { MESSAGES } from './messages.ts';

const PATHS = {
  ...{ records: linkTo, stations: stationsPath, roster: (locale: Locale) => rosterPath(locale), home: homePagePath },
  banks: banksPath,
  ...{ audit: auditPath, sessions: sessionsPath, firm: firmPath },
} as const;
export type PageName = keyof typeof PATHS;

/** Whose page it is, and what its forms hold that no other site knows; nothing where a script asked. */
export type Framed = { readonly locale: Locale; readonly tenant: string; readonly formToken?: string | undefined };

/** What every page behind the token has around it: whose it is, what it is, and the ways from it. */
export function framed(page: PageName, { locale, tenant, formToken }: Framed, content: Html): string {
  const [t, words] = [MESSAGES[locale], ACCESS_WORDS[locale]];
  const { audit, banks, sessions, firm } = words;
  const titles: Readonly<Record<PageName, string>> = {
    ...{ records: t.title, stations: t.stations, roster: t.rosterTitle, home: t.homeTitle },
    ...{ banks, audit, sessions, firm },
  };
  const elsewhere = (Object.keys(PATHS) as PageName[]).filter((one) => one !== page);
  const other: Locale = locale === 'zh' ? 'en' : 'zh';
  const inside = html`<div class="page">
<header>
<div><p class="over">${tenant} · ${t.center}</p><h1>${titles[page]}</h1></div>
<nav aria-label="${t.pages}">${elsewhere.map((one) => html`<a href="${PATHS[one](locale)}">${titles[one]}</a>`)}<a href="${PATHS[page](other)}" lang="${other}">${t.otherLanguage}</a>${signOutForm(locale, formToken)}</nav>
</header>
<main>
${content}
</main>
</div>`;
  return layout(locale, `${titles[page]} · ${tenant}`, inside);
}

export const signOutForm = (locale: Locale, formToken: string | undefined): Html =>
  html`<form method="post" action="${signOutPath(locale)}">${formField(formToken)}<button class="quiet">${MESSAGES[locale].signOut}</button></form>`;

export const formField = (formToken: string | undefined): Html =>
  html`<input type="hidden" name="form" value="${formToken ?? ''}">`;
