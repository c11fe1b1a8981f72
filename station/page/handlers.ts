import type { Handlers } from '../../contract/page/rpc/server.ts';
import type { Methods } from '../../contract/page/station-api.ts';
import { parseCitizenNumber } from '../../contract/words/citizen-number.ts';
import type { DeviceState } from '../../contract/words/device-state.ts';
import { mustBeSatOn } from '../../contract/words/hosts.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { newIncidentId } from '../core/sitting/index.ts';
import type { Candidate } from '../keep/roster/index.ts';
import { awayOf, otherStations, waitingHere } from '../moving/moving.ts';
import type { ProvisionDesk } from '../provision/index.ts';
import { type TerminalParts, taken } from '../run/parts.ts';
import { actHere, authorised, badgeOrIncident, clear } from '../steps/proctor-action.ts';
import { sitDown } from '../steps/sit-down.ts';
import type { Doorstep, Why } from '../steps/turned-away.ts';
import { unlock, unlockByCode } from '../steps/unlock.ts';
import type { VisitorDesk } from '../steps/visitor-enrolment.ts';
import { pictureOfIncident } from '../watch/evidence.ts';
import type { BadgeDesk } from './badge-wait.ts';
import { formOf, pictureOf } from './paper.ts';
import { bookForPage, feedbackOn, mistakesIn } from './practice.ts';

export type TerminalActions = Omit<Handlers<Methods>, 'overlay'> & {
  /** A card or a typed number names somebody. */
  identify(number: string, by: 'card' | 'typed'): void;
};

const CAMERA: Readonly<Record<'live' | 'missing' | 'denied' | 'busy' | 'lost', DeviceState>> = {
  live: { state: 'ready' },
  missing: { state: 'failed', reason: 'camera-missing' },
  denied: { state: 'failed', reason: 'camera-denied' },
  busy: { state: 'failed', reason: 'camera-busy' },
  lost: { state: 'failed', reason: 'camera-lost' },
};

export type Desks = { readonly badges: BadgeDesk; readonly doorstep: Doorstep };

/** What each message of the page does. */
export function makeHandlers(
  parts: TerminalParts,
  visitor: VisitorDesk,
  { badges, doorstep }: Desks,
  refresh: () => void,
): TerminalActions {
  const { seat, roster, devices } = parts;

  const identify = (number: string, by: 'card' | 'typed'): void => {
    if (seat.current || visitor.step !== 'none') throw new Refusal('not-allowed-now', 'somebody sits here');
    mustBeReady(parts);
    doorstep.clear();
    const candidate = roster.findByNumber(number);
    if (!candidate) throw new Refusal('not-on-roster');
    const why = turningAway(parts, candidate);
    if (why) {
      doorstep.put({ candidate, by, why });
      throw new Refusal(why.kind);
    }
    sitDown(parts, { candidate, by, begun: waitingHere(parts, candidate.id) });
  };

  /** The camera is one camera, by its name; it may be gone for a while and come back. */
  let lastCamera: string | undefined;
  const cameraIs = (label: string | undefined): void => {
    // One without a name is nobody known, and tells of nothing.
    if (!label) return;
    if (lastCamera && lastCamera !== label)
      parts.surroundings.observe({ reason: 'camera-changed', what: label, lastedMs: 0 });
    lastCamera = label;
  };

  /** A wrong PIN or code makes the next one wait: the screen says how long. */
  const showing = <T>(work: Promise<T>): Promise<T> => work.finally(refresh);

  return {
    identify,
    'camera.report': ({ state, label }) => {
      const wasReady = devices.camera.state === 'ready';
      const listed = state !== 'live' || !parts.cameras || parts.cameras.includes(label ?? '');
      const camera: DeviceState = listed ? CAMERA[state] : { state: 'failed', reason: 'camera-unlisted' };
      devices.camera = { ...camera, ...(label ? { label } : {}) };
      if (state === 'live') {
        parts.camera.askAgain();
        cameraIs(label);
      }
      const watched = seat.current?.stage === 'in-progress' && seat.current.consent !== false;
      if (wasReady && camera.state !== 'ready' && watched) {
        const reason = listed ? 'camera-lost' : 'camera-unlisted';
        seat.execute({ kind: 'interrupt', reason, incidentId: newIncidentId() });
      }
      refresh();
      return {};
    },
    'identify.typed': ({ number }) => {
      const parsed = parseCitizenNumber(number);
      if (!parsed.ok) throw new Refusal(parsed.reason);
      identify(parsed.number, 'typed');
      return {};
    },
    'enrol.begin': () => {
      if (seat.current || visitor.step === 'capturing') throw new Refusal('not-allowed-now');
      mustBeReady(parts);
      const { visitorExamId } = roster.assignment ?? {};
      if (!visitorExamId) throw new Refusal('no-exam');
      mustBeSatOn(roster.exam(visitorExamId), parts.host);
      visitor.begin();
      return {};
    },
    'enrol.consent': ({ given }) => {
      if (visitor.step !== 'consent' && visitor.step !== 'failed') throw new Refusal('not-allowed-now');
      visitor.consent(given);
      return {};
    },
    consent: ({ given, locale }) => {
      seat.execute({ kind: 'consent', given, locale });
      return {};
    },
    begin: ({ practice = { of: 'all' } }) => {
      const sitting = taken(parts);
      // Only practice and a gate's test start without a proctor, and only for somebody the camera knows.
      const { mode } = sitting.exam;
      const own = mode !== 'formal' && sitting.identity?.how === 'verified';
      if (!own || (mode === 'gate' && practice.of !== 'all')) throw new Refusal('not-allowed-now');
      unlock(parts, { by: 'candidate' }, mode === 'mock' ? practice : undefined);
      return {};
    },
    'mistake-book': () => ({ mistakes: bookForPage(parts, taken(parts)) }),
    'unlock.code': async ({ code }) => {
      await showing(unlockByCode(parts, code));
      return {};
    },
    'proctor.act': async (asked) => {
      await showing(actHere(parts, asked, doorstep));
      return {};
    },
    'proctor.badge': async () => ({ pin: await badgeOrIncident(parts, badges) }),
    'proctor.badge-stop': () => {
      badges.stop();
      return {};
    },
    stations: () => ({ stations: otherStations(parts).map(({ id, name }) => ({ id, name })) }),
    'proctor.scores': async ({ pin }) => {
      await showing(authorised(parts, pin));
      const { similarity, live } = taken(parts).lastCapture ?? {};
      const { accept, refuseBelow, live: liveAt } = parts.thresholds;
      return {
        ...(similarity === undefined ? {} : { similarity }),
        ...(live === undefined ? {} : { live }),
        thresholds: { accept, refuseBelow, live: liveAt },
      };
    },
    'proctor.picture': async ({ pin, incidentId }) => {
      await showing(authorised(parts, pin));
      return { base64: Buffer.from(pictureOfIncident(parts, incidentId)).toString('base64') };
    },
    'readiness.check': async () => {
      await parts.readiness.check(true);
      return {};
    },
    'provision.enter': ({ pin }) => showing(provisioningOf(parts).enter(pin)),
    'provision.test': ({ pass, center, centerKey }) => provisioningOf(parts).test(pass, center, centerKey),
    provision: ({ pass, wish }) => provisioningOf(parts).provision(pass, wish),
    form: () => formOf(parts, taken(parts)),
    picture: ({ hash }) => ({ base64: Buffer.from(pictureOf(parts, taken(parts), hash)).toString('base64') }),
    check: ({ itemId }) => {
      seat.execute({ kind: 'check', itemId });
      return feedbackOn(parts, taken(parts), itemId);
    },
    mistakes: () => ({ mistakes: mistakesIn(parts, taken(parts)) }),
    answer: ({ itemId, chosen, typed, revision }) => {
      seat.execute({ kind: 'answer', itemId, chosen, typed, revision });
      return { itemId, revision };
    },
    flag: ({ itemId, flagged }) => {
      seat.execute({ kind: 'flag', itemId, flagged });
      return {};
    },
    'hand-in': () => {
      seat.execute({ kind: 'submit', cause: 'handed-in' });
      return {};
    },
    leave: () => {
      if (doorstep.current) {
        doorstep.clear();
        refresh();
      } else if (visitor.step !== 'none') visitor.cancel();
      else leave(parts);
      return {};
    },
  };
}

/** What is only missing (a camera, the center) keeps nobody out; without exams or a name at the center nothing would count. */
function mustBeReady({ readiness }: TerminalParts): void {
  if (readiness.now.status === 'NOT READY') throw new Refusal('station-not-ready');
}

function provisioningOf({ provisioning }: TerminalParts): ProvisionDesk {
  if (!provisioning) throw new Refusal('not-allowed-now', 'this terminal is not set up here');
  return provisioning;
}

/** Why somebody cannot sit down here without a proctor; whose exam came here from another station can. */
function turningAway(parts: TerminalParts, candidate: Candidate): Why | undefined {
  if (waitingHere(parts, candidate.id)) return undefined;
  const away = awayOf(parts, candidate);
  if (away) return { kind: 'moved', ...away };
  const { seat } = candidate;
  return seat && parts.place && seat !== parts.place ? { kind: 'other-seat', seat } : undefined;
}

/** The candidate goes of their own will: not once a face was refused, that is for a proctor to see. */
function leave(parts: TerminalParts): void {
  const { seat } = parts;
  const sitting = taken(parts);
  if (sitting.stage === 'recorded') return clear(parts);
  const unseen = sitting.stage === 'refused' ? sitting.refusal === 'consent-declined' : sitting.failedCaptures === 0;
  const practice = sitting.exam.mode !== 'formal' && sitting.stage === 'awaiting-unlock';
  const mayGo = practice || unseen;
  if (!mayGo) throw new Refusal('not-allowed-now');
  seat.execute({ kind: 'close', reason: 'candidate-left' });
  clear(parts);
}
