import { expect, it } from 'vitest';
import { ExamRecord, newerFormatIn, RECORD_FORMATS, recordFormatFor, recordVersion } from './index.ts';

type Said = Parameters<typeof recordFormatFor>[0];
type Code = Said['incidents'][number]['reason'];
type Decision = Said['decisions'][number];

const at = '2026-11-25T08:00:00.000Z' as Decision['at'];
const by = 'pr_zhao' as Decision['by'];
const decided = (...decisions: readonly Partial<Decision>[]): Said => ({
  identity: { how: 'verified', similarity: 0.9, live: 0.9, calibration: 'test-1' },
  answers: [],
  incidents: [],
  decisions: decisions.map((one) => ({ action: 'unlocked', by, at, ...one })),
});

it.each<[string, string, Said]>([
  ['nothing but an unlocking', 'record@1', decided({ note: 'as ever' })],
  ['a number as an answer', 'record@2', { ...decided({}), answers: [{ typed: '12.5' }] }],
  ['two proctors', 'record@3', decided({ second: 'pr_qian' as Decision['by'] })],
  ['more time, as it was written down before it said how much', 'record@3', decided({ action: 'extended' })],
  ['a seat that is another one', 'record@4', decided({ action: 'seated' })],
  ['a word from elsewhere', 'record@4', decided({ via: 'cm_1' as never })],
  ['how much time was given', 'record@5', decided({}, { action: 'extended', ms: 60_000 })],
  ['what was compared', 'record@5', decided({ action: 'overridden', compared: ['photo', 'name'] })],
  ['what was made of an incident', 'record@5', decided({ action: 'reviewed', verdict: 'dismissed' })],
  ['where it was shown', 'record@6', { ...decided({}), hosts: ['kiosk'] }],
  ['a known reason', 'record@1', { ...decided({}), incidents: [{ reason: 'no-face' }] }],
  ['a reason that is new since', 'record@7', { ...decided({}), incidents: [{ reason: 'of-later' as Code }] }],
  ['a grant', 'record@7', { ...decided({}), grant: 'gr_1' as never }],
  ['a course', 'record@8', { ...decided({}), learning: {} }],
  ['a number typed by hand', 'record@1', { ...decided({}), identifiedBy: 'typed' }],
  ['another way of knowing somebody', 'record@9', { ...decided({}), identifiedBy: 'document-scanned' }],
  ['a document', 'record@9', { ...decided({}), document: 'passport' }],
  ['what judged it', 'record@9', { ...decided({}), basis: {} }],
  ['pictures', 'record@9', { ...decided({}), faces: {}, learning: {} }],
  ['its times', 'record@9', { ...decided({}), time: {} }],
  ['a start that was granted', 'record@9', { ...decided({}), claim: 'granted' }],
  ['words in gaps', 'record@10', { ...decided({}), answers: [{ gaps: ['安全第一'] }] }],
  ['pairs', 'record@10', { ...decided({}), answers: [{ pairs: [] }] }],
])('a record that tells of %s is a %s', (_, format, said) => {
  expect(recordFormatFor(said)).toBe(`exam-station/${format}`);
});

it('a record that says more than its format has is refused', () => {
  const decisions = decided({ action: 'extended', ms: 60_000 }).decisions;
  const issues = (format: string) =>
    (ExamRecord.safeParse(recordOf(format, decisions)).error?.issues ?? []).map(({ message }) => message);
  expect(issues('exam-station/record@4')).toEqual(['it says what its format does not have']);
  expect(issues('exam-station/record@5')).toEqual([]);
});

it('a record of a course says how long it was studied, and no other does', () => {
  const { exam, ...rest } = recordOf('exam-station/record@8', []);
  const learning = { courseId: 'co_1', courseHash: HASH, lessons: [], complete: false };
  const says = (mode: string, more: object): boolean =>
    ExamRecord.safeParse({ ...rest, exam: { ...exam, mode }, ...more }).success;
  expect([says('learning', { learning }), says('formal', {})]).toEqual([true, true]);
  expect([says('learning', {}), says('formal', { learning })]).toEqual([false, false]);
});

it('the list of formats is in the order of their numbers', () => {
  expect(RECORD_FORMATS.map(recordVersion)).toEqual(RECORD_FORMATS.map((_, at) => at + 1));
});

it('a version is a number: @10 is newer than @9', () => {
  expect(recordVersion('exam-station/record@10')).toBe(10);
  expect(['exam-station/record@0', 'exam-station/record@1x', 'record@1', 7].map(recordVersion)).toEqual(
    Array(4).fill(undefined),
  );
});

it.each<[unknown, string | undefined]>([
  [[{ format: 'exam-station/record@6' }, { format: 'exam-station/record@11' }], 'exam-station/record@11'],
  [[{ format: 'exam-station/record@10' }, {}, null, 3], undefined],
  ['no list', undefined],
])('of %j the one that is newer than known is %s', (records, newer) => {
  expect(newerFormatIn(records)).toBe(newer);
});

it.each([
  ['exam-station/record@5', ['kiosk'], false],
  ['exam-station/record@6', ['kiosk'], true],
  ['exam-station/record@6', ['kiosk', 'browser'], true],
  ['exam-station/record@6', ['kiosk', 'kiosk'], false],
  ['exam-station/record@6', [], false],
  ['exam-station/record@1', undefined, true],
])('a %s that was shown on %j is one: %s', (format, hosts, is) => {
  const { success } = ExamRecord.safeParse({ ...recordOf(format, []), ...(hosts ? { hosts } : {}) });
  expect(success).toBe(is);
});

const recordOf = (format: string, decisions: Said['decisions']) => ({
  format,
  stationId: 'st_1',
  tenantId: 'tn_1',
  sittingId: 'si_1',
  candidateId: 'cd_1',
  exam: { id: 'ex_1', title: { zh: '考试', en: 'Exam' }, mode: 'formal' },
  form: { bankId: 'bk_1', bankHash: HASH, blueprintHash: HASH, seed: 'seed', formHash: HASH },
  identifiedBy: 'card',
  identity: { how: 'overridden', by, note: 'as on the card', reason: 'uncertain' },
  startedAt: at,
  submittedAt: at,
  cause: 'handed-in',
  activeMs: 0,
  marks: 0,
  fullMarks: 100,
  passMarks: 80,
  passed: false,
  answers: [],
  incidents: [],
  decisions,
  ledger: { sequence: 1, head: HASH },
});
const HASH = '0'.repeat(64);
