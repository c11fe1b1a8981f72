import { BANK, EXAM } from '../../../authoring/bank.fixture.ts';
import { drawForm } from '../../../authoring/drawing/index.ts';
import type { CaptureOutcome } from '../../../contract/words/exam.ts';
import type { Host } from '../../../contract/words/hosts.ts';
import {
  CandidateId,
  IncidentId,
  Instant,
  type ItemId,
  LessonId,
  type OptionId,
  PackageOpeningId,
  ProctorId,
  Sha256,
  StationId,
  TenantId,
} from '../../../contract/words/ids.ts';
import { manualClock } from '../../station.fixture.ts';
import { openDatabase } from '../database/index.ts';
import { openLedger } from '../ledger/index.ts';
import type { Command } from './command.ts';
import { type JudgedCapture, newIncidentId, openCurrentSitting, SittingEvent } from './index.ts';
import type { SittingStage } from './sitting.ts';

export const PROCTOR = ProctorId.parse('pr_zhao');
export const FORM = drawForm(BANK, EXAM.blueprint, 'a sitting');
export const WHO = {
  tenantId: TenantId.parse('tn_test'),
  candidateId: CandidateId.parse('cd_wang'),
  exam: EXAM,
  identifiedBy: 'card' as const,
};
export const DURATION_MS = 600_000;

export const capture = (outcome: CaptureOutcome): JudgedCapture => ({
  outcome,
  similarity: outcome === 'match' ? 0.9 : 0.1,
  live: 0.99,
  frames: 5,
  usable: 5,
  calibration: 'test-1',
});

export const judge = (outcome: CaptureOutcome): Command => ({
  kind: 'judge',
  capture: capture(outcome),
  incidentId: newIncidentId(),
});
export const answer = (itemId: ItemId, chosen: readonly OptionId[], revision: number): Command => ({
  kind: 'answer',
  itemId,
  chosen,
  revision,
});

/** Item and options at a place of the form. */
export const drawn = (at: number): (typeof FORM.items)[number] => FORM.items[at] as (typeof FORM.items)[number];
export const option = (at: number, place: number): OptionId => drawn(at).options[place] as OptionId;

/** One command of each kind, right in itself. */
export const SAMPLES: Readonly<Record<Command['kind'], Command>> = {
  consent: { kind: 'consent', given: true, locale: 'zh' },
  judge: judge('match'),
  refuse: { kind: 'refuse', reason: 'no-enrolment' },
  override: { kind: 'override', by: PROCTOR, note: '证件与本人一致' },
  unlock: { kind: 'unlock', by: PROCTOR, form: FORM, durationMs: DURATION_MS, host: 'kiosk' },
  answer: answer(drawn(0).itemId, [option(0, 0)], 1),
  check: { kind: 'check', itemId: drawn(0).itemId },
  study: { kind: 'study', lessonId: LessonId.parse('le_film'), ms: 5_000, position: 5 },
  'hear-package': {
    kind: 'hear-package',
    lessonId: LessonId.parse('le_package'),
    opening: PackageOpeningId.parse('po_1'),
    said: { status: 'completed' },
  },
  flag: { kind: 'flag', itemId: drawn(0).itemId, flagged: true },
  interrupt: { kind: 'interrupt', reason: 'camera-lost', incidentId: IncidentId.parse('in_1') },
  note: { kind: 'note', reason: 'camera-lost', incidentId: IncidentId.parse('in_2') },
  extend: { kind: 'extend', ms: 300_000, by: PROCTOR, note: '读题慢' },
  move: { kind: 'move', to: StationId.parse('st_spare'), by: PROCTOR, note: '屏幕坏了' },
  review: { kind: 'review', incidentId: IncidentId.parse('in_1'), verdict: 'dismissed', by: PROCTOR, note: '看过了' },
  keep: { kind: 'keep', of: 'check-in', picture: Sha256.parse('d'.repeat(64)) },
  clock: { kind: 'clock', ms: -86_400_000 },
  time: { kind: 'time', token: 'a.b.c' },
  host: { kind: 'host', host: 'kiosk', incidentId: IncidentId.parse('in_3') },
  pause: { kind: 'pause', by: PROCTOR },
  resume: { kind: 'resume', by: PROCTOR },
  submit: { kind: 'submit', cause: 'handed-in' },
  grade: { kind: 'grade', marks: 12, passed: false },
  record: { kind: 'record', recordHash: Sha256.parse('c'.repeat(64)) },
  'add-template': {
    kind: 'add-template',
    template: Sha256.parse('e'.repeat(64)),
    ...{ model: 'net@1', similarity: 0.7, until: Instant.parse('2026-09-04T05:06:07.890Z') },
  },
  close: { kind: 'close', reason: 'candidate-left' },
  'look-again': { kind: 'look-again' },
};

const START: readonly Command[] = [SAMPLES.consent, SAMPLES.judge, SAMPLES.unlock];
const OVER: readonly Command[] = [...START, SAMPLES.submit, SAMPLES.grade, SAMPLES.record];

/** What leads from an empty seat to each stage. */
export const WAYS: Readonly<Record<SittingStage, readonly Command[]>> = {
  consenting: [],
  capturing: START.slice(0, 1),
  refused: [SAMPLES.consent, SAMPLES.refuse],
  'awaiting-unlock': START.slice(0, 2),
  'in-progress': START,
  paused: [...START, SAMPLES.interrupt],
  locked: [...START, SAMPLES.pause],
  submitted: OVER.slice(0, 4),
  graded: OVER.slice(0, 5),
  recorded: OVER,
  closed: [SAMPLES.close],
};

/** A station's ledger and its seat, which can be opened again as after a power cut. */
export function openSeated(stage?: SittingStage, exam = EXAM) {
  const clock = manualClock();
  const ledger = openLedger(openDatabase(':memory:'), clock, SittingEvent.parse);
  let seat = openCurrentSitting(ledger, clock, { host: 'kiosk' });
  if (stage) {
    seat.open({ ...WHO, exam });
    for (const command of WAYS[stage]) seat.execute(command);
  }
  return {
    clock,
    ledger,
    get seat() {
      return seat;
    },
    get sitting() {
      if (!seat.current) throw new Error('nobody sits here');
      return seat.current;
    },
    /** The power goes and comes back, perhaps on another host. */
    restart(host: Host = 'kiosk') {
      clock.reboot();
      seat = openCurrentSitting(ledger, clock, { host });
    },
  };
}
