import type { PublicKey } from '../contract/words/keys.ts';
import { batchId } from './sealed-record.ts';
import { no, type Verified } from './verdict.ts';
import { type OpenedProof, openProofFile, type ProofSummary } from './verify.ts';
import { type Finding, LOOKS, type Member } from './verify-looks.ts';
import type { VerifyPolicy } from './verify-remarks.ts';

export type NamedBytes = { readonly name: string; readonly bytes: Uint8Array };
export type CheckedFile = { readonly name: string; readonly checked: Verified<{ summary: ProofSummary }> };

/**
 * Checks proof files each by itself, and those that hold against each other: what a station or a center has signed twice in
 * two ways is seen only where both are at hand. One file given twice is one file.
 * @param pinned as of `verifyProofFile`
 */
export async function verifyProofFiles(
  files: readonly NamedBytes[],
  pinned?: PublicKey,
  policy: VerifyPolicy = {},
): Promise<readonly CheckedFile[]> {
  const opened = await Promise.all(
    files.map(async ({ name, bytes }) => ({ name, opened: await openProofFile(bytes, pinned, policy) })),
  );
  const members = opened.flatMap(({ name, opened: one }): readonly Member[] =>
    one.ok ? [{ ...one, name, id: batchId(one.batch) }] : [],
  );
  const findings = LOOKS.flatMap((look) => look(members));
  return opened.map(({ name, opened: one }) => ({
    name,
    checked: one.ok ? asFound(one, findings) : one,
  }));
}

function asFound({ summary, batch }: OpenedProof, findings: readonly Finding[]): Verified<{ summary: ProofSummary }> {
  const id = batchId(batch);
  const about = findings.filter(({ of }) => of.some((member) => member.id === id));
  const wrong = about.find((finding) => 'wrong' in finding);
  if (wrong) return no(wrong.wrong, wrong.detail);
  const more = about.flatMap((finding) => ('remark' in finding ? [finding.remark] : []));
  return { ok: true, summary: { ...summary, remarks: [...summary.remarks, ...more] } };
}
