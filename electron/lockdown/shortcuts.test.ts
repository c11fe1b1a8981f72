import { expect, test } from 'vitest';
import { isBlocked } from './shortcuts.ts';

/** "Ctrl+Shift+I" as a key press. */
function press(text: string) {
  const parts = text.split('+');
  return {
    key: parts.at(-1) as string,
    control: parts.includes('Ctrl'),
    alt: parts.includes('Alt'),
    meta: parts.includes('Win'),
  };
}

const blocked = [
  'F5',
  'F11',
  'F12',
  'Ctrl+Shift+I',
  'Ctrl+Shift+J',
  'Win+Alt+i',
  'Ctrl+r',
  'Ctrl+w',
  'Ctrl+q',
  'Ctrl+p',
  'Ctrl+c',
  'Ctrl+v',
  'Ctrl+-',
];
const alsoBlocked = [
  'Alt+F4',
  'Alt+Tab',
  'Alt+ArrowLeft',
  'Ctrl+Escape',
  'Ctrl+Alt+t',
  'Ctrl+Alt+Delete',
  'PrintScreen',
  'ContextMenu',
  'BrowserHome',
  'LaunchMail',
  'Win+l',
];
test.each([...blocked, ...alsoBlocked])('%s is blocked', (text) => expect(isBlocked(press(text))).toBe(true));

const typing = [
  'a',
  'A',
  '1',
  'Enter',
  'Tab',
  'Escape',
  'Backspace',
  'ArrowLeft',
  'Shift+Tab',
  'Process',
  '考',
  'Ctrl+Alt+@',
  'Ctrl+Alt+€',
  'Ctrl+ ',
  'Control',
  'AltGraph',
];
test.each(typing)('%s is typing', (text) => expect(isBlocked(press(text))).toBe(false));
