import { FILE_MOST, readUpTo } from '../authoring/read-up-to.ts';
import { Batch } from '../contract/records/batches.ts';
import type { CenterKeyList } from '../contract/records/center-keys.ts';
import { ExamRecord } from '../contract/records/index.ts';
import type { ResultReceipt } from '../contract/records/result-receipt.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { shortCode } from '../contract/words/receipt-code.ts';
import {
  findRecordOf,
  keyId,
  openReceiptCode,
  type ProvenReceipt,
  verifyReceiptCode,
  verifyReceiptInProof,
} from '../proof/index.ts';
import { type CommandResult, EXIT_OF, refused, sentenceOf } from './output.ts';
import { HEADLINE, remarkLines, saidOf, sentenceOn } from './verify-files.ts';

export type ReceiptQuestion = {
  readonly code: string;
  /** The center's with a proof file, else the station's. */
  readonly key: PublicKey | undefined;
  readonly proof: string | undefined;
  readonly record: string | undefined;
  /** What the root of the center has said of its keys by now. */
  readonly centerKeys?: CenterKeyList | undefined;
};

/** @throws Error where nothing was named that it could be checked by */
export async function verifyReceipt(question: ReceiptQuestion): Promise<CommandResult> {
  const { code, key, proof, record, centerKeys } = question;
  if (proof !== undefined) {
    const bytes = readUpTo(proof, FILE_MOST.signed, 'format-unknown');
    const proven = await verifyReceiptInProof(code, bytes, key, { centerKeys });
    return proven.ok ? holds(code, proven) : refused(proven);
  }
  if (!key) throw new Error(whoseKeyIsNeeded(code));
  const signed = verifyReceiptCode(code, key);
  if (!signed.ok) return refused(signed);
  if (record === undefined) return holds(code, { ...signed, stationKey: key });
  const found = findRecordOf(signed.receipt, recordsIn(record));
  return found.ok ? holds(code, { ...signed, stationKey: key, record: found.record }) : refused(found);
}

function whoseKeyIsNeeded(code: string): string {
  const { receipt } = openReceiptCode(code) ?? {};
  const whose = receipt ? `it says that ${receipt.stationId} signed it; ` : '';
  return `${whose}name a proof file that has its record, or give the station's public key with --key`;
}

/** @throws ZodError where the file is neither a record nor a batch */
function recordsIn(file: string): readonly ExamRecord[] {
  const json: unknown = JSON.parse(readUpTo(file, FILE_MOST.signed, 'format-unknown').toString('utf8'));
  const batch = Batch.safeParse(json);
  return batch.success ? batch.data.records : [ExamRecord.parse(json)];
}

type Held = Pick<ProvenReceipt, 'receipt' | 'stationKey'> & Partial<Pick<ProvenReceipt, 'record' | 'summary'>>;

/** Without a proof file in which the center logged it, it is signed, and no more. */
function holds(code: string, { receipt, stationKey, record, summary }: Held): CommandResult {
  const { format: _, ...says } = receipt;
  const verdict = summary?.verdict ?? 'signed-only';
  const remarks = (summary?.remarks ?? []).map(saidOf);
  const text = [
    `${HEADLINE[verdict]}  ${inWords(receipt, record)}`,
    ...(summary ? sentenceOn(summary) : sentenceOf(verdict)),
    `sitting ${receipt.sittingId}, exam ${receipt.examId} (${receipt.mode}), handed in ${receipt.submittedAt}`,
    `record ${receipt.recordHash}: ${record ? 'it is here, and says the same' : 'not looked for: name a proof file'}`,
    `signed by station ${receipt.stationId}, key ${keyId(stationKey)}`,
    ...(summary ? [`vouched for by center key ${summary.centerKeyId} (${summary.trust})`] : []),
    ...(summary ? [`receipt of the center's log: ${summary.receipt}`] : []),
    ...remarkLines(remarks),
    `code ${shortCode(code)}`,
  ];
  const proven = summary ? { centerKeyId: summary.centerKeyId, trust: summary.trust, log: summary.receipt } : {};
  const json = {
    ok: true,
    verdict,
    remarks,
    ...says,
    stationKeyId: keyId(stationKey),
    record: record !== undefined,
    ...proven,
  };
  return { exit: EXIT_OF[verdict], json, text };
}

const inWords = ({ marks, passed }: ResultReceipt, record: ExamRecord | undefined): string =>
  `${marks}${record ? ` of ${record.fullMarks}` : ''} marks, ${passed ? 'passed' : 'not passed'}`;
