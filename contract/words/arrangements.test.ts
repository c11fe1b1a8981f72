import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssignedCandidate } from '../station-center/center-api.ts';
import { Arrangements, arrangementsOf, asArranged, OtherArrangements, RegisteredArrangements } from './arrangements.ts';

const WANG = { id: 'cd_wang', name: '王', number: '11010519491231002X', photos: [], examId: 'ex_a', attemptsUsed: 0 };
const ALL: Arrangements = {
  extraMinutes: 10,
  print: 'largest',
  readAloud: true,
  noGestures: true,
  noLight: true,
  language: 'en',
};
const anyArrangements = fc.record(
  {
    extraMinutes: fc.integer({ min: 1, max: 240 }),
    print: fc.constantFrom('large', 'largest'),
    readAloud: fc.constant(true as const),
    noGestures: fc.constant(true as const),
    noLight: fc.constant(true as const),
    language: fc.constantFrom('zh', 'en'),
  },
  { requiredKeys: [] },
);

describe('what is registered for a candidate', () => {
  it('is the same after it went by way of a roster', () => {
    fc.assert(
      fc.property(anyArrangements, (arrangements) => {
        const assigned = AssignedCandidate.parse(JSON.parse(JSON.stringify({ ...WANG, ...asArranged(arrangements) })));
        expect(arrangementsOf(assigned) ?? {}).toEqual(arrangements);
      }),
    );
  });

  it('is time alone where an older center says no more', () => {
    expect(arrangementsOf(AssignedCandidate.parse({ ...WANG, extraMinutes: 15 }))).toEqual({ extraMinutes: 15 });
    expect(arrangementsOf(AssignedCandidate.parse({ ...WANG, extraMinutes: 0 }))).toBeUndefined();
    expect(arrangementsOf(AssignedCandidate.parse(WANG))).toBeUndefined();
  });

  it('says time where an older station reads it', () => {
    expect(asArranged(ALL)).toMatchObject({ extraMinutes: 10 });
    expect(asArranged({ print: 'large' })).not.toHaveProperty('extraMinutes');
    expect(asArranged({})).toEqual({});
  });

  it.each([
    ['a size nobody has yet', { print: 'huge', readAloud: true }, { readAloud: true }],
    ['a language nobody has yet', { language: 'fr', noGestures: true }, { noGestures: true }],
    ['something else that is granted', { pauses: 3, print: 'large' }, { print: 'large' }],
    ['no gestures, but not plainly', { noGestures: 'some' }, undefined],
    ['no list of anything', 'everything', undefined],
  ])('is read where a newer center says %s, and the rest of it holds', (_, arrangements, read) => {
    const assigned = AssignedCandidate.parse({ ...WANG, arrangements });
    expect(arrangementsOf(assigned)).toEqual(read);
  });

  it('is refused to an operator who asks for what is not there', () => {
    expect(RegisteredArrangements.safeParse(ALL).success).toBe(true);
    for (const wrong of [{ print: 'huge' }, { pauses: 3 }, { readAloud: false }, { extraMinutes: 241 }])
      expect(RegisteredArrangements.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
    expect(Arrangements.parse(ALL)).toEqual(ALL);
    expect(OtherArrangements.parse(undefined)).toEqual({});
  });
});
