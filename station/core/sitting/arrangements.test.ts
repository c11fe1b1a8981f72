import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXAM } from '../../../authoring/bank.fixture.ts';
import type { Arrangements } from '../../../contract/words/arrangements.ts';
import { CaptureOutcome, type Exam } from '../../../contract/words/exam.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { manualClock } from '../../station.fixture.ts';
import { openDatabase } from '../database/index.ts';
import { openLedger } from '../ledger/index.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import {
  asksForGestures,
  type JudgedCapture,
  LONG_LOOK,
  newIncidentId,
  openCurrentSitting,
  SittingEvent,
} from './index.ts';
import { capture, SAMPLES, WHO } from './sitting.fixture.ts';

const INCIDENT = newIncidentId();
const ACTIVE: Exam = { ...EXAM, liveness: 'active' };

/** Somebody sits here, with what is registered for them. */
function seatedWith(arrangements: Arrangements | undefined, exam: Exam, ...commands: readonly Command[]) {
  const clock = manualClock();
  const ledger = openLedger(openDatabase(':memory:'), clock, SittingEvent.parse);
  const seat = openCurrentSitting(ledger, clock, { host: 'kiosk' });
  seat.open({ ...WHO, exam, ...(arrangements ? { arrangements } : {}) });
  for (const command of commands) seat.execute(command);
  return { clock, ledger, sitting: seat.taken() };
}
const look = (usable: number): Command => ({
  ...{ kind: 'judge', incidentId: newIncidentId() },
  capture: { ...capture('match'), frames: usable, usable, challenge: { gestures: ['blink'], passed: true } },
});
const STAGES: Readonly<Record<'capturing' | 'paused' | 'in-progress', readonly Command[]>> = {
  capturing: [SAMPLES.consent],
  paused: [SAMPLES.consent, look(LONG_LOOK), SAMPLES.unlock, SAMPLES.interrupt],
  'in-progress': [SAMPLES.consent, look(LONG_LOOK), SAMPLES.unlock],
};

const anyArrangements: fc.Arbitrary<Arrangements> = fc.record(
  {
    extraMinutes: fc.integer({ min: 1, max: 240 }),
    print: fc.constantFrom('large', 'largest'),
    readAloud: fc.constant(true as const),
    noGestures: fc.constant(true as const),
    language: fc.constantFrom('zh', 'en'),
  },
  { requiredKeys: [] },
);
const anyCapture: fc.Arbitrary<JudgedCapture> = fc
  .record({
    outcome: fc.constantFrom(...CaptureOutcome.options),
    usable: fc.integer({ min: 0, max: 2 * LONG_LOOK }),
    passed: fc.constantFrom(undefined, true, false),
  })
  .map(({ outcome, usable, passed }) => ({
    ...{ ...capture(outcome), usable, frames: usable },
    ...(passed === undefined ? {} : { challenge: { gestures: ['blink' as const], passed } }),
  }));
const anyStage = fc.constantFrom(...(Object.keys(STAGES) as (keyof typeof STAGES)[]));

/** What a capture leads to; `refused` where it is not even taken. */
function made(arrangements: Arrangements | undefined, exam: Exam, stage: keyof typeof STAGES, seen: JudgedCapture) {
  const { sitting } = seatedWith(arrangements, exam, ...STAGES[stage]);
  try {
    const events = decide(sitting, { kind: 'judge', capture: seen, incidentId: INCIDENT });
    return events.map((event) => ({ ...event }));
  } catch (error) {
    if (error instanceof Refusal) return 'refused';
    throw error;
  }
}
const letsIn = (events: ReturnType<typeof made>): boolean =>
  events !== 'refused' && events.some(({ type }) => type === 'verified' || type === 'resumed');

describe('what is registered for a candidate', () => {
  it('lets nobody in whose face does not match, nor whom the exam wanted more of than was seen', () => {
    fc.assert(
      fc.property(anyArrangements, anyStage, anyCapture, (arrangements, stage, seen) => {
        const events = made(arrangements, ACTIVE, stage, seen);
        if (!letsIn(events)) return;
        expect(seen.outcome).toBe('match');
        if (arrangements.noGestures) expect(seen.usable).toBeGreaterThanOrEqual(LONG_LOOK);
        else expect(seen.challenge?.passed).toBe(true);
      }),
    );
  });

  it('changes nothing about a face that does not match', () => {
    const other = anyCapture.filter(({ outcome }) => outcome !== 'match');
    fc.assert(
      fc.property(anyArrangements, anyStage, other, (arrangements, stage, seen) => {
        expect(made(arrangements, ACTIVE, stage, seen)).toEqual(made(undefined, ACTIVE, stage, seen));
      }),
    );
  });

  it('changes nothing where the exam asks nobody for gestures, and but for gestures nothing elsewhere', () => {
    fc.assert(
      fc.property(anyArrangements, anyStage, anyCapture, ({ noGestures, ...others }, stage, seen) => {
        const all = { ...others, ...(noGestures ? { noGestures } : {}) };
        expect(made(all, EXAM, stage, seen)).toEqual(made(undefined, EXAM, stage, seen));
        expect(made(others, ACTIVE, stage, seen)).toEqual(made(undefined, ACTIVE, stage, seen));
      }),
    );
  });

  it('lets in after a long look, and after a short one refuses', () => {
    const seen = (usable: number) => ({ ...capture('match'), usable, frames: usable });
    expect(letsIn(made({ noGestures: true }, ACTIVE, 'capturing', seen(LONG_LOOK)))).toBe(true);
    expect(made({ noGestures: true }, ACTIVE, 'capturing', seen(LONG_LOOK - 1))).toBe('refused');
    expect(made(undefined, ACTIVE, 'capturing', seen(LONG_LOOK))).toBe('refused');
    expect(letsIn(made({ noGestures: true }, ACTIVE, 'paused', seen(LONG_LOOK)))).toBe(true);
    expect(made({ noGestures: true }, ACTIVE, 'paused', seen(LONG_LOOK - 1))).toEqual([]);
  });

  it('is in the ledger from the first line, and there again after a power cut', () => {
    const arrangements = { extraMinutes: 10, print: 'large', noGestures: true, language: 'en' } as const;
    const { clock, ledger, sitting } = seatedWith(arrangements, ACTIVE, SAMPLES.consent);
    expect(ledger.ofSitting(sitting.id)[0]?.event).toMatchObject({ type: 'opened', arrangements });
    clock.reboot();
    const after = openCurrentSitting(ledger, clock, { host: 'kiosk' }).taken();
    expect(after.arrangements).toEqual(arrangements);
    expect([asksForGestures(after), asksForGestures(seatedWith(undefined, ACTIVE).sitting)]).toEqual([false, true]);
  });

  it('is nowhere in the ledger where nothing is registered', () => {
    const { ledger, sitting } = seatedWith(undefined, ACTIVE);
    expect(ledger.ofSitting(sitting.id)[0]?.event).not.toHaveProperty('arrangements');
    expect(sitting).not.toHaveProperty('arrangements');
  });
});
