import { expect, test } from 'vitest';
import { isSameSite } from './same-site.ts';

test.each([
  [{}, true],
  [{ 'sec-fetch-site': 'none' }, true],
  [{ 'sec-fetch-site': 'same-origin', origin: 'https://center.example' }, true],
  [{ origin: 'http://center.example' }, true],
  [{ 'sec-fetch-site': 'cross-site' }, false],
  // Another name under the same domain is another site's here.
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, false],
  [{ origin: 'null' }, false],
  [{ origin: 'https://center.example:8443' }, false],
])('%j: %s', (headers, same) => {
  expect(isSameSite(headers, 'center.example')).toBe(same);
});
