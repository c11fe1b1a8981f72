import { describe, expect, it } from 'vitest';
import { holdConnections } from './held-connections.ts';

const held = () => holdConnections({ ofOneAddress: 3, proxies: ['203.0.113.7', '10.1.0.0/16', '2001:db8::/32'] });
const openAll = (address: string, count: number, on = held()): readonly boolean[] =>
  Array.from({ length: count }, () => on.open(address));

describe('connections of one address', () => {
  it('are held up to the bound, and no others with them', () => {
    const on = held();
    expect(openAll('198.51.100.1', 5, on)).toEqual([true, true, true, false, false]);
    expect(openAll('198.51.100.2', 3, on)).toEqual([true, true, true]);
  });

  it('are held again where one was closed, and only as many', () => {
    const on = held();
    openAll('198.51.100.1', 5, on);
    on.close('198.51.100.1');
    expect(openAll('198.51.100.1', 2, on)).toEqual([true, false]);
    for (let n = 0; n < 3; n++) on.close('198.51.100.1');
    expect(openAll('198.51.100.1', 4, on)).toEqual([true, true, true, false]);
  });

  it.each(['203.0.113.7', '10.1.200.3', '2001:db8::5', '127.0.0.1', '127.9.9.9', '::1', '::ffff:10.1.0.9'])(
    'of %s, which stands before the center or is this machine, are held in any number',
    (address) => {
      expect(openAll(address, 20)).not.toContain(false);
    },
  );

  it.each(['203.0.113.8', '10.2.0.1', '2001:db9::5', '', 'nonsense'])('of %j are bounded', (address) => {
    expect(openAll(address, 4)).toEqual([true, true, true, false]);
  });
});
