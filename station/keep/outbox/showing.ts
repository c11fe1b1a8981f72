import { Receipt } from '../../../contract/records/batches.ts';
import type { ExamRecord } from '../../../contract/records/index.ts';
import { LogProof } from '../../../contract/records/log-proof.ts';
import { type Instant, instant } from '../../../contract/words/ids.ts';
import { grantsNamedIn } from '../../../proof/index.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Outbox } from './outbox.ts';
import type { BatchRow, Tables } from './tables.ts';

/** So long a batch is looked at anew, and so often: witnesses come later than receipts. */
const AGAIN_FOR_MS = 24 * 3_600_000;
const AGAIN_MS = 10 * 60_000;
const AT_ONCE = 20;

/** Where the log has what batches rest on. */
export function openShowing({ batches, records }: Tables, clock: Clock): Pick<Outbox, 'unshown' | 'show'> {
  const ago = (ms: number): Instant => instant(new Date(Date.parse(clock.wall()) - ms));
  return {
    unshown: () =>
      batches.unshown(ago(AGAIN_FOR_MS), ago(AGAIN_MS), AT_ONCE).map(({ number, header, receipt }) => ({
        ...{ number, header },
        receipt: Receipt.parse(JSON.parse(receipt ?? '')),
        grants: grantsNamedIn(records.ofBatch(number).map(({ body }) => JSON.parse(body) as ExamRecord)),
      })),
    show(number, log) {
      batches.asked(number, clock.wall());
      if (!log) return;
      const before = batches.get(number);
      const known = before && logOf(before);
      if (!known || linesIn(log) >= linesIn(known)) batches.show(number, JSON.stringify(log));
    },
  };
}

export const logOf = ({ log }: Pick<BatchRow, 'log'>): LogProof | undefined =>
  log === null ? undefined : LogProof.parse(JSON.parse(log));

/** How many have signed the checkpoint. */
const linesIn = ({ checkpoint }: LogProof): number => checkpoint.split('\n— ').length;
