import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { Assignment } from '../../contract/station-center/center-api.ts';
import { Exam, type Gesture, USUAL_RECAPTURE } from '../../contract/words/exam.ts';
import { CandidateId, Sha256 } from '../../contract/words/ids.ts';
import type { LightOutcome, ScreenColour } from '../../contract/words/light.ts';
import type { FaceEngine, Template, Thresholds } from '../../native/face/index.ts';
import { ROOM, shoneAt } from '../../native/face/performer/index.ts';
import type { Film } from '../../native/presentation-attacks/index.ts';
import { systemClock } from '../../station/core/clock/index.ts';
import { openDatabase } from '../../station/core/database/index.ts';
import { openLedger } from '../../station/core/ledger/index.ts';
import { openCurrentSitting, SittingEvent } from '../../station/core/sitting/index.ts';
import { openVault } from '../../station/core/vault/index.ts';
import { openRoster } from '../../station/keep/roster/index.ts';
import { openDevices, openSnapshots, startScheduler, type Watching } from '../../station/watch/index.ts';
import type { MadeUpTime } from './made-up-time.ts';
import { openPlayedCamera } from './played-camera.ts';

/** Who comes to a station, what is shown to its camera, and how. */
export type Visit = {
  readonly engine: FaceEngine;
  readonly thresholds: Thresholds;
  /** Of the photo on the roster. */
  readonly template: Template;
  readonly film: Film;
  /** Pictures that come again are no ground to doubt the camera: the film is of a person, made of too few pictures. */
  readonly comesAgain?: boolean;
  /** It is registered of whoever comes that they make no gestures, and that no light is shown: they are looked at for longer. */
  readonly noGestures?: boolean;
  /** What a look takes on the clock of the station. */
  readonly lookMs: number;
  /** So many tries at most; the station itself allows three. */
  readonly tries: number;
};

/** What came of it. */
export type CheckedIn = {
  readonly outcome: 'let in' | 'stopped' | 'film over';
  /** Why whoever came was not let in, the last time. */
  readonly reason?: string;
  /** Passive liveness of each try that could be judged. */
  readonly live: readonly number[];
  /** How it answered the light of the screen, where it came so far. */
  readonly light?: LightOutcome;
  /** Pictures that were looked at. */
  readonly pictures: number;
};

const CANDIDATE = CandidateId.parse('cd_shown');
const PHOTO = Sha256.parse('0'.repeat(64));
/** A formal exam, which asks for gestures and for an answer to its light. */
const EXAM = Exam.parse({
  ...{ id: 'ex_shown', title: { zh: 'face pad', en: 'face pad' }, mode: 'formal', bankId: 'bk_shown' },
  blueprint: { rows: [{ kind: 'single', count: 1, marks: 1 }] },
  ...{ durationSeconds: 600, passMarks: 1, attempts: 1, liveness: 'active', recapture: USUAL_RECAPTURE },
});

/**
 * One whole check-in, by the station's own code: its camera, its scheduler, what it makes of a look and what the sitting decides,
 * from consent until somebody is let in or a proctor is called.
 */
export async function checkIn(time: MadeUpTime, visit: Visit): Promise<CheckedIn> {
  const station = openStation(time, visit);
  try {
    return await station.checkIn();
  } finally {
    station[Symbol.dispose]();
  }
}

function openStation(time: MadeUpTime, visit: Visit) {
  const database = openDatabase(':memory:');
  const clock = systemClock();
  const ledger = openLedger(database, clock, SittingEvent.parse);
  const seat = openCurrentSitting(ledger, clock, { host: 'kiosk' });
  const roster = openRoster(database, openVault(randomBytes(32)));
  const devices = openDevices(() => undefined);
  const shown = {
    asked: undefined as Gesture | undefined,
    amount: undefined as number | undefined,
    since: 0,
    pictures: 0,
  };
  const screen = openScreen();
  const { promise: over, resolve: filmOver } = Promise.withResolvers<'film over'>();
  const begun = performance.now();
  const camera = openPlayedCamera(async () => {
    const now = performance.now();
    const { asked, amount, since } = shown;
    const shone = screen.shone(now);
    const moment = { at: now - begun, ...(asked ? { asked } : {}), askedFor: now - since, amount, shone };
    const picture = await time.outside(Promise.resolve(visit.film(moment)));
    if (picture) shown.pictures += 1;
    else filmOver('film over');
    return picture;
  });
  const parts: Watching = {
    ...{ seat, roster, clock, camera, devices, thresholds: visit.thresholds, log: pino({ level: 'silent' }) },
    ...{ calibration: 'face pad', models: 'face pad', engine: slowed(time, visit), snapshots: openSnapshots() },
    recordedFeeds: visit.comesAgain ?? false,
  };
  return {
    async checkIn(): Promise<CheckedIn> {
      roster.apply(assignment());
      roster.saveTemplate(CANDIDATE, PHOTO, visit.template);
      for (const name of ['camera', 'faces'] as const) devices.now(name, { state: 'ready' });
      seat.open({
        ...{ tenantId: assignment().tenant.id, candidateId: CANDIDATE, exam: EXAM, identifiedBy: 'card' },
        ...(visit.noGestures ? { arrangements: { noGestures: true, noLight: true } } : {}),
      });
      const { id } = seat.taken();
      const scheduler = startScheduler(parts, () => {
        const { challenge: { gesture, amount } = {}, light } = scheduler.progress;
        screen.shows(light?.colour, performance.now());
        shown.amount = amount;
        if (gesture !== shown.asked) shown.since = performance.now();
        shown.asked = gesture;
      });
      const ended = new Promise<'ended'>((resolve) => {
        seat.onChange(() => {
          const { stage, failedCaptures } = seat.taken();
          if (stage !== 'capturing' || failedCaptures >= visit.tries) resolve('ended');
        });
      });
      seat.execute({ kind: 'consent', given: true, locale: 'zh' });
      const how = await Promise.race([ended, over]);
      scheduler.stop();
      const events = ledger.ofSitting(id).map(({ event }) => event);
      return { ...said(events), ...(how === 'film over' ? { outcome: how } : {}), pictures: shown.pictures };
    },
    [Symbol.dispose]: () => void database.close(),
  };
}

/** The colours of a screen, one after the other, as whoever is before it gives them back a moment later. */
function openScreen() {
  let [shown, since]: [readonly ScreenColour[], number] = [[], 0];
  return {
    shows(colour: ScreenColour | undefined, now: number): void {
      if (!colour) shown = [];
      else if (shown.length === 0) [shown, since] = [[colour], now];
      else if (colour !== shown.at(-1)) shown = [...shown, colour];
    },
    shone: (now: number) => (shown.length > 0 ? shoneAt(shown, now - since - ROOM.lagMs) : undefined),
  };
}

/** What the sitting has in its ledger. */
function said(events: readonly SittingEvent[]): Pick<CheckedIn, 'outcome' | 'reason' | 'live' | 'light'> {
  const captures = events.flatMap((event) => (event.type === 'captured' ? [event.capture] : []));
  const refusal = events.findLast((event) => event.type === 'refused')?.reason;
  const last = captures.at(-1);
  // What a proctor is called for is the outcome; what each try failed at says more.
  const reason = refusal && refusal !== last?.outcome ? refusal : (last?.reason ?? last?.outcome);
  const letIn = events.some(({ type }) => type === 'verified');
  return {
    outcome: letIn ? 'let in' : 'stopped',
    ...(!letIn && reason ? { reason } : {}),
    live: captures.flatMap(({ live }) => live ?? []),
    ...(last?.light ? { light: last.light.outcome } : {}),
  };
}

/** What networks take is no time on a clock that is turned by hand, so it is told how long it is. */
const slowed = (time: MadeUpTime, { engine, lookMs }: Visit): FaceEngine => ({
  ...engine,
  async observe(picture, wish) {
    const seen = await time.outside(engine.observe(picture, wish));
    await time.pass(lookMs);
    return seen;
  },
});

const assignment = (): Assignment =>
  Assignment.parse({
    ...{ tenant: { id: 'tn_shown', name: 'face pad' }, issuedAt: '2026-01-01T00:00:00.000Z', visitorExamId: null },
    ...{ exams: [EXAM], proctors: [] },
    candidates: [
      {
        ...{ id: CANDIDATE, name: 'face pad', number: '11010519491231002X' },
        ...{ photos: [PHOTO], examId: EXAM.id, attemptsUsed: 0 },
      },
    ],
  });
