import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ShellMessage } from '../contract/kiosk-messages.ts';
import { readSettings } from './settings.ts';

const where = { userData: '/home/kiosk', packaged: false };

test('takes what the command line hands over', () => {
  const env = { EXAM_STATION_DATA_DIR: '/data', EXAM_CENTER_URL: 'https://center.example', EXAM_STATION_CODE: 'ABCD' };
  expect(readSettings(env, where)).toEqual({
    locked: false,
    station: { data: '/data', centerUrl: 'https://center.example', enrolmentCode: 'ABCD' },
  });
});

test('stands on its own, and what it says is a valid start', () => {
  const { station } = readSettings({ EXAM_CENTER_URL: '', EXAM_STATION_CODE: '' }, where);
  expect(station).toEqual({ data: join('/home/kiosk', 'station'), centerUrl: 'http://127.0.0.1:8480' });
  expect(ShellMessage.safeParse({ kind: 'start', ...station }).success).toBe(true);
});

test('no variable unlocks an installed kiosk', () => {
  expect(readSettings({ EXAM_STATION_KIOSK: '0' }, { ...where, packaged: true }).locked).toBe(true);
  expect(readSettings({ EXAM_STATION_KIOSK: '1' }, where).locked).toBe(true);
});

test.each(['center', 'ftp://center', 'javascript:1'])('an address that is none is said at once: %s', (url) => {
  expect(() => readSettings({ EXAM_CENTER_URL: url }, where)).toThrow('EXAM_CENTER_URL');
});
