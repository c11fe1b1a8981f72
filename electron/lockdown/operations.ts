import type { Event, Input, Menu } from 'electron';
import type { Operation } from './operation-sequence.ts';
import { isBlocked } from './shortcuts.ts';

type MenuBar = { getApplicationMenu(): Menu | null; setApplicationMenu(menu: Menu | null): void };

/** No menu means no menu shortcuts either: reload, zoom, developer tools and quit hang on it. */
export function hideMenu(menuBar: MenuBar): Operation {
  let before: Menu | null = null;
  return {
    name: 'hide the menu',
    perform() {
      before = menuBar.getApplicationMenu();
      menuBar.setApplicationMenu(null);
    },
    revert: () => menuBar.setApplicationMenu(before),
  };
}

type KeyListener = (event: Event, input: Input) => void;
type KeySource = {
  on(event: 'before-input-event', listener: KeyListener): unknown;
  off(event: 'before-input-event', listener: KeyListener): unknown;
};

/** Keeps every key that is not typing from the page and from Chromium. */
export function blockShortcuts(contents: KeySource): Operation {
  const listener: KeyListener = (event, input) => {
    if (isBlocked(input)) event.preventDefault();
  };
  return {
    name: 'block shortcuts',
    perform: () => void contents.on('before-input-event', listener),
    revert: () => void contents.off('before-input-event', listener),
  };
}

type Blocker = { start(type: 'prevent-display-sleep'): number; stop(id: number): unknown };

/** A screen that goes dark in an exam is a candidate's lost minute. */
export function keepAwake(blocker: Blocker): Operation {
  let id: number | undefined;
  return {
    name: 'keep awake',
    perform() {
      id = blocker.start('prevent-display-sleep');
    },
    revert() {
      if (id !== undefined) blocker.stop(id);
    },
  };
}
