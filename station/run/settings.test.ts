import { expect, test } from 'vitest';
import { aTerminal } from '../../proof/secrets/terminal.fixture.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { writeTerminal } from '../provision/index.ts';
import { readSettings } from './settings.ts';

test('the command line counts before the environment', () => {
  const settings = readSettings(['--center=https://center.example:1', '--port=8481'], {
    EXAM_STATION_NAME: '北门',
    EXAM_CENTER_URL: 'http://other.example',
    EXAM_STATION_CODE: 'abc',
  });
  expect(settings).toMatchObject({
    centerUrl: 'https://center.example:1',
    port: 8481,
    enrolmentCode: 'abc',
    name: '北门',
  });
});

test('what is written in the data folder counts where both are silent', () => {
  const data = temporaryFolder();
  writeTerminal(data, aTerminal({ reader: '/dev/ttyUSB0' }));
  expect(readSettings([`--data=${data}`], { EXAM_STATION_NAME: '北门' })).toMatchObject({
    ...{ name: '北门', room: '一号考场', centerUrl: 'https://center.example', reader: '/dev/ttyUSB0' },
  });
});

test('a variable that is not right is named', () => {
  expect(() => readSettings([], { EXAM_STATION_SEAT: 'B2' })).toThrow('EXAM_STATION_SEAT is not a seat');
});

test('a key that begins with a dash is a key', () => {
  const key = `-${'A'.repeat(42)}`;
  expect(readSettings([`--center-key=${key}`], {})).toMatchObject({ centerKey: key });
});

test.each([
  [['--port=seven'], '--port is not a port'],
  [['--port=70000'], '--port is not a port'],
  [['--center=nonsense'], '--center is not an http address'],
  [['--center=ftp://center'], '--center is not an http address'],
  [['--center-key=short'], '--center-key is not a public key: it has 43 characters'],
  [[`--name=${'x'.repeat(101)}`], '--name is not a name'],
  [['--nonsense'], '--nonsense'],
])('%s is refused in a sentence', (args, words) => {
  expect(() => readSettings(args, {})).toThrow(words);
});

test('what is wrong is not repeated: it may be a secret in the wrong place', () => {
  expect(() => readSettings(['--port=ABCD-EFGH'], {})).toThrow(
    /^--port is not a port: that is a number from 0 to 65535$/,
  );
});

test('what is empty says nothing', () => {
  const settings = readSettings(['--center=', '--port=', '--code='], { EXAM_STATION_NAME: '' });
  expect(settings).toMatchObject({ centerUrl: 'http://127.0.0.1:8480', port: 0 });
  expect(settings).not.toHaveProperty('enrolmentCode');
  expect(settings).not.toHaveProperty('name');
});
