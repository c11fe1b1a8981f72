import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { Refusal } from '../../contract/words/reasons.ts';

/** Addresses that are somebody's own network, a machine itself, or nobody's: none of them is another firm's program. */
const INNER: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
];
const inner = new BlockList();
for (const [network, bits, family] of INNER) inner.addSubnet(network, bits, family);
/** Of the sixth version only what is given out to whoever asks for it, without what carries an address of the fourth in it. */
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');
const carrying = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2002::', 16],
  ['2001:db8::', 32],
  ['3fff::', 20],
] as const)
  carrying.addSubnet(network, bits, 'ipv6');

/** Whether anybody may be reached there. */
export function isOutside(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inner.check(address, 'ipv4');
  return family === 6 && global.check(address, 'ipv6') && !carrying.check(address, 'ipv6');
}

/**
 * Where a name leads, asked once: whoever connects goes to this very address, so that a second answer changes nothing.
 * @throws Refusal `hook-address-refused` where it, or any other that the name has, leads inside
 * @throws Error where the name has none
 */
export async function addressOf(
  url: URL,
  inside: boolean,
): Promise<{ readonly address: string; readonly family: 4 | 6 }> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const all = family ? [{ address: host, family }] : await lookup(host, { all: true });
  const wrong = inside ? undefined : all.find(({ address }) => !isOutside(address));
  const [first] = all;
  if (wrong || !first) throw new Refusal('hook-address-refused', 'this leads to an inner network');
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}
