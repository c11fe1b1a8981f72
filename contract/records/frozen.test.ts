import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../proof/index.ts';
import { CAPTURE_OUTCOMES, ExamMode } from '../words/exam.ts';
import { HOSTS } from '../words/hosts.ts';
import { ReasonCode } from '../words/reasons.ts';
import { RecordBefore } from './before.fixture.ts';
import { COMPARED_FIELDS, DecisionEntry, ExamRecord, RECORD_FORMATS, recordFormatFor, Verdict } from './index.ts';
import { WORDS_1_TO_6 } from './reasons-1-to-6.ts';

const GOLDEN = join(import.meta.dirname, 'golden');
const textOf = (file: string): string => readFileSync(join(GOLDEN, file), 'utf8');
const sums = JSON.parse(textOf('sha256.json')) as Readonly<Record<string, string>>;
const files = readdirSync(GOLDEN).filter((name) => name.endsWith('.record'));
const full = (version: number) => JSON.parse(textOf(`v${version}-full.record`));

describe('a golden record', () => {
  it('is there twice for every version, least and full', () => {
    const expected = RECORD_FORMATS.flatMap((_, at) => [`v${at + 1}-full.record`, `v${at + 1}-least.record`]);
    expect(files.toSorted()).toEqual(expected.toSorted());
    expect(Object.keys(sums).toSorted()).toEqual(expected.toSorted());
  });

  it.each(files)('%s has the bytes it was signed over, read and written again', (file) => {
    const text = textOf(file);
    expect(sha256(text)).toBe(sums[file]);
    const record = ExamRecord.parse(JSON.parse(text));
    expect(record.format).toBe(`exam-station/record@${/v(\d+)/.exec(file)?.[1]}`);
    expect(canonicalJson(record)).toBe(text);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'that says all an @%i can say needs that version, and no older one reads it',
    (version) => {
      expect(recordFormatFor(ExamRecord.parse(full(version)))).toBe(RECORD_FORMATS[version - 1]);
      for (const format of RECORD_FORMATS.slice(0, version - 1))
        expect(ExamRecord.safeParse({ ...full(version), format }).success).toBe(false);
      for (const format of RECORD_FORMATS.slice(version - 1))
        expect(ExamRecord.safeParse({ ...full(version), format }).success).toBe(true);
    },
  );
});

describe('a frozen schema', () => {
  it('imports nothing that lives', () => {
    const frozen = readdirSync(import.meta.dirname).filter((name) => /^(v\d+|[a-z]+-\d+-to-\d+)\.ts$/.test(name));
    expect(frozen).toHaveLength(13);
    for (const name of frozen) {
      const text = readFileSync(join(import.meta.dirname, name), 'utf8');
      for (const [, from = ''] of text.matchAll(/from '([^']+)'/g))
        expect(from, name).toMatch(/^(zod|\.\/[a-z]+-\d+-to-\d+\.ts)$/);
    }
  });

  /** A new word of one of these needs a new version: no `@10` could say it. */
  it('of the newest version can say whatever the station writes, but for reasons, which are open', () => {
    const base = full(10);
    const [incident] = base.incidents;
    const [decision] = base.decisions;
    const says = (changes: object): boolean => ExamRecord.safeParse({ ...base, ...changes }).success;
    for (const outcome of CAPTURE_OUTCOMES) expect(says({ incidents: [{ ...incident, outcome }] })).toBe(true);
    for (const host of HOSTS) expect(says({ hosts: [host] })).toBe(true);
    for (const action of DecisionEntry.unwrap().shape.action.options)
      expect(says({ decisions: [{ ...decision, action }] })).toBe(true);
    for (const verdict of Verdict.options) expect(says({ decisions: [{ ...decision, verdict }] })).toBe(true);
    expect(says({ decisions: [{ ...decision, compared: COMPARED_FIELDS }] })).toBe(true);
    for (const mode of ExamMode.options)
      expect(says({ exam: { ...base.exam, mode }, ...(mode === 'learning' ? {} : { learning: undefined }) })).toBe(
        true,
      );
  });
});

describe('a word of the future', () => {
  const saying = (format: string, reason: string) => ({
    ...full(6),
    format,
    incidents: [{ ...full(6).incidents[0], reason }],
  });

  it('makes a record an @7, which is read and keeps it', () => {
    const record = ExamRecord.parse(saying('exam-station/record@7', 'ultrasound-heard'));
    expect(record.incidents[0]?.reason).toBe('ultrasound-heard');
    expect(recordFormatFor(record)).toBe('exam-station/record@7');
    expect(canonicalJson(record)).toBe(canonicalJson(saying('exam-station/record@7', 'ultrasound-heard')));
  });

  it.each(RECORD_FORMATS.slice(0, 6))('is nothing that %s can say', (format) => {
    expect(ExamRecord.safeParse(saying(format, 'ultrasound-heard')).success).toBe(false);
  });

  it.each(['', 'No-Face', 'no face', '-face', 'face-', 'a--b', '1st', 'a'.repeat(65), 'größe'])('is no %j', (word) => {
    expect(ExamRecord.safeParse(saying('exam-station/record@7', word)).success).toBe(false);
    expect(ReasonCode.safeParse(word).success).toBe(false);
  });

  it('and any word of the first versions is a code, whatever the product calls it today', () => {
    expect(WORDS_1_TO_6.filter((word) => !ReasonCode.safeParse(word).success)).toEqual([]);
  });
});

describe('every version from @1 to @6', () => {
  /** Right nearly always: whole records have many parts. */
  const mostly = <T, U>(right: fc.Arbitrary<T>, ...wrong: readonly U[]) =>
    fc.oneof({ weight: 40, arbitrary: right }, fc.constantFrom(...wrong));
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });
  const few = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 2 });
  const whole = (record: object): object => JSON.parse(JSON.stringify(record));
  const word = mostly(fc.constantFrom(...WORDS_1_TO_6), 'of-later', 'Not', '');
  const proctor = mostly(fc.constantFrom('pr_zhao', 'pr_qian'), 'zhao');
  const at = fc.constant('2026-03-05T06:00:07.890Z');
  const decision = fc.record({
    ...{ action: mostly(fc.constantFrom(...DecisionEntry.unwrap().shape.action.options), 'danced'), by: proctor, at },
    note: maybe(fc.string()),
    second: maybe(proctor),
    via: maybe(mostly(fc.constantFrom('cm_1', 'ss_1'), 'xx_1')),
    compared: maybe(mostly(fc.subarray(['photo', 'name', 'number', 'birth-date']), ['smell'])),
    ms: maybe(mostly(fc.constantFrom(1, 60_000), 0, 1.5)),
    incidentId: maybe(mostly(fc.constant('in_1'), 'in-1')),
    verdict: maybe(mostly(fc.constantFrom('confirmed', 'dismissed'), 'forgotten')),
    mood: maybe(fc.constant('unknown to all of them')),
  });
  const identity = fc.oneof(
    fc.constant({ how: 'verified', similarity: 0.8, live: 0.9, calibration: 'c', more: 1 }),
    fc.record({ how: fc.constant('overridden'), by: proctor, note: fc.string(), reason: word }),
  );
  const incident = fc.record({
    ...{ id: fc.constant('in_1'), reason: word, at, paused: fc.boolean() },
    outcome: maybe(mostly(fc.constantFrom(...CAPTURE_OUTCOMES), 'gone')),
  });
  const answer = fc.record({
    ...{ itemId: fc.constant('it_1'), chosen: fc.subarray(['op_1', 'op_2']), marks: fc.constantFrom(0, 1.5) },
    typed: maybe(mostly(fc.string({ maxLength: 40 }), 'x'.repeat(41))),
  });
  const record = fc
    .record({
      format: mostly(fc.constantFrom(...RECORD_FORMATS.slice(0, 6)), 'exam-station/record@0'),
      ...{ identity, incidents: few(incident), decisions: few(decision), answers: few(answer) },
      continues: maybe(mostly(fc.constant(full(4).continues), { ...full(4).continues, more: 1 })),
      hosts: maybe(mostly(fc.subarray([...HOSTS], { minLength: 1 }), [], ['kiosk', 'kiosk'], ['phone'])),
      grant: mostly(fc.constant(undefined), 'gr_1'),
    })
    .map((changes) => whole({ ...full(1), ...changes }));

  it('accepts what it accepted before, in the same bytes, and nothing else', () => {
    let accepted = 0;
    fc.assert(
      fc.property(record, (said) => {
        const [before, now] = [RecordBefore.safeParse(said), ExamRecord.safeParse(said)];
        expect(now.success).toBe(before.success);
        if (!before.success || !now.success) return;
        accepted += 1;
        expect(canonicalJson(now.data)).toBe(canonicalJson(before.data));
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });

  it('is the one that is chosen where it is the oldest that can say it', () => {
    const anything = fc.record({ identity, incidents: few(incident), decisions: few(decision), answers: few(answer) });
    const asNewest = anything.map((changes) =>
      whole({ ...full(7), ...changes, continues: undefined, grant: undefined }),
    );
    fc.assert(
      fc.property(asNewest, fc.boolean(), (said, hosted) => {
        const { hosts, ...rest } = said as { hosts: unknown };
        const newest = ExamRecord.safeParse({ ...rest, ...(hosted ? { hosts } : {}) });
        fc.pre(newest.success);
        const format = recordFormatFor(newest.data);
        const able = RECORD_FORMATS.filter((one) => ExamRecord.safeParse({ ...newest.data, format: one }).success);
        expect(able[0]).toBe(format);
      }),
      { numRuns: 1_000 },
    );
  });
});
