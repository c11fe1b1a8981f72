import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EXAM } from '../../authoring/bank.fixture.ts';
import { SittingId } from '../../contract/words/ids.ts';
import { verifyProofFile } from '../../proof/index.ts';
import { newSigner, openTinyCenter, readBatch, recordOf, STATION } from '../../proof/proof.fixture.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { makeDataFolder } from '../core/data-folder/index.ts';
import { openDatabase } from '../core/database/index.ts';
import { openLedger } from '../core/ledger/index.ts';
import { openCurrentSitting, SittingEvent } from '../core/sitting/index.ts';
import { openVault } from '../core/vault/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { openOutbox } from '../keep/outbox/index.ts';
import { assignmentOf, manualClock } from '../station.fixture.ts';
import { type Archive, openArchive } from './archive.ts';

/** A station that runs, with two finished sittings, and a look at its folder from outside. */
async function running() {
  const folder = temporaryFolder();
  const database = openDatabase(join(folder, 'station.db'));
  const clock = manualClock();
  const identity = openIdentity(database, openVault(randomBytes(32)));
  const center = openTinyCenter();
  identity.saveEnrolment(center.enrol(identity.signer.publicKey));
  const ledger = openLedger(database, clock, SittingEvent.parse);
  const outbox = openOutbox(database, clock);
  const seat = openCurrentSitting(ledger, clock);
  const { tenant, candidates } = assignmentOf();
  const sittings: SittingId[] = [];
  for (const { id: candidateId } of candidates) {
    seat.open({ tenantId: tenant.id, candidateId, exam: EXAM, identifiedBy: 'card' });
    sittings.push(seat.current?.id as SittingId);
    outbox.add(recordOf(sittings.length, { sittingId: sittings.at(-1) }));
    await outbox.seal(STATION, identity.signer);
    seat.execute({ kind: 'close', reason: 'candidate-left' });
  }
  const archive: Archive = openArchive(folder);
  onTestFinished(() => {
    archive[Symbol.dispose]();
    database.close();
  });
  return { archive, center, database, sittings, outbox };
}
const bytesOf = (text: string | undefined) => new TextEncoder().encode(text);

describe('a look into the folder of a station that runs', () => {
  it('finds the sittings, newest last, and all that happened in each', async () => {
    const { archive, sittings } = await running();
    expect(archive.sittings()).toEqual(sittings);
    expect(archive.entries(sittings[0] as SittingId).map(({ event }) => event.type)).toEqual(['opened', 'closed']);
    expect(archive.firstBroken()).toBeUndefined();
  });

  it('gives each batch as a file that anybody can check, the newest where none is named', async () => {
    const { archive, center, sittings } = await running();
    const key = center.signer.publicKey;
    const newest = archive.proofFile();
    expect(newest?.number).toBe(archive.batchOf(sittings[1] as SittingId));
    for (const file of [newest, archive.proofFile(1)])
      expect(await verifyProofFile(bytesOf(file?.text), key)).toMatchObject({
        ok: true,
        summary: { records: 1, receipt: 'none' },
      });
    expect(archive.proofFile(9)).toBeUndefined();
  });

  it('sees a receipt as soon as the station has it', async () => {
    const { archive, center, outbox, sittings } = await running();
    const [first, second] = sittings as [SittingId, SittingId];
    const [batch] = outbox.waiting();
    if (!batch) throw new Error('no batch');
    outbox.settle(batch, await center.receive(batch));
    expect([archive.receiptOf(first), archive.receiptOf(second)]).toEqual(['verified', 'waiting']);
    expect(await verifyProofFile(bytesOf(archive.proofFile(1)?.text))).toMatchObject({
      summary: { receipt: 'verified' },
    });
  });

  it('has results that were refused sent again, whether or not the station runs', async () => {
    const { archive, outbox, sittings } = await running();
    const [first, second] = outbox.waiting();
    if (!first || !second) throw new Error('no batches');
    outbox.refuse(first, { reason: 'batch-invalid', detail: 'no such firm' }, 3_600_000);
    expect(archive.setAside()).toMatchObject([
      { sitting: sittings[0], reason: 'batch-invalid', detail: 'no such firm' },
    ]);
    const seal = async () => {
      await outbox.seal(STATION, newSigner());
      return outbox.waiting().flatMap((batch) => readBatch(batch).records.map(({ sittingId }) => sittingId));
    };
    expect(await seal()).toEqual([sittings[1]]);
    expect(archive.resend()).toHaveLength(1);
    expect(await seal()).toEqual([sittings[1], sittings[0]]);
  });

  it('is refused where no station ever kept anything', () => {
    const folder = temporaryFolder();
    expect(reasonOf(() => openArchive(folder))).toBe('data-missing');
    // Whoever names a wrong folder does not find one made of it.
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a station that did nothing yet finds nothing', () => {
    const folder = temporaryFolder();
    makeDataFolder(folder)[Symbol.dispose]();
    const archive = openArchive(folder);
    expect([archive.sittings(), archive.proofFile(), archive.templates(), archive.firstBroken()]).toEqual([
      [],
      undefined,
      [],
      undefined,
    ]);
    expect(archive.batchOf(SittingId.parse('si_none'))).toBeUndefined();
    archive[Symbol.dispose]();
  });
});
