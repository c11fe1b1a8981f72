import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ShellMessage } from '../../contract/shell/kiosk-messages.ts';
import { aTerminal } from '../../proof/secrets/terminal.fixture.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { readSettings } from './settings.ts';

const where = { userData: '/home/kiosk', unlocked: false };

test('takes what the command line hands over', () => {
  const env = { EXAM_STATION_DATA_DIR: '/data', EXAM_CENTER_URL: 'https://center.example', EXAM_STATION_CODE: 'ABCD' };
  const settings = readSettings(env, where);
  expect(settings.locked).toBe(true);
  expect(settings.start()).toEqual({
    ...{ host: 'kiosk', data: '/data', centerUrl: 'https://center.example', enrolmentCode: 'ABCD' },
  });
});

test('stands on its own, and what it says is a valid start', () => {
  const start = readSettings({ EXAM_CENTER_URL: '', EXAM_STATION_CODE: '' }, where).start();
  expect(start).toEqual({ host: 'kiosk', data: join('/home/kiosk', 'station') });
  expect(ShellMessage.safeParse({ kind: 'start', ...start }).success).toBe(true);
});

test('is locked whatever the variables say, and unlocked only where that was asked for by name', () => {
  const env = { EXAM_STATION_KIOSK: '0', UNLOCKED: '1', EXAM_STATION_UNLOCKED: '1' };
  const usual = readSettings(env, where);
  expect([usual.locked, usual.start().host]).toEqual([true, 'kiosk']);
  const asked = readSettings({}, { ...where, unlocked: true });
  expect([asked.locked, asked.start().host]).toEqual([false, 'kiosk-unlocked']);
});

test.each(['center', 'ftp://center', 'javascript:1'])('an address that is none is said at once: %s', (url) => {
  expect(() => readSettings({ EXAM_CENTER_URL: url }, where)).toThrow('EXAM_CENTER_URL');
});

test('takes what is written down of this terminal, anew at each start, and a variable before it', () => {
  const data = temporaryFolder();
  const settings = readSettings({ EXAM_STATION_DATA_DIR: data, EXAM_STATION_NAME: '北门' }, where);
  expect(settings.terminal()).toBeUndefined();
  writeFileSync(join(data, 'terminal.json'), JSON.stringify(aTerminal({ cameras: ['USB Camera'], display: '2' })));
  const { start } = settings;
  expect(start()).toEqual({
    ...{ host: 'kiosk', data, name: '北门', room: '一号考场', centerUrl: 'https://center.example' },
    cameras: ['USB Camera'],
  });
  expect(ShellMessage.safeParse({ kind: 'start', ...start() }).success).toBe(true);
  writeFileSync(join(data, 'terminal.json'), '{"nmae": 1}');
  expect(start).toThrow('settings-unreadable');
});
