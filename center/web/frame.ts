import type { Locale } from '../../contract/words/localized.ts';
import { type Html, html } from './html.ts';
import { homePagePath, layout, linkTo, signOutPath, stationsPath } from './layout.ts';
import { MESSAGES } from './messages.ts';

const PATHS = { records: linkTo, stations: stationsPath, home: homePagePath } as const;
export type PageName = keyof typeof PATHS;

/** What every page behind the token has around it: whose it is, what it is, and the ways from it. */
export function framed(page: PageName, locale: Locale, tenant: string, content: Html): string {
  const t = MESSAGES[locale];
  const titles: Readonly<Record<PageName, string>> = {
    ...{ records: t.title, stations: t.stations, home: t.homeTitle },
  };
  const elsewhere = (Object.keys(PATHS) as PageName[]).filter((name) => name !== page);
  const other: Locale = locale === 'zh' ? 'en' : 'zh';
  const inside = html`<div class="page">
<header>
<div><p class="over">${tenant} · ${t.center}</p><h1>${titles[page]}</h1></div>
<nav aria-label="${t.pages}">${elsewhere.map((name) => html`<a href="${PATHS[name](locale)}">${titles[name]}</a>`)}<a href="${PATHS[page](other)}" lang="${other}">${t.otherLanguage}</a><form method="post" action="${signOutPath(locale)}"><button class="quiet">${t.signOut}</button></form></nav>
</header>
<main>
${content}
</main>
</div>`;
  return layout(locale, `${titles[page]} · ${tenant}`, inside);
}
