import { randomInt } from 'node:crypto';
import type { Evidence } from '../../contract/words/evidence.ts';
import { type CaptureOutcome, type Watched, watchRule } from '../../contract/words/exam.ts';
import {
  type Condition,
  type FaceEngine,
  type Finding,
  type Monitor,
  type Observation,
  startMonitor,
  watchSeat,
} from '../../native/face/index.ts';
import { type JudgedCapture, newIncidentId, type Sitting } from '../core/sitting/index.ts';
import { look, rest, unlessAborted } from './camera/index.ts';
import type { Comparison } from './compare.ts';
import { doubtsOf } from './doubts.ts';
import type { Watching } from './parts.ts';
import { AT_REST, snapFrom } from './snapshots.ts';

/**
 * What the camera does during an exam: it watches over the seat several times a second, and identifies who sits there at
 * random moments, and at once whenever that could be somebody new.
 */
export type Turn = (sitting: Sitting, eyes: FaceEngine, signal: AbortSignal) => Promise<void>;

export const RECAPTURE = { usable: 5, frames: 5, pauseMs: 120 };
/** Whoever sits here is looked at again and again: the mirror image adds too little to run the embedder twice. */
const ONE_RUN = { mirror: false } as const;
/** The rest between two watching frames; it keeps the processor free for the page. */
const WATCH_EVERY_MS = 300;
/** So many watching frames apart, one looks for things, and one asks who it is: somebody new may sit just as the last one. */
const [THINGS_EVERY, GLANCE_EVERY] = [3, 12];
const CONFIRM_AFTER_MS = 900;
/**
 * Whoever was followed since they were matched, and looks like somebody else now, may have a hand before their eyes: it is gone by
 * then. In the place of somebody who left another face is followed.
 */
const CONFIRM_FOLLOWED_MS = 4_000;
/** A face that cannot be compared now (a glance down, a hand before it) is tried again so often, for so long. */
const TRY_AGAIN_MS = 1_500;
const UNSURE_MS = 15_000;
const SILENCE_MS = 1_200;
/** As long as what is said of the surroundings. */
const LONGEST_WHAT = 200;
/** So many turns a page may take to say what camera it has. */
const MAX_SILENT_TURNS = 6;

/** What is remembered while the exam goes on; it begins anew after a pause, and when the camera was gone. */
type Watch = {
  /** Of this stretch of the exam: after a pause another begins, and with it another watch. */
  readonly signal: AbortSignal;
  monitor: Monitor;
  frames: number;
  identifyAt: number;
  /** Whether it has been said who sits here: before that a single frame is no ground to doubt it. */
  identified: boolean;
  /** Since when identifying has been put off. */
  unsureSince?: number | undefined;
  /** Who was identified last, as the engine follows faces, and who was matched. */
  track?: number | undefined;
  matched?: number | undefined;
};

/** The watch during an exam, and somebody who cannot wait for its next look. */
export type ExamWatch = { readonly turn: Turn; lookNow(): Promise<void> };

export function watchExam(parts: Watching, judge: Comparison): ExamWatch {
  const { seat, camera, devices, snapshots } = parts;
  const snap = snapFrom(parts);
  let watch: Watch | undefined;
  let silent = 0;
  /** Whoever waits for a look. */
  let wanted: PromiseWithResolvers<void> | undefined;
  // A sitting that was told something once is not told again.
  const told = new Set<string>();

  const submit = (capture: JudgedCapture, finding?: Finding): void =>
    seat.execute({ kind: 'judge', capture, incidentId: newIncidentId(), ...evidenceOf(finding) });
  const cameraGone = ({ id, identity }: Sitting): void => {
    if (told.has(id)) return;
    told.add(id);
    const reason = devices.camera.reason ?? 'camera-lost';
    // Whom a proctor let in by hand, a proctor has in view; who got in by face is not examined without one.
    const kind = identity?.how === 'verified' ? 'interrupt' : 'note';
    seat.execute({ kind, reason, incidentId: newIncidentId() });
  };
  const doubtFeed = (sitting: Sitting): void => {
    const { id } = sitting;
    for (const { reason, what } of doubtsOf(parts)) {
      if (told.has(`${id} ${reason}`)) continue;
      told.add(`${id} ${reason}`);
      doAbout(reason, sitting, what ? { what: what.slice(0, LONGEST_WHAT), lastedMs: 0 } : undefined);
    }
  };
  /** What the exam's policy says is done about what the camera sees. */
  const doAbout = (reason: Watched, { exam }: Sitting, evidence?: Evidence): void => {
    const rule = watchRule(exam, reason);
    const told = { reason, incidentId: newIncidentId(), ...(evidence ? { evidence } : {}) };
    if (rule.action === 'pause') seat.execute({ kind: 'interrupt', until: rule.until, ...told });
    else seat.execute({ kind: 'note', quiet: rule.action === 'note', ...told });
  };

  /** One re-capture; nothing where there is no picture, which interrupts the exam. */
  const recapture = async (...[sitting, eyes, signal]: Parameters<Turn>): Promise<JudgedCapture | undefined> => {
    snapshots.begin(sitting.id);
    const onFrame = (one: Observation) => snap(AT_REST, one);
    const seen = await look(camera, eyes, { ...RECAPTURE, ...ONE_RUN, signal, onFrame });
    if (signal.aborted) return undefined;
    if (watch) watch.track = seen.observations.at(-1)?.faces[0]?.track;
    if (!seen.trouble) return judge(seen, sitting);
    seat.execute({ kind: 'interrupt', reason: seen.trouble, incidentId: newIncidentId() });
    return undefined;
  };
  const identify = async (now: Watch, ...turn: Parameters<Turn>): Promise<void> => {
    const [sitting, , signal] = turn;
    const first = await recapture(...turn);
    if (!first) return;
    if (first.outcome !== 'match' && shouldWait(now, first)) {
      now.identifyAt = performance.now() + TRY_AGAIN_MS;
      return;
    }
    now.unsureSince = undefined;
    now.identified = true;
    now.identifyAt = performance.now() + nextIdentity(sitting);
    if (first.outcome === 'match') {
      now.matched = now.track;
      return submit(first);
    }
    // One odd moment is not a finding: look again before anybody is told.
    await rest(first.outcome === 'mismatch' && isFollowed(now) ? CONFIRM_FOLLOWED_MS : CONFIRM_AFTER_MS, signal);
    const second = await recapture(...turn);
    if (second) submit(second.outcome === 'match' ? second : graver(first, second));
  };
  const follow = async (now: Watch, ...[sitting, eyes, signal]: Parameters<Turn>): Promise<void> => {
    await rest(WATCH_EVERY_MS, signal);
    if (signal.aborted) return;
    const frame = await unlessAborted(camera.nextFrame(), signal);
    if (frame === undefined) return;
    if (typeof frame === 'string')
      return seat.execute({ kind: 'interrupt', reason: frame, incidentId: newIncidentId() });
    const turn = ++now.frames;
    const depth = now.identified && turn % GLANCE_EVERY === 0 ? 'identify' : 'watch';
    const seen = await unlessAborted(
      eyes.observe(frame, { depth, things: turn % THINGS_EVERY === 1, ...ONE_RUN }),
      signal,
    );
    if (!seen) return;
    // Where nobody is, nothing need move.
    if (camera.still && seen.faces.length > 0)
      return seat.execute({ kind: 'interrupt', reason: 'camera-frozen', incidentId: newIncidentId() });
    doubtFeed(sitting);
    const { monitor, raised, cleared } = watchSeat(now.monitor, seen, performance.now());
    now.monitor = monitor;
    const [face, second] = seen.faces;
    const newcomer = face && !second && face.track !== now.track;
    // Whoever comes back, or comes new, is identified before anything else; so is whose time counts only once they are seen.
    const stranger = seen.person && judge({ observations: [seen] }, sitting).outcome === 'mismatch';
    const studies = sitting.exam.mode === 'learning';
    if (newcomer || stranger || cleared.some((one) => studies || isAboutWho(one) || one === 'face-covered')) {
      now.track = face?.track;
      now.identifyAt = performance.now();
    }
    for (const finding of raised) if (!signal.aborted) tell(finding, sitting);
  };
  const tell = (finding: Finding, sitting: Sitting): void => {
    const { condition } = finding;
    if (isAboutWho(condition) || condition === 'face-covered') snapshots.begin(sitting.id);
    const counts = { frames: 1, usable: 0, calibration: parts.calibration, models: parts.models };
    if (isAboutWho(condition)) return submit({ outcome: condition, reason: condition, ...counts }, finding);
    // Under a mask nobody can say who it is, and that is what is said.
    if (condition === 'face-covered') return submit({ outcome: 'uncertain', reason: condition, ...counts }, finding);
    doAbout(condition, sitting, finding.evidence);
  };

  const turn: Turn = async (sitting, eyes, signal) => {
    // A page that has just come has not said yet what it has; one that stays silent has nothing.
    silent = devices.camera.state === 'starting' ? silent + 1 : 0;
    if (silent > 0) watch = undefined;
    if (silent > 0 && silent < MAX_SILENT_TURNS) return rest(SILENCE_MS, signal);
    if (devices.camera.state !== 'ready') {
      cameraGone(sitting);
      return rest(SILENCE_MS, signal);
    }
    told.delete(sitting.id);
    // The first look comes at once: who was unlocked is not always who sits down.
    if (watch?.signal !== signal) watch = beginWatch(signal);
    const due = wanted !== undefined || performance.now() >= watch.identifyAt;
    if (!due) return follow(watch, sitting, eyes, signal);
    const waiting = wanted;
    wanted = undefined;
    await identify(watch, sitting, eyes, signal).finally(waiting?.resolve);
  };
  return {
    turn,
    lookNow() {
      wanted ??= Promise.withResolvers<void>();
      return wanted.promise;
    },
  };
}

const beginWatch = (signal: AbortSignal): Watch => {
  const now = performance.now();
  return { signal, monitor: startMonitor(now), frames: 0, identifyAt: now, identified: false };
};

/** Since they were matched. */
const isFollowed = ({ matched, track }: Watch): boolean => matched !== undefined && matched === track;

const nextIdentity = ({ exam: { recapture } }: Sitting): number =>
  randomInt(Math.round(recapture.minSeconds * 1000), Math.round(recapture.maxSeconds * 1000) + 1);

/**
 * Nobody and several are the monitor's to tell; a face that only looks elsewhere is waited for, though not for ever, and so is one
 * in noise that was followed since it was matched.
 */
function shouldWait(watch: Watch, { outcome, similarity, reason }: JudgedCapture): boolean {
  if (isAboutWho(outcome)) return true;
  const inNoise = reason === 'picture-noisy' && isFollowed(watch);
  if (outcome !== 'uncertain' || (similarity !== undefined && !inNoise)) return false;
  watch.unsureSince ??= performance.now();
  return performance.now() - watch.unsureSince < UNSURE_MS;
}

type AboutWho = Extract<Condition, 'no-face' | 'several-faces'>;
const isAboutWho = (condition: Condition | CaptureOutcome): condition is AboutWho =>
  condition === 'no-face' || condition === 'several-faces';

const evidenceOf = (finding: Finding | undefined) => (finding ? { evidence: finding.evidence } : {});

/** From the one that means least to the one that means most. */
const GRAVITY: readonly CaptureOutcome[] = ['match', 'uncertain', 'no-face', 'not-live', 'several-faces', 'mismatch'];

const graver = (first: JudgedCapture, second: JudgedCapture): JudgedCapture =>
  GRAVITY.indexOf(first.outcome) > GRAVITY.indexOf(second.outcome) ? first : second;
