import { putExam, readExam } from '../../center/exams/index.ts';
import { placeOfTenant } from '../../center/organisations/index.ts';
import { cancelTurn, enterTurn, listSlips, openTurn, planTurn } from '../../center/planning/index.ts';
import { demoBank } from '../../center/seed/index.ts';
import type { ActingAccount } from '../../center/tenants/index.ts';
import { accountAt, newCode } from '../../center/testing/index.ts';
import { NewTurn } from '../../contract/platform/planning.ts';
import { instant, TenantId, type TurnId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { generateSigningKey, openSigner, slipCode, verifySlip } from '../../proof/index.ts';
import { mustBeginHere } from '../../station/moving/index.ts';
import { candidateHandlers } from '../../station/page/handlers/candidate.ts';
import type { Attack, Seen } from './attack.ts';
import { doorOf, reasonOf } from './on-cards.ts';
import {
  at,
  begin,
  CANDIDATE,
  type Center,
  EXAM,
  isKnown,
  refresh,
  type Started,
  setUp,
  withCenter,
} from './station-at-center.ts';

const SYSTEM = { kind: 'system' } as const;
const FIRM = TenantId.parse('tn_demo');
const HOUR_MS = 3_600_000;

type Scene = {
  readonly center: Center;
  readonly station: Started;
  readonly keeper: ActingAccount;
  readonly turnId: TurnId;
  /** The slip of whoever comes. */
  readonly code: string;
  /** Another station of the room. */
  another(): Promise<Started>;
};

/** Somebody comes to a turn whose exam takes slips, and a station of the room knows of it. */
const withSlip = (replay: (scene: Scene) => Promise<Seen>): Promise<Seen> =>
  withCenter(async (center, folder) => {
    const { db } = center.center;
    const exam = await readExam(SYSTEM, db, FIRM, EXAM);
    await putExam(SYSTEM, db, FIRM, { exam: { ...exam, slips: 'allowed' }, bank: demoBank() });
    const { id } = await placeOfTenant(db, FIRM);
    const keeper = await accountAt(center, 'firm', id);
    const begins = instant(new Date(Date.now() + HOUR_MS));
    const wish = NewTurn.parse({ organiserId: id, roomId: id, examOf: id, examId: EXAM, begins, seats: 5 });
    const { id: turnId } = await planTurn(keeper, center.center, wish);
    await openTurn(keeper, center.center, turnId);
    await enterTurn(keeper, center.center, turnId, [CANDIDATE]);
    const { rows } = await listSlips(keeper, center.center, turnId, { size: 10 });
    const { station } = await setUp(center, at(folder));
    const started = [station];
    const another = async (): Promise<Started> => {
      const enrolmentCode = await newCode(center.app, center.secrets.operatorToken);
      const other = await setUp({ ...center, secrets: { ...center.secrets, enrolmentCode } }, `${at(folder)}-2`);
      started.push(other.station);
      return other.station;
    };
    try {
      return await replay({ center, station, keeper, turnId, code: rows[0]?.code ?? '', another });
    } finally {
      for (const one of started) one.stop();
    }
  });

const show = (station: Started, code: string): string => {
  const door = doorOf(station);
  const said = reasonOf(() => candidateHandlers(door)['identify.slip']({ code }));
  door.turnedAway.clear();
  return said;
};

/** Nobody sits there, and it says why. */
const turnedAway = ({ seat }: Started, said: string): Seen => ({
  outcome: seat.current ? 'open' : 'prevented',
  said,
});

/** A code on paper, which anybody can copy, at the door of an exam. */
export const attacksWithSlips: readonly Attack[] = [
  {
    name: 'slip-of-somebody-else',
    about: 'person',
    attacker: 'candidate',
    does: 'shows the admission slip of a colleague, to sit in their place',
    outcome: 'prevented',
    by: 'the station: a slip says whose it is, and the camera who holds it',
    told: ['mismatch'],
    replay: () =>
      withSlip(async ({ station, code }) => {
        const shown = show(station, code);
        const { seat } = station;
        seat.execute({ kind: 'consent', given: true, locale: 'zh' });
        const looked = { similarity: 0.1, live: 0.97, frames: 15, usable: 15, calibration: 'attacked' };
        for (let look = 0; seat.current?.stage === 'capturing' && look < 9; look += 1)
          seat.execute({
            kind: 'judge',
            capture: { outcome: 'mismatch', ...looked },
            incidentId: `in_${look}` as never,
          });
        const unlocked = reasonOf(() => begin(station));
        const refusal = seat.current?.stage === 'refused' ? seat.current.refusal : 'not refused';
        const stopped = shown === 'let in' && unlocked === 'not-allowed-now';
        return { outcome: stopped ? 'prevented' : 'open', said: stopped ? refusal : `${shown}, ${unlocked}` };
      }),
  },
  {
    name: 'slip-copied-to-another-seat',
    about: 'person',
    attacker: 'firm',
    does: 'shows a copy of a slip at a second station, another face let in by hand there',
    outcome: 'prevented',
    by: 'the station: it asks the center before an exam begins, and the person sits elsewhere',
    told: ['sits-elsewhere'],
    replay: () =>
      withSlip(async ({ station, code, another }) => {
        const there = await another();
        const shown = [show(station, code), show(there, code)];
        const sittingId = isKnown(station);
        begin(station);
        await station.client.begins({ sittingId, candidateId: CANDIDATE, examId: EXAM, state: 'begun' });
        isKnown(there);
        const said = await mustBeginHere({ ...there, askToBegin: there.client.begins }).then(
          () => 'begun twice',
          (error) => (error instanceof Refusal ? error.reason : String(error)),
        );
        return { outcome: said === 'sits-elsewhere' ? 'prevented' : 'open', said: `${shown.join(', ')}; ${said}` };
      }),
  },
  {
    name: 'slip-forged',
    about: 'person',
    attacker: 'stranger',
    does: 'draws a slip for somebody on the roster, in all like one of the center, signed with a key of their own',
    outcome: 'prevented',
    by: 'the station, without a network: the center’s key did not sign it',
    told: ['slip-invalid'],
    replay: () =>
      withSlip(async ({ station, code }) => {
        const read = verifySlip(code, station.identity.centerKeys ?? ('' as never));
        if (!read.ok) return { outcome: 'open', said: `the real one: ${read.detail}` };
        const forged = slipCode(read.slip, openSigner(generateSigningKey()));
        return turnedAway(station, show(station, forged));
      }),
  },
  {
    name: 'slip-of-a-turn-that-is-over',
    about: 'person',
    attacker: 'candidate',
    does: 'shows the slip of a turn that is over',
    outcome: 'prevented',
    by: 'the station, by its clock',
    told: ['slip-expired'],
    replay: () =>
      withSlip(async ({ center, station, turnId }) => {
        const [begins, until] = [-2 * HOUR_MS, -HOUR_MS].map((ms) => instant(new Date(Date.now() + ms)));
        const who = { turnId, tenantId: FIRM, candidateId: CANDIDATE, examId: EXAM, room: FIRM };
        const times = { issuedAt: begins as never, begins: begins as never, until: until as never };
        return turnedAway(station, show(station, slipCode({ ...who, ...times }, center.center.signer)));
      }),
  },
  {
    name: 'slip-of-a-turn-that-was-cancelled',
    about: 'person',
    attacker: 'candidate',
    does: 'shows a slip after they were taken off its turn, or the turn was cancelled, where the room has its whole roster',
    outcome: 'prevented',
    by: 'the station, from its next round on: the center tells it who comes to which turn',
    told: ['slip-withdrawn'],
    replay: () =>
      withSlip(async ({ center, station, keeper, turnId, code }) => {
        await cancelTurn(keeper, center.center, turnId, '取消');
        await center.center.db.query('UPDATE turn_rooms SET by_turns = false');
        await refresh(station);
        return turnedAway(station, show(station, code));
      }),
  },
];
