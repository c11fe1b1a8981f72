import { findingsOfRecords } from '../../center/stations/index.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { timeDoubts } from '../../proof/index.ts';
import type { Attack, Seen } from './attack.ts';
import {
  asRoot,
  at,
  begin,
  type Center,
  checkIn,
  handIn,
  report,
  seen,
  setUp,
  upload,
  withCenter,
} from './station-at-center.ts';

const DAY_MS = 86_400_000;
const SYSTEM = { kind: 'system' } as const;

/** What is shown beside a record at the center: what was found when it came, and by whoever judges. */
async function against({ center }: Center, { tenantId, sittingId }: Pick<ExamRecord, 'tenantId' | 'sittingId'>) {
  const found = await findingsOfRecords(SYSTEM, center.db, tenantId, [sittingId]);
  const sql = 'SELECT code FROM record_findings WHERE tenant_id = $1 AND sitting_id = $2 ORDER BY code';
  const judged = await center.db.query(sql, [tenantId, sittingId]);
  const said = [...(found.get(sittingId) ?? []).map(({ reason }) => reason), ...judged.map(({ code }) => String(code))];
  return [...new Set(said)];
}

function refused(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

/** An exam by a clock that was set meanwhile, whose record goes up by the right one. */
async function sitWhileSet(
  center: Center,
  data: string,
  ms: number,
  before: () => void = () => undefined,
): Promise<Seen> {
  const { wall, station, again } = await setUp(center, data);
  checkIn(station);
  station.seat.execute({ kind: 'close', reason: 'candidate-left' });
  await report(station);
  station.stop();
  wall.set(ms);
  before();
  const back = again();
  checkIn(back);
  const no = refused(() => begin(back));
  if (no) {
    back.stop();
    return { outcome: 'prevented', said: no };
  }
  const record = handIn(back);
  back.stop();
  wall.set(-ms);
  const right = again();
  await upload(right);
  right.stop();
  return seen(await against(center, record), { outcome: 'open', said: 'nobody is told' });
}

export const attacksOnTime: readonly Attack[] = [
  {
    name: 'clock-set-back',
    about: 'time',
    attacker: 'administrator of a station',
    does: 'sets the clock 30 days back, has an exam sat, sets it right and sends the result',
    outcome: 'prevented',
    by: 'the station begins nothing that counts before the newest time that the center has signed, less ten minutes; no proctor can say otherwise',
    told: ['clock-behind'],
    replay: () => withCenter((center, folder) => sitWhileSet(center, at(folder), -30 * DAY_MS)),
  },
  {
    name: 'clock-set-back-and-forgotten',
    about: 'time',
    attacker: 'administrator of a station',
    does: 'sets the clock 30 days back and, as root, erases the times of the center that the station keeps',
    outcome: 'detected',
    by: 'the center, when the result comes: the ledger that it saw had not begun that exam by then, the clock was set, and it is late',
    told: ['clock-set', 'record-late', 'time-contradicted', 'time-early'],
    replay: () =>
      withCenter((center, folder) =>
        sitWhileSet(center, at(folder), -30 * DAY_MS, () =>
          asRoot(at(folder), (database) => database.exec('DELETE FROM center_time; DELETE FROM clock_jumps')),
        ),
      ),
  },
  {
    name: 'clock-set-back-between',
    about: 'time',
    attacker: 'administrator of a station',
    does: 'keeps a station from the network for 30 days, sets its clock 20 days back, has an exam sat and sets it right',
    outcome: 'detected',
    by: 'the center, when the result comes: the record says how far the clock was set since the center was heard, and it is late',
    told: ['clock-set', 'record-late', 'time-early'],
    async replay() {
      return withCenter(async (center, folder) => {
        const { wall, station, again } = await setUp(center, at(folder));
        station.stop();
        // The center was heard 30 days ago; what it signed says so.
        asRoot(at(folder), (database) =>
          database.prepare('UPDATE center_time SET newest = ?').run(new Date(Date.now() - 30 * DAY_MS).toISOString()),
        );
        wall.set(-20 * DAY_MS);
        const back = again();
        checkIn(back);
        begin(back);
        const record = handIn(back);
        back.stop();
        wall.set(20 * DAY_MS);
        const right = again();
        await upload(right);
        right.stop();
        return seen(await against(center, record), { outcome: 'open', said: 'nobody is told' });
      });
    },
  },
  {
    name: 'clock-set-forward',
    about: 'time',
    attacker: 'administrator of a station',
    does: 'sets the clock 30 days forward, has an exam sat, sets it right and sends the result',
    outcome: 'detected',
    by: 'the center, when the result comes: the clock was set, and the result was handed in after it came, which disputes it',
    told: ['clock-set', 'time-ahead'],
    replay: () => withCenter((center, folder) => sitWhileSet(center, at(folder), 30 * DAY_MS)),
  },
  {
    name: 'clock-set-while-asleep',
    about: 'time',
    attacker: 'administrator of a station',
    does: 'sets the clock a day back and forth while the station does not run and nobody sits there',
    outcome: 'detected',
    by: 'whoever reads the ledger: each time is a line of it',
    told: ['clock-set by -1 d', 'clock-set by 1 d'],
    async replay() {
      return withCenter(async (center, folder) => {
        const { wall, station, again } = await setUp(center, at(folder));
        station.stop();
        for (const ms of [-DAY_MS, DAY_MS]) {
          wall.set(ms);
          again().stop();
        }
        const last = again();
        const jumps = last.ledger
          .stretch(1, last.ledger.head().sequence)
          .lines.flatMap(({ event }) => ('ms' in event ? [Math.round(Number(event.ms) / DAY_MS)] : []));
        last.stop();
        return seen(
          jumps.map((days) => `clock-set by ${days} d`),
          { outcome: 'open', said: 'no line says so' },
        );
      });
    },
  },
  {
    name: 'time-of-another-sitting',
    about: 'time',
    attacker: 'administrator of a station',
    does: 'puts the time that the center signed for one sitting into the record of another',
    outcome: 'detected',
    by: 'whoever checks the record with the center’s key: the time was signed for the sitting, its start and its paper',
    told: ['time-contradicted'],
    async replay() {
      return withCenter(async (center, folder) => {
        const { station } = await setUp(center, at(folder));
        const { centerKey } = station.identity.enrolment ?? {};
        const records: ExamRecord[] = [];
        for (let n = 0; n < 2; n++) {
          checkIn(station);
          begin(station);
          while (!station.seat.taken().background.token) await new Promise((done) => setTimeout(done, 10));
          records.push(handIn(station));
        }
        station.stop();
        const [one, other] = records;
        if (!one || !other || !centerKey || !('time' in one) || !('time' in other)) throw new Error('no such records');
        if (timeDoubts(other, centerKey).length > 0) return { outcome: 'open', said: 'an honest one is doubted' };
        const forged = { ...other, time: { ...other.time, token: one.time?.token ?? null } } as ExamRecord;
        return seen(
          timeDoubts(forged, centerKey).map(({ reason }) => reason),
          { outcome: 'open', said: 'it passes' },
        );
      });
    },
  },
];
