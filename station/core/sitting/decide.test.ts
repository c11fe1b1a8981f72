import { describe, expect, it } from 'vitest';
import { EXAM } from '../../../authoring/bank.fixture.ts';
import { type CaptureOutcome, CaptureOutcome as Outcomes, RecapturePolicy } from '../../../contract/words/exam.ts';
import { ItemId } from '../../../contract/words/ids.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import { MAX_FAILED_CAPTURES, newIncidentId } from './index.ts';
import { answer, capture, DURATION_MS, drawn, judge, openSeated, option, PROCTOR, SAMPLES } from './sitting.fixture.ts';
import { type SittingStage, STAGES } from './sitting.ts';

/** The life cycle as DESIGN 4 means it, written a second time. Everything not here is refused. */
const MAY: Readonly<Record<SittingStage, readonly Command['kind'][]>> = {
  consenting: ['consent', 'refuse', 'close', 'clock'],
  capturing: ['judge', 'refuse', 'close', 'keep', 'clock'],
  refused: ['override', 'close', 'keep', 'clock'],
  'awaiting-unlock': ['unlock', 'close', 'look-again', 'extend', 'keep', 'clock'],
  // Nothing is told of the exam that is sat here, and no course is studied: `check` and `study` are held elsewhere.
  'in-progress': [
    'judge',
    'answer',
    'flag',
    'interrupt',
    'note',
    'pause',
    'submit',
    'extend',
    'move',
    'keep',
    'clock',
    'time',
  ],
  // Handing in is the candidate's; where a proctor must decide, only a proctor ends the exam.
  paused: ['judge', 'note', 'host', 'pause', 'resume', 'extend', 'move', 'review', 'keep', 'clock', 'time'],
  locked: ['note', 'host', 'resume', 'extend', 'move', 'keep', 'clock', 'time'],
  submitted: ['grade', 'keep', 'clock', 'time'],
  graded: ['record', 'keep', 'clock', 'time'],
  recorded: [],
  closed: [],
};
const KINDS = Object.keys(SAMPLES) as Command['kind'][];
const sittingIn = (stage: SittingStage) => openSeated(stage).sitting;
const typesOf = (stage: SittingStage, command: Command) => decide(sittingIn(stage), command).map(({ type }) => type);

describe.each(STAGES)('while %s', (stage) => {
  it('the stage is what its way leads to', () => {
    expect(sittingIn(stage).stage).toBe(stage);
  });

  it.each(KINDS)('%s is allowed exactly where it means something', (kind) => {
    const outcome = reasonOf(() => decide(sittingIn(stage), SAMPLES[kind]));
    // An incident that never was cannot be judged, though this would be the moment.
    const none = kind === 'review' && (stage === 'in-progress' || stage === 'locked');
    expect(outcome).toBe(MAY[stage].includes(kind) ? 'ok' : none ? 'incident-unknown' : 'not-allowed-now');
  });
});

describe('what a command leads to', () => {
  it.each<[Command['kind'], SittingStage, SittingStage]>([
    ['consent', 'consenting', 'capturing'],
    ['judge', 'capturing', 'awaiting-unlock'],
    ['refuse', 'capturing', 'refused'],
    ['override', 'refused', 'awaiting-unlock'],
    ['unlock', 'awaiting-unlock', 'in-progress'],
    ['judge', 'in-progress', 'in-progress'],
    ['interrupt', 'in-progress', 'paused'],
    ['pause', 'in-progress', 'locked'],
    ['pause', 'paused', 'locked'],
    ['judge', 'paused', 'in-progress'],
    ['resume', 'paused', 'in-progress'],
    ['resume', 'locked', 'in-progress'],
    ['submit', 'in-progress', 'submitted'],
    ['grade', 'submitted', 'graded'],
    ['record', 'graded', 'recorded'],
    ['close', 'consenting', 'closed'],
    ['close', 'capturing', 'closed'],
    ['close', 'refused', 'closed'],
    ['close', 'awaiting-unlock', 'closed'],
  ])('%s leads from %s to %s', (kind, from, to) => {
    const station = openSeated(from);
    station.seat.execute(SAMPLES[kind]);
    expect(station.sitting.stage).toBe(to);
  });

  it.each(['in-progress', 'paused', 'locked'] as const)('a proctor ends an exam that is %s', (stage) => {
    const station = openSeated(stage);
    station.seat.execute({ kind: 'submit', cause: 'proctor-decision', by: PROCTOR });
    expect(station.sitting).toMatchObject({ stage: 'submitted', submitCause: 'proctor-decision' });
  });

  it('a note is an incident, and the clock runs on', () => {
    const station = openSeated('in-progress');
    station.seat.execute(SAMPLES.note);
    expect(station.sitting).toMatchObject({
      stage: 'in-progress',
      incidents: [{ reason: 'camera-lost', paused: false }],
    });
  });

  it('is the same for the same sitting and the same command', () => {
    for (const stage of STAGES) {
      for (const kind of MAY[stage]) {
        const sitting = sittingIn(stage);
        const before = structuredClone({ ...sitting });
        expect(decide(sitting, SAMPLES[kind])).toEqual(decide(sitting, SAMPLES[kind]));
        expect({ ...sitting }).toEqual(before);
      }
    }
  });
});

describe('more time', () => {
  it('is added to what is left, with who gave it and why, and survives a power cut', () => {
    const station = openSeated('in-progress');
    station.clock.advance(1_000);
    station.seat.execute(SAMPLES.extend);
    expect(station.seat.remainingMs()).toBe(DURATION_MS - 1_000 + 300_000);
    expect(station.sitting.decisions.at(-1)).toMatchObject({ action: 'extended', by: PROCTOR, note: '读题慢' });
    station.restart();
    expect(station.seat.remainingMs()).toBe(DURATION_MS - 1_000 + 300_000);
  });

  it('given before the exam is there when it begins', () => {
    const station = openSeated('awaiting-unlock');
    station.seat.execute(SAMPLES.extend);
    station.seat.execute(SAMPLES.unlock);
    expect(station.seat.remainingMs()).toBe(DURATION_MS + 300_000);
  });
});

describe('a proctor who looks at an incident', () => {
  it('says what was in it; the newest verdict stands, all are written down', () => {
    const station = openSeated('paused');
    const [incident] = station.sitting.incidents;
    const review = { ...SAMPLES.review, incidentId: incident?.id } as Command;
    station.seat.execute(review);
    station.seat.execute({ ...review, verdict: 'confirmed', note: '离开了座位' } as Command);
    expect([...station.sitting.verdicts.values()]).toEqual(['confirmed']);
    expect(station.sitting.decisions.map(({ action, note }) => [action, note])).toEqual([
      ['unlocked', undefined],
      ['reviewed', '看过了'],
      ['reviewed', '离开了座位'],
    ]);
  });
});

describe('handing in', () => {
  it.each(['in-progress', 'paused', 'locked'] as const)(
    'is done by a proctor for whoever cannot, while %s',
    (stage) => {
      const station = openSeated(stage);
      station.seat.execute({ kind: 'submit', cause: 'handed-in', by: PROCTOR, note: '手受伤' });
      expect(station.sitting).toMatchObject({ stage: 'submitted', submitCause: 'handed-in' });
      expect(station.sitting.decisions.at(-1)).toMatchObject({ action: 'submitted', by: PROCTOR, note: '手受伤' });
    },
  );

  it.each(['paused', 'locked'] as const)('is not the candidate’s to do while %s', (stage) => {
    expect(reasonOf(() => openSeated(stage).seat.execute(SAMPLES.submit))).toBe('not-allowed-now');
  });
});

describe('consent', () => {
  it('that is declined leads to a proctor, and no camera looks', () => {
    const station = openSeated('consenting');
    station.seat.execute({ ...SAMPLES.consent, given: false } as Command);
    expect(station.sitting).toMatchObject({ stage: 'refused', refusal: 'consent-declined', failedCaptures: 0 });
  });
});

describe('a check-in', () => {
  const FAILURES = Outcomes.options.filter((outcome) => outcome !== 'match');

  it.each(FAILURES)('with %s three times is refused for it, and not before', (outcome) => {
    const station = openSeated('capturing');
    for (let failed = 1; failed < MAX_FAILED_CAPTURES; failed++) {
      station.seat.execute(judge(outcome));
      expect(station.sitting).toMatchObject({ stage: 'capturing', failedCaptures: failed });
    }
    station.seat.execute(judge(outcome));
    expect(station.sitting).toMatchObject({ stage: 'refused', refusal: outcome, failedCaptures: 3 });
    expect(reasonOf(() => station.seat.execute(judge('match')))).toBe('not-allowed-now');
  });

  it('that matches at the third look is verified, with the scores of that look', () => {
    const station = openSeated('capturing');
    for (const outcome of ['no-face', 'uncertain', 'match'] as const) station.seat.execute(judge(outcome));
    expect(station.sitting).toMatchObject({
      stage: 'awaiting-unlock',
      identity: { how: 'verified', similarity: 0.9, live: 0.99, calibration: 'test-1' },
    });
  });

  it('that was refused and overridden says by whom, why and what had been wrong', () => {
    const station = openSeated('capturing');
    for (let n = 0; n < MAX_FAILED_CAPTURES; n++) station.seat.execute(judge('mismatch'));
    station.seat.execute(SAMPLES.override);
    expect(station.sitting.identity).toEqual({
      how: 'overridden',
      by: PROCTOR,
      note: '证件与本人一致',
      reason: 'mismatch',
    });
  });
});

describe('a re-capture', () => {
  it.each<[CaptureOutcome, SittingStage, number]>([
    ['match', 'in-progress', 0],
    ['uncertain', 'in-progress', 0],
    ['several-faces', 'in-progress', 1],
    ['not-live', 'in-progress', 1],
    ['no-face', 'paused', 1],
    ['mismatch', 'locked', 1],
  ])('with %s leads to %s with %i incidents, as the policy says', (outcome, stage, incidents) => {
    const station = openSeated('in-progress');
    station.seat.execute(judge(outcome));
    expect(station.sitting.stage).toBe(stage);
    expect(station.sitting.incidents).toHaveLength(incidents);
    expect(station.sitting.lastCapture).toEqual(capture(outcome));
  });

  it('that only asks to be noted is written down and tells nobody', () => {
    expect(typesOf('in-progress', judge('uncertain'))).toEqual(['captured']);
  });

  it('follows the policy of the exam, whichever it is', () => {
    for (const outcome of Outcomes.options.filter((one) => one !== 'match')) {
      const onOutcome = { ...EXAM.recapture.onOutcome, [outcome]: { action: 'pause', until: 'proctor' } };
      const recapture = RecapturePolicy.parse({ ...EXAM.recapture, onOutcome });
      const station = openSeated('in-progress', { ...EXAM, recapture });
      station.seat.execute(judge(outcome));
      expect(station.sitting).toMatchObject({ stage: 'locked', pauseReason: outcome, incidents: [{ outcome }] });
    }
  });

  it('in noise that hides whether anybody lives tells what to do about it, once, and of plain doubt as well', () => {
    const onOutcome = { ...EXAM.recapture.onOutcome, uncertain: { action: 'incident' as const } };
    const station = openSeated('in-progress', { ...EXAM, recapture: { ...EXAM.recapture, onOutcome } });
    const noisy = { ...capture('uncertain'), reason: 'picture-noisy' as const };
    for (let look = 0; look < 3; look++)
      station.seat.execute({ kind: 'judge', capture: noisy, incidentId: newIncidentId() });
    for (let look = 0; look < 2; look++) station.seat.execute(judge('uncertain'));
    expect(station.sitting.incidents).toMatchObject([
      { reason: 'picture-noisy', outcome: 'uncertain' },
      { reason: 'uncertain', outcome: 'uncertain' },
    ]);
  });

  it('while paused resumes on a match and on nothing else', () => {
    for (const outcome of Outcomes.options.filter((one) => one !== 'match'))
      expect(typesOf('paused', judge(outcome))).toEqual([]);
    expect(typesOf('paused', judge('match'))).toEqual(['captured', 'resumed']);
  });

  it('fails no check-in: the count of failed captures stands', () => {
    const station = openSeated('in-progress');
    station.seat.execute(judge('several-faces'));
    expect(station.sitting.failedCaptures).toBe(0);
  });
});

describe('an answer', () => {
  it('to an item that is not on the form is refused: item-unknown', () => {
    const command = answer(ItemId.parse('it_elsewhere'), [], 1);
    expect(reasonOf(() => decide(sittingIn('in-progress'), command))).toBe('item-unknown');
    const flag: Command = { kind: 'flag', itemId: ItemId.parse('it_elsewhere'), flagged: true };
    expect(reasonOf(() => decide(sittingIn('in-progress'), flag))).toBe('item-unknown');
  });

  it('with an option of another item is refused: option-unknown', () => {
    const command = answer(drawn(0).itemId, [option(0, 0), option(1, 0)], 1);
    expect(reasonOf(() => decide(sittingIn('in-progress'), command))).toBe('option-unknown');
  });

  it('with one option twice has it once', () => {
    const { itemId } = drawn(12);
    const command = answer(itemId, [option(12, 1), option(12, 1), option(12, 0)], 1);
    expect(decide(sittingIn('in-progress'), command)).toMatchObject([{ chosen: [option(12, 1), option(12, 0)] }]);
  });

  it('may be taken back: no option is an answer too', () => {
    const station = openSeated('in-progress');
    station.seat.execute(answer(drawn(0).itemId, [option(0, 1)], 1));
    station.seat.execute(answer(drawn(0).itemId, [], 2));
    expect(station.sitting.answers.get(drawn(0).itemId)).toEqual({ chosen: [], revision: 2 });
  });

  it.each([3, 2, 1, 0, -1])('with revision %i after revision 3 changes nothing', (revision) => {
    const station = openSeated('in-progress');
    station.seat.execute(answer(drawn(0).itemId, [option(0, 0)], 3));
    const before = station.ledger.head();
    station.seat.execute(answer(drawn(0).itemId, [option(0, 1)], revision));
    expect(station.sitting.answers.get(drawn(0).itemId)).toEqual({ chosen: [option(0, 0)], revision: 3 });
    expect(station.ledger.head()).toEqual(before);
  });
});
