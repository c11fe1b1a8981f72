import { expect, test } from 'vitest';
import { addressFor, cityReturnOf, routeOf } from './route.ts';

test('a place is a page, what of it, and how its list is filtered', () => {
  const route = routeOf(addressFor('people', 'cd_1/2', { search: '王 五', state: '' }));
  expect([route.page, route.id, [...route.filters]]).toEqual(['people', 'cd_1/2', [['search', '王 五']]]);
});

test.each(['', '#', '#/', '#//x'])('%j is the start', (fragment) => {
  expect(routeOf(fragment).page).toBe('start');
});

test('what cannot be decoded names nothing', () => {
  expect(routeOf('#/people/%E0%A4%A').id).toBe('');
});

test('whoever comes back from the log-in of a city is understood, and everybody else comes from nowhere', () => {
  expect(cityReturnOf('#factor=abc&factors=totp,passkey')).toEqual({
    ...{ kind: 'factor', ticket: 'abc', factors: ['totp', 'passkey'] },
  });
  expect(cityReturnOf('#linked')).toEqual({ kind: 'linked' });
  expect(cityReturnOf('#refused=oidc-unknown')).toEqual({ kind: 'refused', reason: 'oidc-unknown' });
  expect([routeOf('#linked').page, routeOf('#factor=abc').page]).toEqual(['me', 'start']);
  for (const fragment of ['', '#/organisations?search=linked', '#/me']) expect(cityReturnOf(fragment)).toBeUndefined();
});
