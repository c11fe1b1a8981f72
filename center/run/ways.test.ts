import { expect, test } from 'vitest';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths, under } from '../../contract/station-center/center-api.ts';
import { laneOf } from './ways.ts';

test('results wait for nobody who reads much, and neither do the small questions of stations', () => {
  const lanes = (method: string, urls: readonly string[]) => [...new Set(urls.map((url) => laneOf(method, url)))];
  expect(lanes('POST', [paths.batches])).toEqual(['batches']);
  expect(lanes('POST', [paths.beginnings, paths.readiness, paths.enrol, operatorPaths.candidates])).toEqual([
    'requests',
  ]);
  const small = [
    paths.mail,
    under(paths.mail, 'gr_1' as never),
    paths.bank('bk_1'),
    paths.photo('a'),
    paths.picture('a'),
  ];
  expect(lanes('GET', [...small, paths.grants, paths.rescue('a'), paths.media('a')])).toEqual(['requests']);
  const much = [paths.assignment, operatorPaths.disputes, '/', '/audit/export', '/R/abc', '/home/api/courses'];
  expect(lanes('GET', much)).toEqual(['reports']);
});
