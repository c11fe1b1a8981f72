import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { EXAM } from '../../authoring/bank.fixture.ts';
import { Exam } from '../../contract/words/exam.ts';
import { CandidateId } from '../../contract/words/ids.ts';
import { faceToAdd, type Observation, shippedCalibration, templateOf } from '../../native/face/index.ts';
import { CAMERA_LIMITS } from '../../native/face/quality/limits.ts';
import { judgeQuality } from '../../native/face/quality/report.ts';
import { GOOD_FACE } from '../../native/face/quality/values.fixture.ts';
import { openDatabase } from '../../station/core/database/index.ts';
import { openLedger } from '../../station/core/ledger/index.ts';
import {
  doubtByAdded,
  type JudgedCapture,
  openCurrentSitting,
  SittingEvent,
} from '../../station/core/sitting/index.ts';
import { SAMPLES, WHO } from '../../station/core/sitting/sitting.fixture.ts';
import { openVault } from '../../station/core/vault/index.ts';
import { openRoster } from '../../station/keep/roster/index.ts';
import { aPerson } from '../../station/run/eyes.fixture.ts';
import { assignmentOf, EMBEDDER, manualClock, WANG, WANGS_PHOTO } from '../../station/station.fixture.ts';
import { makeComparison } from '../../station/watch/compare.ts';
import { openCamera, openDevices, openSnapshots } from '../../station/watch/index.ts';
import { openTemplateUpdates } from '../../station/watch/template-update.ts';
import { reasonOf } from '../kit/refusals.ts';
import type { Attack } from './attack.ts';

const RULE = { most: 3, days: 365 };
const WHOSE = CandidateId.parse(WANG.id);
const exam = Exam.parse({ ...EXAM, liveness: 'active', templateUpdate: RULE });

/** A face that many degrees from the one on the registered photo. */
function faceAt(degrees: number): Float32Array {
  const face = new Float32Array(256);
  face[0] = Math.cos((degrees * Math.PI) / 180);
  face[1] = Math.sin((degrees * Math.PI) / 180);
  return face;
}
const looks = (degrees: number): readonly Observation[] =>
  Array.from({ length: 5 }, () => ({ ...aPerson(faceAt(degrees)), quality: judgeQuality(GOOD_FACE, CAMERA_LIMITS) }));

/** A seat at which an exam with template update is sat, by the code of the station. */
function openSeat() {
  const [clock, log] = [manualClock(), pino({ level: 'silent' })];
  const seat = openCurrentSitting(openLedger(openDatabase(':memory:'), clock, SittingEvent.parse), clock, {
    host: 'kiosk',
  });
  const roster = openRoster(openDatabase(':memory:'), openVault(randomBytes(32)));
  roster.apply(assignmentOf());
  roster.saveTemplate(WHOSE, WANGS_PHOTO, templateOf(EMBEDDER, [faceAt(0)]));
  const judging = { thresholds: shippedCalibration, calibration: shippedCalibration.id, models: 'shipped' };
  const camera = openCamera(() => undefined);
  const devices = openDevices(() => undefined);
  const parts = {
    ...judging,
    seat,
    roster,
    clock,
    camera,
    devices,
    snapshots: openSnapshots(),
    engine: undefined,
    log,
  };
  return { ...parts, compare: makeComparison(parts), updates: openTemplateUpdates(parts) };
}
type Seat = ReturnType<typeof openSeat>;

/** Somebody comes with the card of the photo. @returns what a look makes of them */
function comes({ seat, compare }: Seat, degrees: number): JudgedCapture {
  seat.open({ ...WHO, exam });
  seat.execute(SAMPLES.consent);
  return compare({ observations: looks(degrees) }, seat.taken());
}

/** Somebody checks in, leaves what may be left, and goes; the next day comes. */
function checksIn(room: Seat, degrees: number): void {
  const { roster, clock, seat } = room;
  const photos = roster.template(WHOSE, EMBEDDER);
  const known = comes(room, degrees).outcome === 'match';
  const face = photos && known ? faceToAdd(looks(degrees), photos, shippedCalibration) : undefined;
  const added = { of: WHOSE, sitting: seat.taken().id, model: EMBEDDER };
  if (face) roster.addTemplate({ ...added, vector: face.vector }, RULE, clock.wall());
  seat.execute(SAMPLES.close);
  seat.leave();
  clock.advance(86_400_000);
}

const faces = ({ roster, clock }: Seat): number => roster.addedTemplates(WHOSE, EMBEDDER, RULE, clock.wall()).length;

const ABOUT = { about: 'camera' } as const;

/** On faces that are compared with beside the registered photos. */
export const attacksOnTemplates: readonly Attack[] = [
  {
    ...ABOUT,
    attacker: 'proctor',
    outcome: 'prevented',
    name: 'impostor-let-in-by-hand-stays',
    does: 'lets an impostor in by hand where faces of check-ins are compared with later, so that the face is the person’s from then on',
    by: 'the station: nobody whom a proctor let in leaves a face, nor anybody of whom there was a doubt; the next time the photos say again who it is not',
    told: ['not-allowed-now', 'mismatch'],
    async replay() {
      const room = openSeat();
      comes(room, 80);
      const { refuse, override, unlock, submit, grade, record, 'add-template': add } = SAMPLES;
      for (const command of [refuse, override]) room.seat.execute(command);
      room.updates.offer(looks(80));
      for (const command of [unlock, submit, grade, record]) room.seat.execute(command);
      room.seat.settle();
      const said = reasonOf(() => room.seat.execute(add));
      room.seat.leave();
      const kept = faces(room);
      const again = comes(room, 80).outcome;
      const refused = kept === 0 && said === 'not-allowed-now' && again === 'mismatch';
      return { outcome: refused ? 'prevented' : 'open', said: `${said}, ${kept} faces, then ${again}` };
    },
  },
  {
    ...ABOUT,
    attacker: 'candidate',
    outcome: 'prevented',
    name: 'faces-walked-to-somebody-else',
    does: 'sends one helper after the other, each a little less like the photo and a little more like whoever is to sit the exam in the end',
    by: 'the registered photos: a face is added only where they leave no doubt, and lets in nobody whom they call somebody else, however alike',
    told: ['mismatch'],
    async replay() {
      const room = openSeat();
      for (let degrees = 0; degrees <= 80; degrees += 5) checksIn(room, degrees);
      const kept = faces(room);
      const last = comes(room, 80).outcome;
      return { outcome: kept > 0 && last === 'mismatch' ? 'prevented' : 'open', said: `${kept} faces, then ${last}` };
    },
  },
  {
    ...ABOUT,
    attacker: 'candidate',
    name: 'twin-leaves-a-face',
    does: 'has a twin check in whom the photos know without doubt, and the twin come again by the face that is left, where the photos leave it open',
    outcome: 'detected',
    by: 'the proctor who unlocks: that only such a face matched is an incident, which stands in the record. That the photos take a twin for the person is open, with template update and without',
    told: ['template-added-only'],
    async replay() {
      const room = openSeat();
      const before = comes(room, 65);
      room.seat.execute(SAMPLES.close);
      room.seat.leave();
      checksIn(room, 45);
      const after = comes(room, 65);
      const said = doubtByAdded(after) ?? 'nothing said';
      const told = before.outcome === 'uncertain' && after.outcome === 'match' && said === 'template-added-only';
      return { outcome: told ? 'detected' : 'open', said: `${after.outcome}: ${said}` };
    },
  },
];
