import { expect, it } from 'vitest';
import { ExamRecord } from '../contract/records/index.ts';
import { newSigner, recordOf, STATION } from './proof.fixture.ts';
import { timeDoubts, timeNonce } from './time.ts';

const center = newSigner();
const record = (time: object, changes: object = {}): ExamRecord =>
  ExamRecord.parse({
    ...recordOf(1),
    format: 'exam-station/record@9',
    time: { lower: null, token: null, jumps: [], boots: 0, ...time },
    ...changes,
  });
const { startedAt, sittingId, form } = recordOf(1);
const later = (minutes: number): string => new Date(Date.parse(startedAt) + minutes * 60_000).toISOString();
const NONCE = timeNonce({ sittingId, startedAt, formHash: form.formHash });
const token = (at: string, nonce = NONCE, stationId: string = STATION): string =>
  center.sign('exam-station/time', { at, stationId, nonce });
const doubts = (time: object, changes: object = {}) =>
  timeDoubts(record(time, changes), center.publicKey).map(({ reason }) => reason);

it.each<[string, object, readonly string[]]>([
  ['nothing', {}, []],
  ['a time of the center before it', { lower: later(-60) }, []],
  ['one that is after it by less than clocks may be apart', { lower: later(9) }, []],
  ['one that is after it by more', { lower: later(11) }, ['time-contradicted']],
  ['a time signed for it', { token: token(later(1)) }, []],
  ['one that is far from when it says it began', { token: token(later(-43_200)) }, ['time-contradicted']],
  [
    'one that was signed for another sitting',
    { token: token(later(1), 'a'.repeat(64) as never) },
    ['time-contradicted'],
  ],
  ['one for another station', { token: token(later(1), NONCE, 'st_other') }, ['time-contradicted']],
  ['one that nobody signed', { token: 'a.b.c' }, ['time-contradicted']],
  ['a clock that was set', { jumps: [{ at: startedAt, ms: -60_001 }] }, ['clock-set']],
])('a record that says %s', (_, time, reasons) => {
  expect(doubts(time)).toEqual(reasons);
});

it('one that was handed in before it began is doubted, and of what began elsewhere only the clock here', () => {
  expect(doubts({}, { submittedAt: later(-1) })).toEqual(['time-contradicted']);
  const continues = {
    ...{ stationId: 'st_other', sittingId: 'si_0', root: 'si_0' },
    ledger: { sequence: 4, head: 'e'.repeat(64) },
  };
  expect(doubts({ lower: later(60), token: token(later(60)) }, { continues })).toEqual([]);
});

it('an older record says nothing of its times', () => {
  expect(timeDoubts(recordOf(1), center.publicKey)).toEqual([]);
});
