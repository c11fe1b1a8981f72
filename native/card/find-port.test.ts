import { expect, it } from 'vitest';
import { findReaderPort } from './find-port.ts';

const none = async () => [];

it.each([
  ['0400', 'C35A'],
  ['10c4', '8a1b'],
  ['2015', '0008'],
  ['9573', '4836'],
])('knows the reader %s:%s among other ports', async (vendorId, productId) => {
  const ports = async () => [
    { path: '/dev/ttyS0' },
    { path: '/dev/ttyUSB0', vendorId: '0403', productId: '6001' },
    { path: '/dev/ttyUSB1', vendorId, productId },
  ];
  expect(await findReaderPort(undefined, ports)).toBe('/dev/ttyUSB1');
});

it('takes a named port before any other', async () => {
  expect(await findReaderPort('/dev/ttyUSB7', none)).toBe('/dev/ttyUSB7');
});

it('finds none where ports cannot be listed', async () => {
  expect(await findReaderPort(undefined, () => Promise.reject(new Error('EACCES')))).toBeUndefined();
  expect(await findReaderPort(undefined, none)).toBeUndefined();
});

it('lists the ports of this machine without crashing', async () => {
  const found = await findReaderPort();
  expect(found === undefined || /^(\/dev\/tty|COM)/.test(found)).toBe(true);
});
