import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findReaderPort, listPorts } from './find-port.ts';

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

it.runIf(process.platform === 'linux')(
  'lists the ports on USB that the kernel of this machine has, and fails at none',
  async () => {
    const names = readdirSync('/sys/class/tty').filter((name) => /^tty(USB|ACM)/.test(name));
    const paths = (await listPorts()).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(names.map((name) => `/dev/${name}`).toSorted());
  },
);
