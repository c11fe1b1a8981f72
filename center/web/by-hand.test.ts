import { expect, test } from 'vitest';
import { ExamRecord } from '../../contract/records/index.ts';
import { sha256 } from '../../proof/index.ts';
import { recordOf } from '../testing/index.ts';
import { byHand } from './by-hand.ts';
import { timesIn } from './time.ts';

const ENROLLED = { stationId: 'st_a', tenantId: 'tn_a' } as never;
const at = '2026-03-05T06:20:00.000Z';
const failed = [
  { at, outcome: 'mismatch', similarity: 0.314, live: 0.97 },
  { at, outcome: 'uncertain', reason: 'room-dark' },
];
const byProctor = (changes: object = {}): ExamRecord =>
  recordOf(ENROLLED, {
    format: 'exam-station/record@9',
    identity: { how: 'overridden', by: 'pr_a', note: '照片太旧', reason: 'mismatch' },
    decisions: [{ action: 'overridden', by: 'pr_a', at, compared: ['photo', 'number'] }],
    ...changes,
  } as never);
const shown = (record: ExamRecord, locale: 'zh' | 'en' = 'zh'): string =>
  byHand(locale, timesIn('Asia/Shanghai'), record).text;

test('says what was compared and how each look had failed, with its scores', () => {
  const record = ExamRecord.parse({ ...byProctor(), faces: { reference: [sha256('photo')], failed } });
  expect(shown(record)).toContain('核对了：照片、证件号码');
  expect(shown(record)).toContain('之前 2 次人脸核验未通过');
  const english = shown(record, 'en');
  expect(english).toContain('2 face checks failed before');
  expect(english).toContain('likeness 0.31, live 0.97');
  expect(english).toContain('likeness —, live —');
});

test('says nothing of looks where none had failed, and nothing at all of whom the camera knew', () => {
  expect(shown(byProctor())).not.toContain('<details');
  expect(shown(recordOf(ENROLLED))).toBe('');
});
