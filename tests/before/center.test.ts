import { expect, it, onTestFinished } from 'vitest';
import { proofFileOf, readRecords, readTotals } from '../../center/results/index.ts';
import { openCenter } from '../../center/run/index.ts';
import type { Sha256, TenantId } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { verifyProofFile } from '../../proof/index.ts';
import { openCenterClient } from '../../station/center-link/index.ts';
import { copyOf, copyOfCenter, facts, itsClock, openKept } from './kept.ts';

/** The center of then, listening, in the minute in which it was made. */
async function openKeptCenter() {
  const clock = itsClock();
  const opened = await openCenter({ data: copyOfCenter(), now: () => new Date(clock.wall()) });
  onTestFinished(() => opened.close());
  return { ...opened, url: await opened.app.listen({ host: '127.0.0.1', port: 0 }) };
}

const TENANT = 'tn_demo' as TenantId;
const operator = { kind: 'operator', tenantId: TENANT } as const;

it('opens the database of a center: its key, its records, their proofs', async () => {
  const { center } = await openKeptCenter();
  expect(center.signer.publicKey).toBe(facts.centerKey);
  expect(await readTotals(operator, center.db, TENANT)).toEqual({ sittings: 1, visitors: 0, formal: 1, passed: 1 });
  const [listed, ...others] = await readRecords(operator, center.db, TENANT, 1);
  expect(others).toEqual([]);
  expect(listed).toMatchObject({
    ...{ name: '张示范', stationName: '一号考站', batchId: facts.sent.batch, batchNumber: 1 },
    record: { sittingId: facts.sent.id, marks: 100, passed: true },
  });
  const file = await proofFileOf(operator, center, TENANT, facts.sent.batch as Sha256);
  expect(await verifyProofFile(Buffer.from(file?.text ?? ''), PublicKey.parse(facts.centerKey))).toMatchObject({
    ok: true,
  });
});

it('serves the stations that were enrolled: takes what waited there, and gives what waits for them', async () => {
  const { url, center } = await openKeptCenter();
  const station = openKept(copyOf('station'));
  const client = openCenterClient(url, station.identity, station.clock);
  const [batch] = station.outbox.waiting();
  if (!batch) throw new Error('no batch waits');
  station.outbox.settle(batch, await client.send(batch));
  expect(station.outbox.receiptOf(facts.overridden.id as never)).toBe('verified');
  expect(await readTotals(operator, center.db, TENANT)).toEqual({ sittings: 2, visitors: 0, formal: 2, passed: 1 });
  const [newest] = await readRecords(operator, center.db, TENANT, 1);
  expect(newest).toMatchObject({ batchNumber: 2, overriddenBy: '王监考', record: { sittingId: facts.overridden.id } });
  expect((await client.assignment()).candidates.map(({ id }) => id)).toContain('cd_night');

  const there = openKept(copyOf('there'));
  const other = openCenterClient(url, there.identity, there.clock);
  const mail = await other.mail();
  expect(mail.rescues).toEqual([facts.moved.fileHash]);
  expect(mail.moves).toEqual([
    { sittingId: facts.moved.id, candidateId: 'cd_demo-3', examId: 'ex_demo', to: facts.stations.there, over: false },
  ]);
  there.arrivals.take(await other.rescue(facts.moved.fileHash));
  expect(there.arrivals.has(facts.moved.fileHash as Sha256)).toBe(true);
});
