import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { heardStations } from '../../center/stations/index.ts';
import { openOperator } from '../../cli/operator.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { hashOf } from '../../proof/index.ts';
import { ledgerOf, witnessedIn } from '../../station/offline/index.ts';
import { drawn } from '../before/sittings.ts';
import type { Attack } from './attack.ts';
import {
  asRoot,
  at,
  begin,
  CANDIDATE,
  type Center,
  checkIn,
  EXAM,
  handIn,
  refresh,
  report,
  type Started,
  seen,
  setUp,
  upload,
  withCenter,
} from './station-at-center.ts';

const SYSTEM = { kind: 'system' } as const;

/** What is shown beside the station at the center. */
async function againstStation({ center }: Center, { identity }: Started) {
  const { tenantId, stationId } = identity.enrolment ?? {};
  const stations = tenantId ? await heardStations(SYSTEM, center.db, tenantId) : [];
  return (stations.find(({ id }) => id === stationId)?.findings ?? []).map(({ reason }) => reason);
}

type Line = {
  sequence: number;
  at: string;
  boot: string;
  monotonic: number;
  sitting: string | null;
  event: string;
  hash: string;
};

/** Leaves out what somebody wants gone, and hashes every line anew. */
function rechain(database: BetterSqlite3.Database, keep: (line: Line) => boolean): void {
  const lines = database.prepare<[], Line>('SELECT * FROM ledger ORDER BY sequence').all().filter(keep);
  database.exec('DELETE FROM ledger; DELETE FROM ledger_checked');
  const put = database.prepare(
    'INSERT INTO ledger VALUES (@sequence, @at, @boot, @monotonic, @sitting, @event, @hash)',
  );
  let previous = '0'.repeat(64);
  for (const [at, { hash: _, event, ...line }] of lines.entries()) {
    const body = { ...line, sequence: at + 1, event: JSON.parse(event) };
    previous = hashOf({ ...body, previous });
    put.run({ ...body, event, hash: previous });
  }
}

/** A station with an exam in which things happened, of whose ledger the center has seen the end. */
async function watched(center: Center, data: string) {
  const made = await setUp(center, data);
  const { station } = made;
  checkIn(station);
  begin(station);
  const { form } = station.seat.taken();
  for (let revision = 1; revision <= 640; revision++)
    station.seat.execute({
      kind: 'flag',
      itemId: form?.items[revision % 20]?.itemId as never,
      flagged: revision % 2 === 0,
    });
  for (const reason of ['phone-seen', 'looking-away'] as const)
    station.seat.execute({ kind: 'note', reason, incidentId: `in_${reason}` as never });
  const record = handIn(station);
  const asked = await report(station);
  return { ...made, record, asked };
}
/** Of the seeded candidate, in place of whatever was registered. */
async function registerPhoto({ url, secrets }: Center, shade: number): Promise<void> {
  const photo = (await drawn(shade)).toString('base64');
  await openOperator(url, secrets.operatorToken).putCandidate({
    ...{ id: CANDIDATE, name: '张示范', number: '110105198001010016', examId: EXAM, photos: [photo] },
  });
}
const withoutIncidents = ({ event }: Line): boolean => JSON.parse(event).type !== 'incident';

export const attacksOnLedgers: readonly Attack[] = [
  {
    name: 'ledger-rechained',
    about: 'ledger',
    attacker: 'administrator of a station',
    does: 'as root leaves two incidents out of a ledger of more than 600 lines and hashes all of it anew',
    outcome: 'detected',
    by: 'the center, at the next report: the lines that it saw are others now',
    told: ['ledger-rewritten'],
    async replay() {
      return withCenter(async (center, folder) => {
        const { station, again, asked } = await watched(center, at(folder));
        station.stop();
        asRoot(at(folder), (database) => rechain(database, withoutIncidents));
        const forged = again();
        if (forged.ledger.firstBroken() !== undefined) throw new Error('it is not even whole');
        // It grows past what it was: the length says nothing.
        for (let n = 0; n < 10; n++) forged.ledger.append(null, [{ type: 'clock-set', ms: 0 }]);
        await report(forged, await report(forged, asked));
        const found = await againstStation(center, forged);
        forged.stop();
        return seen(found, { outcome: 'open', said: 'nobody is told' });
      });
    },
  },
  {
    name: 'ledger-rechained-by-a-liar',
    about: 'ledger',
    attacker: 'administrator of a station',
    does: 'the same with a program that goes on telling the center the lines as they were',
    outcome: 'detected',
    by: 'not the center, which is told what it knows: an inspector who has the data folder, with `exam-station ledger --check --against` the lines that the center saw',
    told: ['ledger-rewritten'],
    async replay() {
      return withCenter(async (center, folder) => {
        const { station, again, asked } = await watched(center, at(folder));
        const before = station.ledger.head();
        const known = asked.map((sequence) => ({ sequence, head: station.ledger.hashAt(sequence) ?? before.hash }));
        station.stop();
        asRoot(at(folder), (database) => rechain(database, withoutIncidents));
        const forged = again();
        await forged.client.tellReadiness({
          ...{ status: 'READY', at: forged.clock.wall(), checks: [] },
          ledger: { sequence: before.sequence, head: before.hash, asked: known },
        });
        const told = await againstStation(center, forged);
        forged.stop();
        if (told.length > 0) throw new Error(`the center knows: ${told.join(', ')}`);
        const headers = { authorization: `Bearer ${center.secrets.operatorToken}` };
        const { body } = await center.app.inject({ url: operatorPaths.heads, headers });
        const { missed } = ledgerOf(at(folder), witnessedIn(body));
        return seen(
          missed.map(() => 'ledger-rewritten'),
          { outcome: 'open', said: 'nobody is told' },
        );
      });
    },
  },
  {
    name: 'ledger-cut-short',
    about: 'ledger',
    attacker: 'administrator of a station',
    does: 'as root cuts the last lines off a ledger',
    outcome: 'detected',
    by: 'the station at its next start (the last line that it had checked is gone), and the center at the next report',
    told: ['ledger-broken', 'ledger-rewritten'],
    async replay() {
      return withCenter(async (center, folder) => {
        const { station, again } = await watched(center, at(folder));
        while (station.ledgerCheck.step());
        station.stop();
        asRoot(at(folder), (database) => database.exec('DELETE FROM ledger WHERE sequence > 600'));
        const cut = again();
        while (cut.ledgerCheck.step());
        await report(cut);
        const found = await againstStation(center, cut);
        const { broken } = cut.ledgerCheck.state;
        cut.stop();
        const said = [...(broken === undefined ? [] : ['ledger-broken']), ...found];
        return seen(said, { outcome: 'open', said: 'nobody is told' });
      });
    },
  },
  {
    name: 'folder-copied-back',
    about: 'ledger',
    attacker: 'administrator of a station',
    does: 'copies the whole data folder before an exam, and puts the copy back after it',
    outcome: 'detected',
    by: 'the center, at the next report: the ledger has fewer lines than it had; the result that went up stays',
    told: ['ledger-rewritten'],
    async replay() {
      return withCenter(async (center, folder) => {
        const { station, again } = await setUp(center, at(folder));
        station.stop();
        const copy = join(folder, 'copy');
        cpSync(at(folder), copy, { recursive: true });
        const run = again();
        await refresh(run);
        checkIn(run);
        begin(run);
        const record = handIn(run);
        await upload(run);
        await report(run);
        run.stop();
        rmSync(at(folder), { recursive: true });
        cpSync(copy, at(folder), { recursive: true });
        const back = again();
        await report(back);
        const found = await againstStation(center, back);
        back.stop();
        const stays = await center.center.db.query('SELECT 1 FROM records WHERE sitting_id = $1', [record.sittingId]);
        if (stays.length !== 1) return { outcome: 'open', said: 'the result is gone' };
        return seen(found, { outcome: 'open', said: 'nobody is told' });
      });
    },
  },
  {
    name: 'photo-swapped',
    about: 'ledger',
    attacker: 'firm',
    does: 'has somebody else sit, with their photo registered, and registers the right photo afterwards',
    outcome: 'detected',
    by: 'whoever looks at the record: it names the hash of the photo that was compared, and that is none of those registered now',
    told: ['the photo that was compared is registered no more'],
    async replay() {
      return withCenter(async (center, folder) => {
        await registerPhoto(center, 40);
        const { station } = await setUp(center, at(folder));
        checkIn(station);
        begin(station);
        const record = handIn(station);
        const registered = async (): Promise<readonly string[]> =>
          (await station.client.assignment()).candidates.find(({ id }) => id === record.candidateId)?.photos ?? [];
        const compared = 'faces' in record ? (record.faces?.reference ?? []) : [];
        const before = await registered();
        if (!compared.every((photo) => before.includes(photo))) throw new Error('an honest one differs');
        await registerPhoto(center, 200);
        const now = await registered();
        station.stop();
        const other = compared.filter((photo) => !now.includes(photo));
        return seen(
          other.map(() => 'the photo that was compared is registered no more'),
          { outcome: 'open', said: 'nothing differs' },
        );
      });
    },
  },
];
