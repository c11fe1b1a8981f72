import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandidateId, type Instant, instant, SittingId } from '../../../contract/words/ids.ts';
import { templateOf } from '../../../native/face/index.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openVault } from '../../core/vault/index.ts';
import { assignmentOf, EMBEDDER, LI, WANG, WANGS_PHOTO } from '../../station.fixture.ts';
import { endOf, eraseAgedTemplates, eraseTemplatesOf, nameOfFace, openRoster } from './index.ts';

const [wang, li] = [WANG, LI].map(({ id }) => CandidateId.parse(id)) as [CandidateId, CandidateId];
const SITTING = SittingId.parse('si_one');
const DAY_MS = 86_400_000;
const day = (days: number): Instant => instant(new Date(Date.parse('2026-03-04T05:06:07.890Z') + days * DAY_MS));
const RULE = { most: 2, days: 30 };
/** As many different faces as there are numbers. */
const face = (n: number): Float32Array => Float32Array.from({ length: 256 }, (_, i) => Math.sin((n + 1) * (i + 1)));

function open() {
  const database = openDatabase(':memory:');
  const vault = openVault(randomBytes(32));
  const roster = openRoster(database, vault);
  roster.apply(assignmentOf());
  roster.saveTemplate(wang, WANGS_PHOTO, templateOf(EMBEDDER, [face(0)]));
  const add = (n: number, at: Instant, changes: { sitting?: SittingId; model?: string; rule?: typeof RULE } = {}) =>
    roster.addTemplate(
      { of: wang, sitting: changes.sitting ?? SITTING, model: changes.model ?? EMBEDDER, vector: face(n) },
      changes.rule ?? RULE,
      at,
    );
  const there = (at: Instant, rule = RULE, id = wang) =>
    roster.addedTemplates(id, EMBEDDER, rule, at).map(({ vector }) => vector);
  const count = (): unknown => database.prepare('SELECT count(*) FROM added_templates').pluck().get();
  return { database, vault, roster, add, there, count };
}

describe('a face that was added', () => {
  it('comes back number for number, by its name, and is not among the photos', () => {
    const { roster, add } = open();
    add(1, day(0));
    expect(roster.addedTemplates(wang, EMBEDDER, RULE, day(1))).toEqual([
      { template: nameOfFace(face(1)), vector: face(1) },
    ]);
    expect(roster.template(wang, EMBEDDER)?.vectors).toEqual([face(0)]);
    expect(roster.addedTemplates(li, EMBEDDER, RULE, day(1))).toEqual([]);
  });

  it('lies sealed', () => {
    const { database, add } = open();
    add(1, day(0));
    expect(database.serialize().includes(Buffer.from(face(1).buffer).subarray(0, 16))).toBe(false);
  });

  it('counts until its day, by the exam that added it and by the one that asks', () => {
    const { database, add, there, count } = open();
    add(1, day(0));
    const end = endOf(RULE, day(0));
    expect(end).toBe(day(30));
    expect([there(day(29.9)), there(end), there(day(10), { most: 2, days: 9 })]).toEqual([[face(1)], [], []]);
    expect([eraseAgedTemplates(database, day(29.9)), eraseAgedTemplates(database, end), count()]).toEqual([0, 1, 0]);
  });

  it('is not of a day that has not come: nothing is kept young by a clock that is set back', () => {
    const { add, there } = open();
    add(1, day(20));
    expect(there(day(19))).toEqual([]);
  });

  it('goes once there are newer ones enough', () => {
    const { add, there, count } = open();
    for (const n of [1, 2, 3]) add(n, day(n));
    expect([there(day(4)), count()]).toEqual([[face(3), face(2)], 2]);
    expect(there(day(4), { most: 1, days: 30 })).toEqual([face(3)]);
  });

  it('of another network is none, and goes when the next one comes', () => {
    const { add, there, count } = open();
    add(1, day(0), { model: 'another.onnx@00000000' });
    expect([there(day(1)), count()]).toEqual([[], 1]);
    add(2, day(1));
    expect([there(day(2)), count()]).toEqual([[face(2)], 1]);
  });

  it.each([
    ['a photo that it was held against was taken back', [{ ...WANG, photos: ['c'.repeat(64)] }]],
    ['its person is no longer on the roster', [LI]],
  ])('goes where %s', (_, candidates) => {
    const { roster, add, count } = open();
    add(1, day(0));
    roster.apply(assignmentOf({ candidates }));
    expect(count()).toBe(0);
  });

  it('stays where a photo came besides', () => {
    const { roster, add, there } = open();
    add(1, day(0));
    roster.apply(assignmentOf({ candidates: [{ ...WANG, photos: [WANGS_PHOTO, 'c'.repeat(64)] }] }));
    expect(there(day(1))).toEqual([face(1)]);
  });

  it('goes with what else is erased of its sitting', () => {
    const { database, add, there } = open();
    add(1, day(0));
    add(2, day(0), { sitting: SittingId.parse('si_two') });
    expect([eraseTemplatesOf(database, SITTING), there(day(1))]).toEqual([1, [face(2)]]);
  });

  it.each([
    ['dated anew', `UPDATE added_templates SET at = '${day(100)}', until = '${day(130)}'`],
    ['given to somebody else', `UPDATE added_templates SET candidate = '${LI.id}'`],
  ])('does not open once it is %s', (_, sql) => {
    const { database, add, there } = open();
    add(1, day(0));
    database.exec(sql);
    expect(() => [...there(day(101)), ...there(day(1), RULE, li)]).toThrow();
  });
});

it('are few, of their time, and the newest, whatever was added when', () => {
  const step = fc.record({
    after: fc.integer({ min: -5, max: 40 }),
    rule: fc.record({ most: fc.integer({ min: 1, max: 3 }), days: fc.integer({ min: 1, max: 60 }) }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 15 }), (steps) => {
      const { add, roster, count } = open();
      const addedOn = new Map<string, number>();
      let today = 100;
      for (const [n, { after, rule }] of steps.entries()) {
        today += after;
        add(n + 1, day(today), { rule });
        addedOn.set(nameOfFace(face(n + 1)), today);
        const days = roster
          .addedTemplates(wang, EMBEDDER, rule, day(today))
          .map(({ template }) => addedOn.get(template));
        expect(days[0]).toBe(today);
        expect(days.length).toBeLessThanOrEqual(rule.most);
        expect(count()).toBe(days.length);
        for (const on of days) expect(today - Number(on)).toBeLessThan(rule.days);
      }
    }),
    { numRuns: 60 },
  );
});
