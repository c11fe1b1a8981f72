import { VERIFY_FILE_PATH } from '../../contract/people-center/certificates.ts';
import { inLocale, type Locale } from '../../contract/words/localized.ts';
import type { ToldCertificate } from '../certificates/index.ts';
import { CERTIFICATE_WORDS } from './certificate-words.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { MESSAGES } from './messages.ts';
import type { RoomTime } from './time.ts';

export type CertificateView = {
  readonly locale: Locale;
  readonly certificate: ToldCertificate | undefined;
  readonly times: RoomTime;
};

const LOOKS = { valid: 'good', expired: 'bad', suspended: 'note', revoked: 'bad' } as const;

/** Whether a certificate holds, for whoever has its number. Of its holder it shows no more than a letter to compare. */
export function certificatePage({ locale, certificate, times }: CertificateView): string {
  const [t, words] = [MESSAGES[locale], CERTIFICATE_WORDS[locale]];
  const other: Locale = locale === 'zh' ? 'en' : 'zh';
  const content = html`<main class="door sheet receipt">
<p class="over">${t.center}</p>
<h1>${words.title}</h1>
${certificate ? held(locale, certificate, times) : html`<p class="chip bad" role="status">${words.unknown}</p>`}
<p><a href="${VERIFY_FILE_PATH}">${words.offline}</a></p>
<a class="quiet" href="?lang=${other}" lang="${other}">${t.otherLanguage}</a>
</main>`;
  return layout(locale, `${words.title} · ${t.center}`, content);
}

function held(locale: Locale, certificate: ToldCertificate, times: RoomTime): Html {
  const words = CERTIFICATE_WORDS[locale];
  const { standing, number, title, firm, initial, passedAt, expiresAt } = certificate;
  const day = (at: typeof passedAt): Html => html`<time datetime="${at}">${times.format(at)}</time>`;
  const rows: readonly (readonly [string, Html | string])[] = [
    [words.exam, inLocale(title, locale)],
    [words.firm, firm],
    [words.holder, `${initial}＊＊`],
    [words.passedAt, day(passedAt)],
    [words.expiresAt, expiresAt ? day(expiresAt) : words.never],
    [words.number, number],
  ];
  return html`<p class="chip ${LOOKS[standing]}" role="status">${words.standings[standing]}</p>
<dl class="facts">
${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
<small>${words.compare}</small>`;
}
