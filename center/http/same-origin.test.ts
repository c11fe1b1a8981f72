import { describe, expect, test } from 'vitest';
import { isFromElsewhere, isFromHere } from './same-origin.ts';

const asked = (headers: Readonly<Record<string, string>>) =>
  ({ headers, host: 'center.example', protocol: 'https' }) as const;

/** What a browser says, whether a form may be taken from it, and whether a link may be followed. */
const SAID: readonly [Readonly<Record<string, string>>, { form: boolean; link: boolean }][] = [
  [{}, { form: false, link: true }],
  [{ 'sec-fetch-site': 'none' }, { form: false, link: true }],
  [
    { 'sec-fetch-site': 'none', origin: 'https://center.example' },
    { form: false, link: true },
  ],
  [{ 'sec-fetch-site': 'same-origin' }, { form: true, link: true }],
  [
    { 'sec-fetch-site': 'same-origin', origin: 'https://center.example' },
    { form: true, link: true },
  ],
  [{ origin: 'http://center.example' }, { form: true, link: true }],
  [{ 'sec-fetch-site': 'cross-site' }, { form: false, link: false }],
  [
    { 'sec-fetch-site': 'cross-site', origin: 'https://center.example' },
    { form: false, link: false },
  ],
  // Another name under the same domain is another site's here.
  [{ 'sec-fetch-site': 'same-site' }, { form: false, link: false }],
  [
    { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
    { form: false, link: false },
  ],
  [{ origin: 'null' }, { form: false, link: false }],
  [{ origin: 'https://center.example:8443' }, { form: false, link: false }],
];

describe.each(SAID)('%j', (headers, { form, link }) => {
  test(`is ${form ? 'a form' : 'no form'} of these pages`, () => expect(isFromHere(asked(headers))).toBe(form));
  test(`is ${link ? 'no' : 'a'} link of another site`, () => expect(isFromElsewhere(asked(headers))).toBe(!link));
});
