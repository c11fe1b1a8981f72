import type { ExamRecord } from '../../contract/records/index.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { MAX_SKEW_MS } from '../../contract/words/skew.ts';
import { timeDoubts } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { keepFindings } from './findings.ts';
import { type Around, aroundLines, keepRecordHeads } from './ledger-heads.ts';

/** A station that is carried to a network each evening is not late. */
const LATE_MS = 24 * 3_600_000;

type Doubt = { readonly reason: Reason; readonly detail: string };

/**
 * Holds records that came in against what is known of their station and of their time, and writes down what speaks against
 * them. Nothing is refused for it: what contradicts itself is disputed when it is judged, the rest is a remark.
 */
export async function doubtRecords(
  station: ActingStation,
  tx: Queries,
  { keys, now }: Pick<Center, 'keys' | 'now'>,
  records: readonly ExamRecord[],
): Promise<void> {
  const received = now();
  const rewritten = await keepRecordHeads(station, tx, records, received);
  const around = await aroundLines(
    tx,
    station.id,
    records.flatMap((record) => beganAt(record) ?? []),
  );
  const found = records.flatMap((record) => {
    const { tenantId, sittingId } = record;
    const [detail, times] = [rewritten.get(sittingId), around.get(beganAt(record) ?? 0)];
    const doubts: readonly Doubt[] = [
      ...(detail ? [{ reason: 'ledger-rewritten' as const, detail }] : []),
      ...timeDoubts(record, keys),
      ...(times ? doubtsAround(record, times) : []),
      ...doubtsOnArrival(record, received),
    ];
    return doubts.map((doubt) => ({ ...doubt, tenantId, stationId: station.id, sittingId }));
  });
  await keepFindings(tx, found, received);
}

/** The line with which it began here; nothing of what began at another station, by another clock. */
const beganAt = (record: ExamRecord): number | undefined =>
  'time' in record && !record.continues ? record.time?.began : undefined;

/** A ledger that was shorter at that time had not begun it; one that was as long had. */
function doubtsAround({ startedAt }: Pick<ExamRecord, 'startedAt'>, { after, before }: Around): readonly Doubt[] {
  const started = Date.parse(startedAt);
  const reason = 'time-contradicted';
  if (after && started < after.getTime() - MAX_SKEW_MS)
    return [{ reason, detail: `it began at ${startedAt}, and had not begun at ${after.toISOString()}` }];
  if (before && started > before.getTime() + MAX_SKEW_MS)
    return [{ reason, detail: `it began at ${startedAt}, and had begun at ${before.toISOString()}` }];
  return [];
}

function doubtsOnArrival({ submittedAt }: Pick<ExamRecord, 'submittedAt'>, received: Date): readonly Doubt[] {
  const ms = received.getTime() - Date.parse(submittedAt);
  return ms > LATE_MS ? [{ reason: 'record-late', detail: `${Math.floor(ms / 3_600_000)} h` }] : [];
}
