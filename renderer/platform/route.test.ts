import { expect, test } from 'vitest';
import { addressFor, routeOf } from './route.ts';

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
