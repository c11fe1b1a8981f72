import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { Batch, Receipt } from '../../contract/records/batches.ts';
import { CandidateId, Instant, type Sha256 } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { batchId, generateSigningKey, openSigner, verifyProofFile, verifyReceipt } from '../../proof/index.ts';
import { sealed } from '../../proof/proof.fixture.ts';
import { installPackage } from '../../station/center-link/index.ts';
import { bytesOf, copyOf, facts, openKept, textOf } from './kept.ts';
import { clockAt } from './open.ts';

const log = pino({ level: 'silent' });
const centerKey = PublicKey.parse(facts.centerKey);

describe('a proof file', () => {
  it('is verified with the key that was published then, and with no other', async () => {
    expect(await verifyProofFile(bytesOf('proof.json'), centerKey)).toMatchObject({
      ok: true,
      summary: { batch: 1, records: 1, receipt: 'verified', trust: 'pinned', stationId: facts.stations.here },
    });
    const other = openSigner(generateSigningKey()).publicKey;
    expect(await verifyProofFile(bytesOf('proof.json'), other)).toMatchObject({
      ok: false,
      reason: 'signature-invalid',
    });
  });

  it('is refused with a mark changed', async () => {
    const text = textOf('proof.json');
    const forged = text.replace('"marks":100,', '"marks":99,');
    expect(forged).not.toBe(text);
    expect(await verifyProofFile(Buffer.from(forged), centerKey)).toMatchObject({ ok: false, reason: 'root-mismatch' });
  });
});

describe('a batch and its receipt', () => {
  it('are read from the wire, and fit each other', () => {
    const batch = Batch.parse(JSON.parse(textOf('sent-batch.json')));
    const receipt = Receipt.parse(JSON.parse(textOf('receipt.json')));
    expect(batchId(batch)).toBe(facts.sent.batch);
    expect(batch.records.map(({ marks, passed }) => ({ marks, passed }))).toEqual([{ marks: 100, passed: true }]);
    expect(verifyReceipt(receipt, sealed(batch), centerKey)).toMatchObject({ ok: true });
    const waiting = Batch.parse(JSON.parse(textOf('waiting-batch.json')));
    expect(verifyReceipt(receipt, sealed(waiting), centerKey)).toMatchObject({ ok: false, reason: 'receipt-invalid' });
  });
});

describe('an exam package', () => {
  const install = (at: string, data = copyOf('station')) => {
    const station = openKept(data, clockAt(at, 'another boot'));
    return { station, installed: installPackage({ ...station, engine: undefined, log }, bytesOf('night.package')) };
  };

  it('is taken in by the station it is for: exam, bank with its picture, candidate', async () => {
    const { station, installed } = install(facts.madeAt);
    expect(await installed).toEqual({ exam: 'ex_night', candidates: 1, items: 2 });
    const { roster, banks } = station;
    expect(roster.findByNumber('11010519491231002X')).toMatchObject({
      id: 'cd_night',
      name: '周夜班',
      examId: 'ex_night',
    });
    expect(roster.exam('ex_night' as never)).toMatchObject({ title: { zh: '夜班' }, passMarks: 60 });
    const { items } = banks.get(facts.night.bankId as never);
    expect(items.map(({ kind }) => kind)).toEqual(['single', 'numeric']);
    expect(items[1]).toMatchObject({ number: { value: 10, tolerance: 0 }, unit: '米' });
    expect(banks.picture(facts.night.picture as Sha256)).toBeDefined();
  });

  it('is refused by another station, and after its time', async () => {
    await expect(install(facts.madeAt, copyOf('there')).installed).rejects.toMatchObject({ reason: 'package-foreign' });
    const late = Instant.parse(new Date(Date.parse(facts.night.notAfter) + 1).toISOString());
    await expect(install(late).installed).rejects.toMatchObject({ reason: 'package-expired' });
  });
});

describe('a rescue file', () => {
  it('is taken in by the station where its sitting goes on, with its answers and its time', () => {
    const { arrivals } = openKept(copyOf('there'));
    arrivals.take(bytesOf('moved.rescue'));
    const carried = arrivals.waitingFor(CandidateId.parse('cd_demo-3'));
    expect(carried).toMatchObject({ candidateId: 'cd_demo-3', exam: { id: 'ex_demo' } });
    const { from, sitting, answers, flags, extraMs, durationMs, activeMs, decisions } = carried?.continues ?? {};
    expect({ from, sitting }).toEqual({ from: facts.stations.here, sitting: facts.moved.id });
    expect(
      Object.fromEntries((answers ?? []).map(({ itemId, chosen, revision }) => [itemId, { chosen, revision }])),
    ).toEqual(facts.moved.answers);
    expect(answers).toHaveLength(3);
    expect(flags).toEqual(facts.moved.flags);
    expect(decisions?.map(({ action }) => action)).toEqual(['unlocked', 'extended', 'moved']);
    expect((durationMs ?? 0) + (extraMs ?? 0) - (activeMs ?? 0)).toBe(facts.moved.remainingMs);
    expect(facts.moved.remainingMs).toBe(2_010_000);
  });

  it('lies where it left, as it was sent', () => {
    const { departures } = openKept(copyOf('station'));
    const { here, there } = facts.stations;
    const file = departures.fileOf(facts.moved.id as never, there as never);
    expect(file && Buffer.from(file).equals(bytesOf('moved.rescue'))).toBe(true);
    expect(departures.stateOf({ sitting: facts.moved.id as never, to: there as never })).toBe('delivered');
    expect(departures.fileOf(facts.moved.id as never, here as never)).toBeUndefined();
  });

  it('is refused where it came from', () => {
    const { arrivals } = openKept(copyOf('station'));
    expect(() => arrivals.take(bytesOf('moved.rescue'))).toThrow(expect.objectContaining({ reason: 'rescue-foreign' }));
  });
});
