import { createHash } from 'node:crypto';
import type { Locale } from '../../contract/words/localized.ts';
import { Html, html } from './html.ts';
import { STYLE } from './style.ts';

const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** No script, no image, no frame, nothing from elsewhere: there is nothing on these pages that would need it. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  // Other sites are told nothing; without any a browser would not say either that a form comes from here.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** A whole document around a page's content. */
export function layout(locale: Locale, title: string, content: Html): string {
  const style = new Html(`<style>${STYLE}</style>`);
  return html`<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${style}
</head>
<body>
${content}
</body>
</html>
`.text;
}

/** A link to the list in a language; Chinese is what one gets without asking. */
export const linkTo = (locale: Locale, query: Readonly<Record<string, string>> = {}): string =>
  pathIn('/', locale, query);

export const stationsPath = (locale: Locale): string => pathIn('/stations', locale, {});
export const freshKeyPath = (locale: Locale): string => pathIn('/stations/key', locale, {});
export const revokePath = (locale: Locale): string => pathIn('/stations/revoke', locale, {});

export const proofPath = (locale: Locale, batchId: string): string => pathIn(`/proof/${batchId}`, locale, {});
export const rosterPath = (locale: Locale, query: Readonly<Record<string, string>> = {}): string =>
  pathIn('/roster', locale, query);
export const leavePath = (locale: Locale): string => pathIn('/roster/leave', locale, {});
export const homePagePath = (locale: Locale): string => pathIn('/at-home', locale, {});
export const homeInvitePath = (locale: Locale): string => pathIn('/at-home/invite', locale, {});
export const homeEndPath = (locale: Locale): string => pathIn('/at-home/end', locale, {});
export const auditPath = (locale: Locale, query: Readonly<Record<string, string>> = {}): string =>
  pathIn('/audit', locale, query);

export const auditExportPath = '/audit/export';

export const sessionsPath = (locale: Locale): string => pathIn('/sessions', locale, {});

export const banksPath = (locale: Locale): string => pathIn('/banks', locale, {});
export const useBankPath = (locale: Locale): string => pathIn('/banks/use', locale, {});

export const firmPath = (locale: Locale): string => pathIn('/firm', locale, {});

export const firmsPath = (locale: Locale): string => pathIn('/firms', locale, {});

export const renameFirmPath = (locale: Locale): string => pathIn('/firms/name', locale, {});

export const pinPath = (locale: Locale): string => pathIn('/pin', locale, {});

export const signOutPath = (locale: Locale): string => pathIn('/sign-out', locale, {});

function pathIn(path: string, locale: Locale, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams({ ...query, ...(locale === 'en' && { lang: 'en' }) }).toString();
  return search ? `${path}?${search}` : path;
}
