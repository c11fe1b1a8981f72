import { expect, test, vi } from 'vitest';
import type { Log } from '../log.ts';
import { openSlipPrinter } from './slip-printer.ts';

type Done = (printed: boolean, why: string) => void;

function open({
  meant,
  printers = ['HP_1', 'Slip_80'],
  prints = true,
}: {
  meant?: string;
  printers?: string[];
  prints?: boolean;
}) {
  const print = vi.fn((_: object, done: Done) => done(prints, prints ? '' : 'no paper'));
  const list = printers.map((name) => ({ name, displayName: name.replace('_', ' '), description: '', options: {} }));
  const log = vi.fn<Log>();
  const printer = openSlipPrinter({ getPrintersAsync: async () => list, print } as never, () => meant, log);
  return { printer, print, log };
}

test.each([
  ['Slip_80', 'Slip_80'],
  ['Slip 80', 'Slip_80'],
  ['default', ''],
])('prints without a dialog on %s', async (meant, deviceName) => {
  const { printer, print } = open({ meant });
  printer.showsResult(true);
  expect(await printer.ready()).toBe(true);
  expect(await printer.print()).toBe(true);
  expect(print.mock.calls[0]?.[0]).toMatchObject({ silent: true, deviceName });
});

test.each([
  ['no printer is written down', {}],
  ['the one that is written down is not there', { meant: 'Gone' }],
  ['the system has none', { meant: 'default', printers: [] }],
])('prints nothing where %s', async (_, options) => {
  const { printer, print } = open(options);
  printer.showsResult(true);
  expect([await printer.ready(), await printer.print()]).toEqual([false, false]);
  expect(print).not.toHaveBeenCalled();
});

test('prints nothing but a result, and of each a few', async () => {
  const { printer, print } = open({ meant: 'default' });
  expect([await printer.ready(), await printer.print()]).toEqual([false, false]);
  printer.showsResult(true);
  const asked = await Promise.all([1, 2, 3, 4, 5].map(() => printer.print()));
  expect(asked.filter(Boolean)).toHaveLength(3);
  expect(await printer.ready()).toBe(false);
  printer.showsResult(false);
  expect(await printer.print()).toBe(false);
  printer.showsResult(true);
  expect(await printer.print()).toBe(true);
  expect(print).toHaveBeenCalledTimes(4);
});

test('says where it did not print, and logs why', async () => {
  const { printer, log } = open({ meant: 'default', prints: false });
  printer.showsResult(true);
  expect(await printer.print()).toBe(false);
  expect(log).toHaveBeenCalledWith('warn', expect.any(String), { deviceName: '', why: 'no paper' });
});
