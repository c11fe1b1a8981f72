import { describe, expect, it } from 'vitest';
import { EXAM } from '../../../authoring/bank.fixture.ts';
import { Exam } from '../../../contract/words/exam.ts';
import { IncidentId, Sha256 } from '../../../contract/words/ids.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import type { Command } from './command.ts';
import { type JudgedCapture, leavesNoDoubt } from './index.ts';
import { capture, judge, openSeated, PROCTOR, SAMPLES, WHO } from './sitting.fixture.ts';

const exam = Exam.parse({ ...EXAM, liveness: 'active', templateUpdate: { most: 2, days: 180 } });
const SURE: JudgedCapture = {
  ...capture('match'),
  challenge: { gestures: ['blink'], passed: true },
  light: { outcome: 'answered' },
};
const look = (changes: Partial<JudgedCapture> = {}): Command => ({
  kind: 'judge',
  capture: { ...SURE, ...changes },
  incidentId: IncidentId.parse('in_look'),
});
const { consent, unlock, submit, grade, record } = SAMPLES;
const WAY = { toSit: [consent, look()], within: [unlock], toEnd: [submit, grade, record] };
type Way = { readonly [K in keyof typeof WAY]: readonly Command[] };

function sat(way: Partial<Way> = {}, who: Partial<Parameters<ReturnType<typeof openSeated>['seat']['open']>[0]> = {}) {
  const station = openSeated();
  station.seat.open({ ...WHO, exam, ...who });
  const { toSit, within, toEnd } = { ...WAY, ...way };
  for (const command of [...toSit, ...within, ...toEnd]) station.seat.execute(command);
  return station;
}
const added = (station: ReturnType<typeof openSeated>) => reasonOf(() => station.seat.execute(SAMPLES['add-template']));

describe('the face of a check-in without any doubt', () => {
  it('is added once its record is written, with the line of its look', () => {
    const station = sat();
    const { sitting, ledger } = station;
    expect(leavesNoDoubt(sitting)).toBe(true);
    expect(added(station)).toBe('ok');
    const entries = ledger.ofSitting(sitting.id);
    const line = entries.find(({ event }) => event.type === 'captured')?.sequence;
    expect(entries.at(-1)?.event).toEqual({
      ...{ type: 'template-added', template: 'e'.repeat(64), model: 'net@1', look: line, similarity: 0.7 },
      until: '2026-09-04T05:06:07.890Z',
    });
    expect(ledger.firstBroken()).toBeUndefined();
  });

  it('is not before', () => {
    expect(added(sat({ toEnd: [submit, grade] }))).toBe('not-allowed-now');
  });

  it('is that of the newest look, where a restart asked for another', () => {
    const station = openSeated();
    station.seat.open({ ...WHO, exam });
    for (const command of WAY.toSit) station.seat.execute(command);
    station.restart();
    for (const command of [look(), ...WAY.within, ...WAY.toEnd]) station.seat.execute(command);
    expect(added(station)).toBe('ok');
    const lines = station.ledger.ofSitting(station.sitting.id).filter(({ event }) => event.type === 'captured');
    expect(station.sitting.background.look?.line).toBe(lines[1]?.sequence);
  });
});

const refused = [consent, SAMPLES.refuse, SAMPLES.override];
const doubt = { id: IncidentId.parse('in_1'), reason: 'light-unanswered' } as const;

describe('no face is added', () => {
  it.each<[string, Partial<Way>]>([
    ['of whom a proctor let in by hand', { toSit: refused }],
    ['of whom the first look did not know', { toSit: [consent, judge('mismatch'), look()] }],
    ['without gestures', { toSit: [consent, look({ challenge: undefined, usable: 15 })] }],
    ['that the light did not answer for', { toSit: [consent, look({ light: { outcome: 'cannot-tell' } })] }],
    ['that was not shone at', { toSit: [consent, look({ light: undefined })] }],
    [
      'that only an added one knows',
      { toSit: [consent, look({ byAdded: { template: Sha256.parse('e'.repeat(64)), enrolled: 0.5 } })] },
    ],
    ['a proctor was told of', { toSit: [consent, { ...look(), doubts: [doubt] } as Command] }],
    ['where somebody else was seen later', { within: [unlock, look({ outcome: 'uncertain' })] }],
    ['where something was noted', { within: [unlock, { ...SAMPLES.note, quiet: true } as Command] }],
    ['where there was an incident', { within: [unlock, SAMPLES.note] }],
    ['where the exam stood still', { within: [unlock, SAMPLES.pause, SAMPLES.resume] }],
    ['where the clock was set', { within: [unlock, SAMPLES.clock] }],
    ['where a proctor ended it', { toEnd: [{ ...submit, by: PROCTOR } as Command, grade, record] }],
  ])('%s', (_, way) => {
    // Whoever is let in for other reasons makes no gestures, and is looked at for longer.
    const who = _ === 'without gestures' ? { arrangements: { noGestures: true } as const } : {};
    expect(added(sat(way, who))).toBe('not-allowed-now');
  });

  it.each([
    ['whose number was typed', { identifiedBy: 'typed' as const }],
    ['whom a proctor seated', { seated: { by: PROCTOR, note: '换座位' } }],
    ['whose card had doubts', { doubts: [{ id: doubt.id, reason: 'mismatch' as const }] }],
    ['where the exam does not say so', { exam: Exam.parse({ ...exam, templateUpdate: 'off' }) }],
    ['where it says nothing', { exam: Exam.parse({ ...exam, templateUpdate: undefined }) }],
  ])('%s', (_, who) => {
    expect(added(sat({}, who))).toBe('not-allowed-now');
  });
});
