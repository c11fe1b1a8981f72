import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ShellMessage } from '../../contract/kiosk-messages.ts';
import { readSettings } from './settings.ts';

const where = { userData: '/home/kiosk', unlocked: false };

test('takes what the command line hands over', () => {
  const env = { EXAM_STATION_DATA_DIR: '/data', EXAM_CENTER_URL: 'https://center.example', EXAM_STATION_CODE: 'ABCD' };
  expect(readSettings(env, where)).toEqual({
    locked: true,
    station: { host: 'kiosk', data: '/data', centerUrl: 'https://center.example', enrolmentCode: 'ABCD' },
  });
});

test('stands on its own, and what it says is a valid start', () => {
  const { station } = readSettings({ EXAM_CENTER_URL: '', EXAM_STATION_CODE: '' }, where);
  expect(station).toEqual({
    host: 'kiosk',
    data: join('/home/kiosk', 'station'),
    centerUrl: 'http://127.0.0.1:8480',
  });
  expect(ShellMessage.safeParse({ kind: 'start', ...station }).success).toBe(true);
});

test('is locked whatever the variables say, and unlocked only where that was asked for by name', () => {
  const env = { EXAM_STATION_KIOSK: '0', UNLOCKED: '1', EXAM_STATION_UNLOCKED: '1' };
  expect(readSettings(env, where)).toMatchObject({ locked: true, station: { host: 'kiosk' } });
  const asked = readSettings({}, { ...where, unlocked: true });
  expect(asked).toMatchObject({ locked: false, station: { host: 'kiosk-unlocked' } });
});

test.each(['center', 'ftp://center', 'javascript:1'])('an address that is none is said at once: %s', (url) => {
  expect(() => readSettings({ EXAM_CENTER_URL: url }, where)).toThrow('EXAM_CENTER_URL');
});
