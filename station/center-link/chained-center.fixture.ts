import { type Batch, BatchHeader, type Receipt } from '../../contract/records/batches.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { batchId, verifyJws } from '../../proof/index.ts';
import type { TinyCenter } from '../../proof/proof.fixture.ts';

/** A center that keeps to the rules of the chain as the real one does, and refuses what a test says. */
export type ChainedCenter = {
  /** @throws Refusal what `no` says of a batch, `chain-broken`, `batch-invalid` where a sitting is logged already */
  receive(batch: Batch): Promise<Receipt>;
  /** Sittings in the order they were logged. */
  readonly logged: readonly string[];
  /** Headers in the order they were logged. */
  readonly chain: readonly BatchHeader[];
};

export function openChainedCenter(
  center: TinyCenter,
  station: PublicKey,
  no: (records: readonly ExamRecord[]) => Reason | undefined,
): ChainedCenter {
  const receipts = new Map<Sha256, Receipt>();
  const [logged, chain]: [string[], BatchHeader[]] = [[], []];
  let last: Sha256 | null = null;
  return {
    logged,
    chain,
    async receive(batch) {
      const known = receipts.get(batchId(batch));
      if (known) return known;
      const reason = no(batch.records);
      if (reason) throw new Refusal(reason, 'as the test says');
      const header = BatchHeader.parse(verifyJws(batch.header, 'exam-station/batch', station));
      if (header.number !== chain.length + 1 || header.previous !== last) throw new Refusal('chain-broken');
      const sittings = batch.records.map(({ sittingId }) => sittingId);
      if (sittings.some((sitting) => logged.includes(sitting))) throw new Refusal('batch-invalid');
      const receipt = await center.receive(batch);
      last = batchId(batch);
      receipts.set(last, receipt);
      chain.push(header);
      logged.push(...sittings);
      return receipt;
    },
  };
}
