import type { Locale } from '../../contract/words/localized.ts';
import type { Finding } from '../stations/index.ts';
import { type Html, html } from './html.ts';
import { inShort } from './reason-words.ts';

/** What speaks against a record or a station, in words and with what was seen. */
export const findingsList = (locale: Locale, findings: readonly Finding[]): Html =>
  html`${findings.map(
    ({ reason, detail }) =>
      html`<small class="against" title="${reason}"><b>${inShort(reason, locale)}</b> ${detail}</small>`,
  )}`;
