import { expect, test } from 'vitest';
import { isOutside } from './addresses.ts';

const INSIDE = [
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
];
const INSIDE_6 = [
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  'ff02::1',
];

test.each([...INSIDE, ...INSIDE_6, 'example.com', ''])('%s is none that is told anything', (address) => {
  expect(isOutside(address)).toBe(false);
});

test.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '2606:4700::1111', '240e::1'])('%s is another’s', (address) => {
  expect(isOutside(address)).toBe(true);
});
