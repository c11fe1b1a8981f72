import { ExamRecord } from '../../../contract/records/index.ts';
import { sealRecord, sha256 } from '../../../proof/index.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Database } from '../../core/database/index.ts';
import type { Outbox } from './outbox.ts';
import { resultsOf } from './results.ts';
import { openSealing } from './sealing.ts';
import { openShowing } from './showing.ts';
import { openTables } from './tables.ts';
import { openTakingBack } from './taking-back.ts';

export function openOutbox(database: Database, clock: Clock): Outbox {
  const tables = openTables(database);
  const { records, batches } = tables;
  return {
    ...openSealing(database, tables, clock),
    ...openTakingBack(database, tables, clock),
    ...openShowing(tables, clock),
    add(record) {
      const { sittingId, tenantId, candidateId, exam } = record;
      const of = { sitting: sittingId, tenant: tenantId, candidate: candidateId, exam: exam.id };
      records.add(of, sealRecord(record).text);
      return sha256(records.ofSitting(sittingId)?.body ?? '');
    },
    get waitingRecords() {
      return records.waiting();
    },
    awaits: records.awaits,
    get results() {
      return resultsOf(tables);
    },
    receiptOf(sitting) {
      const batch = records.ofSitting(sitting)?.batch;
      return batch && batches.get(batch)?.receipt ? 'verified' : 'waiting';
    },
    recordOf(sitting) {
      const body = records.ofSitting(sitting)?.body;
      return body === undefined ? undefined : ExamRecord.parse(JSON.parse(body));
    },
    attempts: records.attempts,
    batchOf: (sitting) => records.ofSitting(sitting)?.batch ?? undefined,
  };
}
