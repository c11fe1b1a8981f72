import { expect, it } from 'vitest';
import { HOSTS, Hosts, hostsOf, mayBeSatOn } from './hosts.ts';

it.each([
  ['a formal exam that names none', { mode: 'formal' }, ['kiosk']],
  ['practice that names none', { mode: 'mock' }, HOSTS],
  ['a test at a gate that names none', { mode: 'gate' }, HOSTS],
  ['a course that names none', { mode: 'learning' }, HOSTS],
  ['a formal exam that names some', { mode: 'formal', hosts: ['kiosk', 'browser'] }, ['kiosk', 'browser']],
  ['practice that names one', { mode: 'mock', hosts: ['browser'] }, ['browser']],
] as const)('%s may be sat there and nowhere else', (_, exam, hosts) => {
  expect(hostsOf(exam)).toEqual(hosts);
  expect(HOSTS.filter((host) => mayBeSatOn(exam, host))).toEqual(hosts);
});

it.each([[[]], [['kiosk', 'kiosk']], [['laptop']], ['kiosk']])('%j is no list of hosts', (hosts) => {
  expect(Hosts.safeParse(hosts).success).toBe(false);
});
