import { describe, expect, it } from 'vitest';
import { proofFileText, verifyProofFile, whoSaw } from './index.ts';
import { genuineInLog, ORIGIN, openSmallLog, textOf } from './log.fixture.ts';
import { GUEST, guestRecordOf, newSigner, recordOf, sealed } from './proof.fixture.ts';
import { cosign, readNote, witnessKey } from './transparency/index.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const verdictOf = async (file: object): Promise<string> => {
  const outcome = await verifyProofFile(bytesOf(textOf(file)));
  return outcome.ok ? 'ok' : outcome.reason;
};
const witness = (name: string) => {
  const signer = newSigner();
  return { name, signer, key: witnessKey(name, signer.publicKey) };
};
const [county, union] = [witness('county.example'), witness('union.example')];

describe('a proof file that shows its log', () => {
  it('is valid, with a grant or without, and says which log and how long it was', async () => {
    const own = await genuineInLog([recordOf(1), recordOf(2)]);
    const guest = await genuineInLog([guestRecordOf(1)], { grants: [{ tenantId: GUEST }] });
    for (const { text, center, log } of [own, guest]) {
      const outcome = await verifyProofFile(bytesOf(text), center.signer.publicKey);
      expect(outcome).toMatchObject({ ok: true, summary: { log: { origin: ORIGIN, size: log.leaves.length } } });
    }
  });

  it('is written as it was read', async () => {
    const { file, text } = await genuineInLog([recordOf(1)]);
    expect(proofFileText({ ...file, batch: sealed(file.batch) })).toBe(text);
  });

  it('is refused with a statement under revocations, which nothing here verifies', async () => {
    const { file, center } = await genuineInLog([recordOf(1)]);
    const revocations = [center.signer.sign('exam-station/revocation', { stationId: 'st_test' })];
    expect(await verdictOf({ ...file, revocations })).toBe('statement-unclear');
    expect(await verdictOf({ ...file, revocations: [] })).toBe('ok');
  });

  it('is none once any one byte of it is another', async () => {
    const { text, center } = await genuineInLog([recordOf(1)], { witnesses: [county] });
    const bytes = bytesOf(text);
    const from = text.indexOf('"log":');
    for (let at = from; at < bytes.length; at++) {
      const forged = Uint8Array.from(bytes);
      forged[at] = (forged[at] as number) ^ 1;
      const outcome = await verifyProofFile(forged, center.signer.publicKey);
      // A line of a witness that nobody named says nothing to whoever named none.
      const wish = { least: 1, witnesses: [county.key] };
      expect(outcome.ok && whoSaw(outcome.summary.log, wish).ok, `byte ${at}`).toBe(false);
    }
  });

  it.each<[string, string, (made: Awaited<ReturnType<typeof genuineInLog>>) => Promise<object>]>([
    [
      'whose checkpoint is of another log',
      'log-invalid',
      async ({ file, log }) => ({
        ...file,
        log: { ...file.log, checkpoint: await openSmallLog(newSigner(), log.leaves).checkpoint() },
      }),
    ],
    [
      'whose checkpoint does not go on from the receipt',
      'log-forked',
      async ({ file, log, center, size }) => {
        const other = openSmallLog(center.signer, log.leaves.with(size - 1, new Uint8Array(32)));
        await other.ready;
        return {
          ...file,
          log: { ...file.log, checkpoint: await other.checkpoint(), consistency: await other.consistency(size) },
        };
      },
    ],
    [
      'whose checkpoint is older than the receipt',
      'log-forked',
      async ({ file, log, size }) => ({
        ...file,
        log: { ...file.log, checkpoint: await log.checkpoint([], size - 1), consistency: [] },
      }),
    ],
    [
      'whose certificate is somewhere else',
      'not-logged',
      async ({ file, log }) => ({
        ...file,
        log: { ...file.log, certificate: await log.inclusion(0) },
      }),
    ],
    [
      'with a grant too many in the log',
      'not-logged',
      async ({ file, log }) => ({
        ...file,
        log: { ...file.log, grants: [await log.inclusion(0)] },
      }),
    ],
    ['with no receipt', 'format-unknown', async ({ file }) => ({ ...file, receipt: null })],
    [
      'of the version before with a log',
      'format-unknown',
      async ({ file }) => ({ ...file, format: 'exam-station/proof@2' }),
    ],
  ])('%s is refused', async (_, reason, change) => {
    expect(await verdictOf(await change(await genuineInLog([recordOf(1), recordOf(2)])))).toBe(reason);
  });

  it('with a grant that is in no log is refused', async () => {
    const { file, log } = await genuineInLog([guestRecordOf(1)], { grants: [{ tenantId: GUEST }] });
    for (const grants of [[], [await log.inclusion(1)]])
      expect(await verdictOf({ ...file, log: { ...file.log, grants } })).toBe('not-logged');
  });
});

describe('witnesses of a log that a file shows', () => {
  const shown = async (witnesses = [county, union]) => {
    const { text } = await genuineInLog([recordOf(1)], { witnesses });
    const outcome = await verifyProofFile(bytesOf(text));
    return outcome.ok ? outcome.summary.log : undefined;
  };

  it('are those that were named, each once', async () => {
    const log = await shown();
    const seen = whoSaw(log, { least: 2, witnesses: [county.key, union.key] });
    expect(seen.ok && seen.seenBy.map((one) => one.witness)).toEqual([county.name, union.name]);
    expect(whoSaw(log, { least: 2, witnesses: [county.key] })).toMatchObject({ reason: 'witnesses-missing' });
    expect(whoSaw(log, { least: 1, witnesses: [witness('county.example').key] })).toMatchObject({ ok: false });
    expect(whoSaw(await shown([]), { least: 1, witnesses: [county.key] })).toMatchObject({ ok: false });
    expect(whoSaw(undefined, { least: 1, witnesses: [county.key] })).toMatchObject({ reason: 'witnesses-missing' });
    expect(whoSaw(undefined, { least: 0, witnesses: [] })).toEqual({ ok: true, seenBy: [] });
  });

  it('count once, by whatever two names they go', async () => {
    const other = { ...county, name: 'other.example', key: witnessKey('other.example', county.signer.publicKey) };
    const log = await shown([county, other]);
    expect(whoSaw(log, { least: 2, witnesses: [county.key, other.key] })).toMatchObject({ ok: false });
  });

  it('have seen nothing where their line is of another checkpoint', async () => {
    const log = await shown([]);
    const line = cosign('log.example/exams\n1\nx\n', county.name, county.signer, new Date());
    const spoiled = { ...log, checkpoint: `${log?.checkpoint}${line}\n` } as never;
    expect(readNote(`${log?.checkpoint}${line}\n`)?.signatures).toHaveLength(2);
    expect(whoSaw(spoiled, { least: 1, witnesses: [county.key] })).toMatchObject({ reason: 'log-invalid' });
  });
});
