import { type BatchHeader, Receipt } from '../../../contract/records/batches.ts';
import type { ExamRecord } from '../../../contract/records/index.ts';
import type { Sha256 } from '../../../contract/words/ids.ts';
import {
  certificatesOf,
  grantsNamedIn,
  type OutgoingBatch,
  proofFileText,
  rootOfRecords,
  sealedText,
} from '../../../proof/index.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Database } from '../../core/database/index.ts';
import type { Outbox } from './outbox.ts';
import { logOf } from './showing.ts';
import type { BatchRow, RecordRow, Tables } from './tables.ts';

export const toBatch = ({ id, header }: BatchRow, rows: readonly RecordRow[]): OutgoingBatch => ({
  ...{ id, header },
  records: rows.map(({ body }) => sealedText(body)),
});

/** Batches as they are made, wait and are logged. */
export function openSealing(
  database: Database,
  { records, batches, withdrawn, aside }: Tables,
  clock: Clock,
): Pick<Outbox, 'seal' | 'waiting' | 'settle' | 'proofFile'> {
  const store = database.transaction((number: number, header: string, rows: readonly RecordRow[]) => {
    batches.add(number, header);
    for (const { position } of rows) records.putInto(number, position);
  });
  const settle = database.transaction((id: Sha256, receipt: Receipt) => {
    const row = batches.waiting().find((one) => one.id === id);
    if (!row) return;
    batches.settle(id, JSON.stringify(receipt), clock.wall());
    aside.done(row.number);
  });
  return {
    async seal(stationId, signer) {
      const rows = records.nextLoose(clock.wall());
      if (rows.length === 0) return;
      const previous = batches.last();
      const number = (previous?.number ?? 0) + 1;
      const replaces = withdrawn.numbered(number)[0]?.id;
      const header: BatchHeader = {
        ...{ stationId, number, previous: previous?.id ?? null, size: rows.length },
        root: await rootOfRecords(rows.map(({ body }) => sealedText(body))),
        createdAt: clock.wall(),
        ...(replaces ? { replaces } : {}),
      };
      store.immediate(number, signer.sign('exam-station/batch', header), rows);
    },
    waiting: (most) => batches.waiting(most).map((row) => toBatch(row, records.ofBatch(row.number))),
    settle: (batch, receipt) => settle.immediate(batch.id, receipt),
    proofFile(number, certificate, centerKey, given) {
      const row = batches.get(number);
      const vouched = row && vouchedFor(row, certificate);
      if (!vouched) return undefined;
      const receipt = row.receipt ? Receipt.parse(JSON.parse(row.receipt)) : null;
      const rows = records.ofBatch(number);
      const grants = grantsNamedIn(rows.map(({ body }) => JSON.parse(body) as ExamRecord)).flatMap(
        (id) => given?.jwsOf(id) ?? [],
      );
      return proofFileText({ ...vouched, centerKey, batch: toBatch(row, rows), receipt, grants, log: logOf(row) });
    },
  };
}

/** The certificate of the key that signed a batch, and those of the keys before. */
function vouchedFor({ header }: BatchRow, given: string | readonly string[]) {
  if (typeof given === 'string') return { certificate: given };
  const found = certificatesOf(header, given);
  return found && { certificate: found.certificate, keys: found.former };
}
