import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { heldResult, proofFileOf } from '../center/results/index.ts';
import { wishFreshKey } from '../center/stations/index.ts';
import { newCode, openTestCenter, recordOf } from '../center/testing/index.ts';
import type { EnrolReply } from '../contract/station-center/center-api.ts';
import { instant, type Sha256, type SittingId } from '../contract/words/ids.ts';
import { Refusal } from '../contract/words/reasons.ts';
import {
  hashOf,
  receiptCode,
  receiptOf,
  verifyCertificate,
  verifyProofFile,
  verifyProofFiles,
} from '../proof/index.ts';
import { openPackage, PackageContent, sealPackage } from '../proof/sealed/index.ts';
import { type ChangeKeyParts, openChangeKey } from '../station/center-link/change-key.ts';
import { openTakeUp } from '../station/center-link/take-up.ts';
import { eraseFormerKeys, openIdentity, wishKeyChange } from '../station/keep/identity/index.ts';
import { openArchive } from '../station/offline/index.ts';
import {
  type Center,
  refresh,
  type Started,
  setUp,
  silentLog,
  startStation,
  wallClock,
} from './attacks/station-at-center.ts';
import { temporaryFolder } from './kit/folders.ts';
import { refusalOf } from './kit/refusals.ts';

let center: Center;
beforeAll(async () => {
  const open = await openTestCenter();
  center = { ...open, url: await open.app.listen({ host: '127.0.0.1', port: 0 }) };
}, 90_000);
afterAll(() => center.close());

/** An enrolled station, and one that is started anew on what it kept. */
async function prepare() {
  const data = join(temporaryFolder(), 'station');
  const enrolmentCode = await newCode(center.app, center.secrets.operatorToken);
  const { station } = await setUp({ ...center, secrets: { ...center.secrets, enrolmentCode } }, data);
  const running = new Set<Started>([station]);
  const stop = (one: Started): void => {
    if (running.delete(one)) one.stop();
  };
  onTestFinished(() => running.forEach(stop));
  const again = (before: Started): Started => {
    stop(before);
    const started = startStation(data, center.url, wallClock());
    running.add(started);
    return started;
  };
  return { data, station, again, stop };
}

const turn = (station: Started, changes: Partial<ChangeKeyParts> = {}): Promise<void> =>
  openChangeKey({ ...station, busy: () => false, log: silentLog, ...changes })();
const takeUp = (station: Started): Promise<void> => openTakeUp({ ...station, log: silentLog })();
const wish = ({ database, clock }: Started): void => wishKeyChange(database, clock.wall());
const keyOf = ({ identity }: Started) => identity.signer.publicKey;
const isHeard = async ({ client }: Started): Promise<string> => refusalOf(client.mail());

function enrolmentOf({ identity: { enrolment } }: Started): EnrolReply {
  if (!enrolment) throw new Error('it is not enrolled');
  return enrolment;
}

/** The record of an exam that is just over, as it waits to go up. */
function sits(station: Started) {
  const record = recordOf(enrolmentOf(station));
  station.outbox.add(record);
  return record.sittingId;
}
const bytesOf = (text = ''): Uint8Array => new TextEncoder().encode(text);
const pinned = () => center.center.signer.publicKey;

describe('a station that changes its key', () => {
  it('proves what it signed before and after, by itself and at the center', async () => {
    const { data, station, stop } = await prepare();
    const before = keyOf(station);
    sits(station);
    await takeUp(station);
    wish(station);
    await turn(station);
    expect(keyOf(station)).not.toBe(before);
    sits(station);
    await takeUp(station);
    expect([await isHeard(station), station.identity.keyChange.wished]).toEqual(['ok', false]);
    stop(station);

    const archive = openArchive(data);
    const own = [1, 2].map((number) => ({ name: String(number), bytes: bytesOf(archive.proofFile(number)?.text) }));
    const { former, change } = archive.keys;
    archive[Symbol.dispose]();
    expect([former.map(({ publicKey }) => publicKey), change]).toEqual([[before], 'none']);
    const rows = await center.center.db.query(
      'SELECT id, tenant_id FROM batches WHERE station_id = $1 ORDER BY number',
      [station.identity.enrolment?.stationId],
    );
    const exported = await Promise.all(
      rows.map(async ({ id, tenant_id: tenant }) => ({
        name: String(id),
        bytes: bytesOf((await proofFileOf({ kind: 'system' }, center.center, tenant as never, id as Sha256))?.text),
      })),
    );
    for (const files of [own, exported]) {
      const checked = await verifyProofFiles(files, pinned());
      expect(checked).toMatchObject([
        { checked: { ok: true, summary: { verdict: 'proven', batch: 1 } } },
        { checked: { ok: true, summary: { verdict: 'proven', batch: 2 } } },
      ]);
    }
    expect(new TextDecoder().decode(exported[1]?.bytes)).toContain('"keys":["');
  });

  it('once nobody sits there and nothing waits, where somebody at the machine wishes it, or the operator', async () => {
    const { data, station } = await prepare();
    const before = keyOf(station);
    await turn(station);
    const archive = openArchive(data);
    archive.wishKeyChange();
    expect(archive.keys).toEqual({ former: [], change: 'wished' });
    archive[Symbol.dispose]();
    await turn(station, { busy: () => true });
    sits(station);
    await turn(station);
    expect(keyOf(station)).toBe(before);
    await takeUp(station);
    await turn(station);
    const second = keyOf(station);
    expect(second).not.toBe(before);
    const { tenantId, stationId } = enrolmentOf(station);
    await wishFreshKey({ kind: 'operator', tenantId }, center.center, tenantId, stationId);
    await refresh(station);
    await turn(station);
    expect(keyOf(station)).not.toBe(second);
    const third = keyOf(station);
    await turn(station);
    expect(keyOf(station)).toBe(third);
  });

  it('opens what was sealed for its former key, for ninety days', async () => {
    const { station } = await prepare();
    const { tenantId, stationId, centerKey } = enrolmentOf(station);
    const day = (n: number) => instant(new Date(Date.now() + n * 86_400_000));
    const { assignment } = station.roster;
    const [exam] = assignment?.exams ?? [];
    const bank = await station.client.bank(exam?.bankId ?? '');
    const plan = {
      tenantId,
      stationId,
      examId: exam?.id as never,
      issuedAt: day(0),
      notBefore: day(0),
      notAfter: day(200),
    };
    const file = sealPackage(
      plan,
      PackageContent.parse({ assignment, bank, photos: {} }),
      keyOf(station),
      center.center.signer,
    );
    const opens = () =>
      refusalOf(
        (async () => openPackage(file, { centerKey, stationId, now: day(1), keyFrom: station.identity.keyFrom }))(),
      );
    wish(station);
    await turn(station);
    expect(await opens()).toBe('ok');
    eraseFormerKeys(station.database, day(89));
    expect(await opens()).toBe('ok');
    eraseFormerKeys(station.database, day(91));
    expect(await opens()).toBe('package-invalid');
  });

  it('and receipts of results that its former key signed count where their record is logged, and nowhere else', async () => {
    const { station } = await prepare();
    const former = station.identity.signer;
    const codeOf = (sitting: SittingId): string => {
      const record = station.outbox.recordOf(sitting);
      if (!record) throw new Error('there is no record');
      return receiptCode(receiptOf(record, hashOf(record)), former);
    };
    const [logged, made] = [sits(station), recordOf(enrolmentOf(station))];
    await takeUp(station);
    const unlogged = receiptCode(receiptOf(made, hashOf(made)), former);
    expect(await heldResult(center.center, unlogged)).toMatchObject({ receipt: { sittingId: made.sittingId } });
    wish(station);
    await turn(station);
    expect(await heldResult(center.center, codeOf(logged))).toMatchObject({ logged: {} });
    expect(await heldResult(center.center, unlogged)).toBeUndefined();
  });

  it('signs anew what its former key signed and the center had not logged: no result is lost, and nothing speaks against it', async () => {
    const { station } = await prepare();
    wish(station);
    // The center vouches for the next key, and the answer is lost; the station goes on with the former one meanwhile.
    await expect(turn(station, lostAnswer(station))).rejects.toMatchObject({ reason: 'center-down' });
    const sitting = sits(station);
    await station.outbox.seal(station.identity.enrolment?.stationId as never, station.identity.signer);
    expect(await refusalOf(takeUp(station))).toBe('station-key-old');
    await turn(station);
    await takeUp(station);
    expect(station.outbox.receiptOf(sitting)).toBe('verified');
    const rivals = await center.center.db.query('SELECT kind FROM rival_batches WHERE station_id = $1', [
      station.identity.enrolment?.stationId,
    ]);
    expect([rivals, station.outbox.setAside()]).toEqual([[], []]);
  });

  it('goes on with the former one where its center is too old', async () => {
    const { station } = await prepare();
    const before = keyOf(station);
    wish(station);
    const changeKey = () => Promise.reject(new Refusal('method-unknown'));
    await turn(station, { client: { changeKey } });
    expect([keyOf(station), await isHeard(station)]).toEqual([before, 'ok']);
    await turn(station);
    expect(keyOf(station)).not.toBe(before);
  });
});

/** The center has answered, and nobody hears it. */
const lostAnswer = ({ client }: Started): Pick<ChangeKeyParts, 'client'> => ({
  client: {
    async changeKey(next) {
      await client.changeKey(next);
      throw new Refusal('center-down');
    },
  },
});

describe('a station that ends while it changes its key', () => {
  /** What it was about to do. */
  const POINTS: readonly [string, (station: Started) => Partial<ChangeKeyParts>][] = [
    [
      'before the center heard of the next key',
      () => ({ client: { changeKey: () => Promise.reject(new Refusal('center-down')) } }),
    ],
    ['before it heard the answer', lostAnswer],
    [
      'before it kept the answer',
      ({ identity }) => ({
        identity: {
          ...{ enrolment: identity.enrolment, signer: identity.signer },
          keyChange: {
            ...{ wished: true, next: undefined, begin: identity.keyChange.begin },
            finish() {
              throw new Refusal('internal');
            },
          },
        },
      }),
    ],
  ];
  it.each(POINTS)('%s goes on when it starts', async (_, failing) => {
    const { station, again } = await prepare();
    wish(station);
    await expect(turn(station, failing(station))).rejects.toBeInstanceOf(Refusal);
    const next = station.identity.keyChange.next?.publicKey;
    const started = again(station);
    expect(started.identity.keyChange.next?.publicKey).toBe(next);
    // Also while somebody sits there.
    await turn(started, { busy: () => true });
    expect([keyOf(started), await isHeard(started)]).toEqual([next, 'ok']);
    expect(started.identity.keyChange.next).toBeUndefined();
    expect(keyOf(again(started))).toBe(next);
  });

  it('in the middle of keeping the answer has the former key or the next, and both of each', async () => {
    const { station } = await prepare();
    const { database, identity } = station;
    wish(station);
    const [before, next] = [keyOf(station), identity.keyChange.begin()];
    const reply = await station.client.changeKey(next);
    for (const table of ['former_keys', 'signing_key', 'enrolment', 'next_key', 'key_wish']) {
      const on =
        { former_keys: 'INSERT', next_key: 'DELETE', key_wish: 'DELETE' }[table] ??
        (table === 'enrolment' ? 'INSERT' : 'UPDATE');
      database.exec(`CREATE TRIGGER broken BEFORE ${on} ON ${table} BEGIN SELECT RAISE(ABORT, 'no'); END`);
      expect(() => identity.keyChange.finish(reply, station.clock.wall()), table).toThrow('no');
      database.exec('DROP TRIGGER broken');
      const vault = station.vault;
      const kept = openIdentity(database, vault);
      expect([kept.signer.publicKey, kept.keyChange.next?.publicKey], table).toEqual([before, next.publicKey]);
      const vouched = verifyCertificate(kept.enrolment?.certificate ?? '', pinned());
      expect(vouched).toMatchObject({ ok: true, certificate: { publicKey: before } });
    }
    identity.keyChange.finish(reply, station.clock.wall());
    expect([keyOf(station), await isHeard(station)]).toEqual([next.publicKey, 'ok']);
  });

  it.each(['begun', 'vouched', 'stored'])(
    'killed: %s',
    async (point) => {
      const { data, station, again, stop } = await prepare();
      const before = keyOf(station);
      wish(station);
      stop(station);
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, 'key-change-child.ts'), data, center.url, point],
        {
          stdio: 'ignore',
        },
      );
      const [, signal] = await once(child, 'exit');
      expect(signal).toBe('SIGKILL');
      const started = again(station);
      await turn(started);
      expect(keyOf(started)).not.toBe(before);
      expect([await isHeard(started), started.identity.certificates.length]).toEqual(['ok', 2]);
      sits(started);
      await takeUp(started);
      const text = started.outbox.proofFile(1, started.identity.certificates, pinned());
      expect(await verifyProofFile(bytesOf(text), pinned())).toMatchObject({
        ok: true,
        summary: { verdict: 'proven' },
      });
    },
    30_000,
  );
});
