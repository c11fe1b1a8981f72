import { EventEmitter } from 'node:events';
import type { Menu } from 'electron';
import { expect, test, vi } from 'vitest';
import { performAll } from './operation-sequence.ts';
import { blockShortcuts, hideMenu, keepAwake } from './operations.ts';

test('the menu goes and comes back', async () => {
  const found = { items: [] } as unknown as Menu;
  let menu: Menu | null = found;
  const lockdown = await performAll([
    hideMenu({
      getApplicationMenu: () => menu,
      setApplicationMenu(next) {
        menu = next;
      },
    }),
  ]);
  expect(menu).toBeNull();
  await lockdown.revert();
  expect(menu).toBe(found);
});

test('shortcuts are kept from the page until reverted', async () => {
  const contents = new EventEmitter();
  const press = (key: string, control = false): boolean => {
    const preventDefault = vi.fn();
    contents.emit('before-input-event', { preventDefault }, { key, control, alt: false, meta: false });
    return preventDefault.mock.calls.length > 0;
  };
  const lockdown = await performAll([blockShortcuts(contents)]);
  expect([press('F12'), press('r', true), press('a')]).toEqual([true, true, false]);
  await lockdown.revert();
  expect(press('F12')).toBe(false);
});

test('the screen stays on until reverted', async () => {
  const stop = vi.fn();
  const lockdown = await performAll([keepAwake({ start: () => 7, stop })]);
  expect(stop).not.toHaveBeenCalled();
  await lockdown.revert();
  expect(stop.mock.calls).toEqual([[7]]);
});
