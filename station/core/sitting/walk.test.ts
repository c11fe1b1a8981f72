import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CaptureOutcome } from '../../../contract/words/exam.ts';
import type { Host } from '../../../contract/words/hosts.ts';
import type { ItemId } from '../../../contract/words/ids.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import type { Command } from './command.ts';
import { type Answer, activeMs, MAX_FAILED_CAPTURES, replay } from './index.ts';
import { isAllowed, isStep } from './life-cycle.ts';
import { answer, DURATION_MS, drawn, FORM, judge, openSeated, PROCTOR, SAMPLES } from './sitting.fixture.ts';
import type { SittingStage } from './sitting.ts';

/** A sitting as a few plain facts, counted by hand beside the real one. */
type Model = {
  stage: SittingStage | 'none';
  failed: number;
  /** By the camera, not by a proctor. */
  verified: boolean;
  incidents: number;
  /** What a proctor gave besides. */
  extra: number;
  /** The newest re-capture of this stretch of the exam. */
  seen?: CaptureOutcome | undefined;
  /** Everywhere it was shown. */
  hosts: readonly Host[];
  /** Where it is shown. */
  host?: Host | undefined;
  /** Exam time up to the last event, and when that was. */
  active: number;
  last: number;
  readonly answers: Map<ItemId, Answer>;
};
type Real = ReturnType<typeof openSeated>;

const AFTER_RECAPTURE: Readonly<Record<CaptureOutcome, readonly [SittingStage, incidents: number]>> = {
  match: ['in-progress', 0],
  uncertain: ['in-progress', 0],
  'several-faces': ['in-progress', 1],
  'not-live': ['in-progress', 1],
  'no-face': ['paused', 1],
  mismatch: ['locked', 1],
};
const GOES_TO: Readonly<Partial<Record<Command['kind'], SittingStage>>> = {
  refuse: 'refused',
  unlock: 'in-progress',
  pause: 'locked',
  resume: 'in-progress',
  submit: 'submitted',
  grade: 'graded',
  record: 'recorded',
  close: 'closed',
  move: 'closed',
};

/** What an allowed command makes of the model. @returns whether anything was written down */
function follow(model: Model, command: Command): boolean {
  switch (command.kind) {
    case 'consent':
      model.stage = command.given ? 'capturing' : 'refused';
      return true;
    case 'judge':
      return followJudge(model, command.capture.outcome);
    case 'interrupt':
      model.stage = model.verified ? 'paused' : 'locked';
      model.incidents += 1;
      return true;
    case 'look-again':
      if (!model.verified) return false;
      model.stage = 'capturing';
      return true;
    case 'override':
      model.stage = 'awaiting-unlock';
      model.verified = false;
      return true;
    case 'note':
      model.incidents += 1;
      return true;
    case 'extend':
      model.extra += command.ms;
      return true;
    case 'answer': {
      if (command.revision <= (model.answers.get(command.itemId)?.revision ?? 0)) return false;
      model.answers.set(command.itemId, { chosen: [...new Set(command.chosen)], revision: command.revision });
      return true;
    }
    case 'flag':
      return true;
    case 'host':
      return followTakeUp(model, command.host);
    default:
      if (command.kind === 'unlock') show(model, command.host);
      if (command.kind === 'unlock' || command.kind === 'resume') model.seen = undefined;
      model.stage = GOES_TO[command.kind] ?? model.stage;
      return true;
  }
}

function show(model: Model, host: Host): void {
  model.host = host;
  model.hosts = [...new Set([...model.hosts, host])];
}

/** The exam walked through names no hosts: it is for the locked kiosk. */
function followTakeUp(model: Model, host: Host): true {
  show(model, host);
  if (host !== 'kiosk') {
    model.stage = 'locked';
    model.incidents += 1;
  }
  return true;
}

function followJudge(model: Model, outcome: CaptureOutcome): boolean {
  if (model.stage === 'paused') {
    if (outcome === 'match') {
      model.stage = 'in-progress';
      model.seen = undefined;
    }
    return outcome === 'match';
  }
  if (model.stage === 'in-progress') {
    const [stage, incidents] = AFTER_RECAPTURE[outcome];
    model.stage = stage;
    // What goes on is one incident.
    if (model.seen !== outcome || stage !== 'in-progress') model.incidents += incidents;
    model.seen = outcome;
    return true;
  }
  if (outcome === 'match') {
    model.stage = 'awaiting-unlock';
    model.verified = true;
  } else model.failed += 1;
  if (model.failed >= MAX_FAILED_CAPTURES) model.stage = 'refused';
  return true;
}

/** The running time up to now joins the counted time, as every event does it. */
function count(model: Model, wasRunning: boolean, now: number): void {
  if (wasRunning) model.active += now - model.last;
  model.last = now;
}

const reached = new Set<string>();
/** Steps that a walk took. */
const taken = new Set<string>();

/** Everything that must hold after every step. */
function check(model: Model, real: Real, before: { readonly active: number }): void {
  reached.add(model.stage);
  if (model.stage === 'none') return expect(real.seat.current).toBeUndefined();
  const { sitting, clock, ledger } = real;
  const now = clock.monotonic();
  const running = model.stage === 'in-progress' ? now - model.last : 0;
  expect(sitting.stage).toBe(model.stage);
  expect(sitting.failedCaptures).toBe(model.failed);
  expect(sitting.incidents).toHaveLength(model.incidents);
  expect(sitting.answers).toEqual(model.answers);
  expect([sitting.host, sitting.hosts]).toEqual([model.host, model.hosts]);
  expect(sitting.clock.activeMs).toBeGreaterThanOrEqual(before.active);
  expect(activeMs(sitting.clock, clock.boot, now)).toBe(model.active + running);
  if (sitting.form)
    expect(real.seat.remainingMs()).toBe(Math.max(0, DURATION_MS + model.extra - model.active - running));
  expect(replay(ledger.ofSitting(sitting.id))).toEqual(sitting);
}

const countedBy = (real: Real) => ({ active: real.seat.current?.clock.activeMs ?? 0 });

const answerTo = (model: Model, command: Command): 'ok' | 'not-allowed-now' | 'host-not-allowed' => {
  if (!mayHappen(model, command)) return 'not-allowed-now';
  return command.kind === 'resume' && model.host !== 'kiosk' ? 'host-not-allowed' : 'ok';
};

const ofOtherExams: ReadonlySet<Command['kind']> = new Set(['check', 'study', 'hear-package', 'add-template']);
const mayHappen = ({ stage }: Model, command: Command): boolean => {
  // The exam walked through counts: it tells nobody what is right, is no course, and adds no face to anybody.
  if (stage === 'none' || ofOtherExams.has(command.kind) || !isAllowed(command.kind, stage)) return false;
  return command.kind !== 'submit' || command.cause !== 'handed-in' || stage === 'in-progress';
};

const execute = (command: Command): fc.Command<Model, Real> => ({
  check: () => true,
  run(model, real) {
    const before = countedBy(real);
    const head = real.ledger.head();
    const answered = answerTo(model, command);
    const allowed = answered === 'ok';
    const from = model.stage;
    const wasRunning = from === 'in-progress';
    expect(reasonOf(() => real.seat.execute(command))).toBe(answered);
    if (answered === 'host-not-allowed') reached.add(answered);
    const written = allowed && follow(model, command);
    expect(real.ledger.head().hash !== head.hash).toBe(written);
    if (written) count(model, wasRunning, real.clock.monotonic());
    if (allowed && from !== 'none') {
      expect(isStep(command.kind, from, model.stage as SittingStage)).toBe(true);
      taken.add(`${command.kind} ${from} ${model.stage}`);
    }
    check(model, real, before);
  },
  toString: () => `${command.kind} ${'capture' in command ? command.capture.outcome : ''}`,
});

const wait = (ms: number): fc.Command<Model, Real> => ({
  check: () => true,
  run(model, real) {
    const before = countedBy(real);
    real.clock.advance(ms);
    check(model, real, before);
  },
  toString: () => `wait ${ms}`,
});

/** After it, the station is shown on this host. */
const powerCut = (host: Host): fc.Command<Model, Real> => ({
  check: () => true,
  run(model, real) {
    const before = countedBy(real);
    real.restart(host);
    model.last = 0;
    if (model.stage === 'in-progress') {
      model.stage = model.verified ? 'paused' : 'locked';
      model.incidents += 1;
    }
    if ((model.stage === 'paused' || model.stage === 'locked') && model.host !== host) followTakeUp(model, host);
    if (model.stage === 'awaiting-unlock' && model.verified) model.stage = 'capturing';
    if (model.stage === 'recorded' || model.stage === 'closed') model.stage = 'none';
    check(model, real, before);
  },
  toString: () => `power cut, then ${host}`,
});

const anAnswer = fc
  .tuple(fc.nat(FORM.items.length - 1), fc.array(fc.nat(1), { maxLength: 3 }), fc.integer({ min: 0, max: 4 }))
  .map(([at, places, revision]) =>
    answer(
      drawn(at).itemId,
      places.map((place) => drawn(at).options[place] as never),
      revision,
    ),
  );
const aLook = fc.constantFrom<CaptureOutcome>(
  'match',
  'match',
  'no-face',
  'several-faces',
  'mismatch',
  'not-live',
  'uncertain',
);
const usual = Object.values(SAMPLES).filter(({ kind }) => kind !== 'review' && kind !== 'move');
const anything = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom<Command>(...usual, { kind: 'submit', cause: 'proctor-decision', by: PROCTOR }),
  },
  // Nothing comes after it: seldom, or no walk gets anywhere.
  { weight: 1, arbitrary: fc.constant(SAMPLES.move) },
);
const onward = fc.constantFrom(SAMPLES.consent, SAMPLES.judge, SAMPLES.unlock, SAMPLES.resume, SAMPLES.override);
const declined: Command = { kind: 'consent', given: false, locale: 'en' };

it('walks at random as the few rules say: nothing outside them, no time and no answer lost', () => {
  const steps = fc.commands(
    [
      onward.map(execute),
      onward.map(execute),
      anAnswer.map(execute),
      anAnswer.map(execute),
      aLook.map((outcome) => execute(judge(outcome))),
      anything.map(execute),
      fc.constant(execute(declined)),
      fc.integer({ min: 0, max: 90_000 }).map(wait),
      // Where it may not be sat it goes no further: seldom, or no walk gets anywhere.
      fc.constantFrom<Host>('kiosk', 'kiosk', 'kiosk', 'kiosk', 'browser').map(powerCut),
    ],
    { maxCommands: 60, size: 'max' },
  );
  const begin = () => ({
    model: {
      stage: 'consenting',
      failed: 0,
      verified: false,
      incidents: 0,
      extra: 0,
      active: 0,
      last: 0,
      hosts: [],
      answers: new Map(),
    } as Model,
    real: openSeated('consenting'),
  });
  fc.assert(
    fc.property(steps, (walk) => fc.modelRun(begin, walk)),
    { numRuns: 400 },
  );
  // A walk that never gets anywhere proves nothing.
  expect([...reached]).toEqual(
    expect.arrayContaining(['refused', 'in-progress', 'paused', 'locked', 'submitted', 'none', 'host-not-allowed']),
  );
  expect([...taken]).toEqual(
    expect.arrayContaining([
      'unlock awaiting-unlock in-progress',
      'resume locked in-progress',
      'judge paused in-progress',
    ]),
  );
});
