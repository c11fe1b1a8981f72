import { ProofFile } from '../../contract/records/batches.ts';
import { type Instant, instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { isWithinReason } from '../../contract/words/within-reason.ts';
import { sealRecord, sha256, verifyProofFile } from '../../proof/index.ts';
import type { ReadFile } from './said.ts';

export type ReadProof = ReadFile & { readonly key: PublicKey };

/**
 * Results in a proof file of another center: each proven, or none is taken.
 * @param known root keys of that vendor's centers
 * @throws Refusal `center-key-unknown`; `receipt-invalid` where that center has not logged it; else why it proves nothing
 */
export async function readProof(bytes: Uint8Array, known: readonly PublicKey[], now: Date): Promise<ReadProof> {
  const file = fileIn(bytes);
  const key = known.find((one) => one === file.centerKey);
  if (!key) throw new Refusal('center-key-unknown');
  const verified = await verifyProofFile(bytes, key, { now: instant(now) });
  if (!verified.ok) throw new Refusal(verified.reason, verified.detail);
  if (verified.summary.verdict !== 'proven') throw new Refusal('receipt-invalid', 'its center has not logged it');
  const rows = file.batch.records.map((record, at) => {
    const { sittingId, candidateId, exam, marks, fullMarks, passed, submittedAt } = record;
    const who = { madeId: candidateId, recordHash: sha256(sealRecord(record).text) };
    const said = { who, exam: exam.title.zh, examId: null, mode: exam.mode, marks, fullMarks, passed };
    return { row: at + 1, ownId: sittingId, name: '', said: { ...said, submittedAt: submittedAt as Instant } };
  });
  return { key, rows, ignored: [] };
}

function fileIn(bytes: Uint8Array): ProofFile {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isWithinReason(value)) return ProofFile.parse(value);
  } catch {
    // Said below.
  }
  throw new Refusal('format-unknown', 'this is no proof file');
}
