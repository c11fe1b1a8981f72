import { expect, test } from 'vitest';
import { ShellMessage } from '../contract/shell/kiosk-messages.ts';
import { overall } from '../contract/words/readiness.ts';
import { type ShellSeen, shellChecks } from './shell-readiness.ts';

const HELD = { step: 'window', state: 'held', detail: '' } as const;
const WELL: ShellSeen = {
  locked: [HELD, { step: 'server-keys', state: 'absent', detail: 'there is no X server here' }],
  left: { undone: [], stuck: [] },
  displays: 1,
  versions: { electron: '45.4.1', chrome: '156.0.1' },
};
const statuses = (changes: Partial<ShellSeen>) =>
  shellChecks({ ...WELL, ...changes }).map(({ name, status }) => `${name} ${status}`);

test('a locked kiosk with one display is READY', () => {
  expect(overall(shellChecks(WELL))).toBe('READY');
});

test('a window to try things in, and a second display, are said', () => {
  expect(statuses({ locked: undefined })).toContain('lockdown WARNING');
  expect(statuses({ displays: 2 })).toContain('displays WARNING');
});

test('a step that failed, and what a crash left and cannot be undone, are said by name', () => {
  const locked = [HELD, { step: 'keys', state: 'failed', detail: 'no bus' } as const];
  expect(statuses({ locked })).toContain('lockdown WARNING');
  expect(shellChecks({ ...WELL, locked })[0]?.found.en).toBe('keys: no bus');
  expect(statuses({ left: { undone: ['desktop-keys'], stuck: [] } })).toContain('leftovers READY');
  expect(statuses({ left: { undone: [], stuck: ['desktop-keys'] } })).toContain('leftovers WARNING');
});

test('an Electron of another major version than the one it is shipped with is said', () => {
  expect(statuses({ versions: { electron: '33.2.1', chrome: '130.0.1' } })).toContain('electron WARNING');
});

test('what it says is what the station takes', () => {
  const message = { kind: 'readiness', checks: shellChecks(WELL) };
  expect(ShellMessage.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
});
