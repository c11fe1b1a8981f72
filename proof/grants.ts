import type { ProofFile, StationCertificate } from '../contract/records/batches.ts';
import { coversExam, Grant, runsAt } from '../contract/records/grants.ts';
import type { ExamRecord } from '../contract/records/index.ts';
import type { GrantId } from '../contract/words/ids.ts';
import { type CenterKey, type CenterKeys, inWordsOf, signedByCenter } from './center-keys.ts';
import { no, type Rejection, type Verified } from './verdict.ts';

/** Did the center give this grant? It has no date: one that a revoked key signed has to be known from the log. */
export function verifyGrant(
  jws: string,
  center: CenterKeys,
  when?: 'logged',
): Verified<{ grant: Grant; by: CenterKey }> {
  const read = signedByCenter(jws, 'exam-station/grant', Grant, center, when);
  if (read.ok) return { ok: true, grant: read.said, by: read.by };
  return inWordsOf(read, no('grant-invalid', 'a grant is not signed by the center key'));
}

/** The grant a record was sat under; none where it was under the standing one of whose station it is. */
const grantOf = (record: ExamRecord): GrantId | undefined => ('grant' in record ? record.grant : undefined);

/** Each once, in the order in which they are named. */
export const grantsNamedIn = (records: readonly ExamRecord[]): readonly GrantId[] => [
  ...new Set(records.flatMap((record) => grantOf(record) ?? [])),
];

/**
 * Why a record is under no grant: neither the standing one of the certificate, nor one of those given along.
 * @param grants that the center has signed
 */
export function whyNotGranted(
  record: ExamRecord,
  station: StationCertificate,
  grants: ReadonlyMap<GrantId, Grant>,
): Rejection | undefined {
  const id = grantOf(record);
  if (!id)
    return record.tenantId === station.tenantId
      ? undefined
      : no('batch-invalid', 'a record belongs to another station or firm');
  const grant = grants.get(id);
  if (!grant) return no('grant-missing', `${record.sittingId} names ${id}, which is not here`);
  const holds =
    grant.stationId === station.stationId &&
    grant.tenantId === record.tenantId &&
    coversExam(grant, record.exam.id) &&
    inItsTime(grant, record);
  return holds ? undefined : no('grant-invalid', `${id} does not cover ${record.sittingId}`);
}

/**
 * An exam begins while its grant runs, and then goes on to its end. One that goes on from another station began there, under
 * that station's grant: here some of it lies in the grant's time.
 */
function inItsTime(grant: Grant, { startedAt, submittedAt, continues }: ExamRecord): boolean {
  return continues ? startedAt < grant.until && submittedAt >= grant.from : runsAt(grant, startedAt);
}

/** The grants of a file, each signed by the center and named by a record of it. */
export function grantsIn(
  file: ProofFile,
  center: CenterKeys,
): Verified<{ grants: readonly Grant[]; by: readonly CenterKey[] }> {
  if (file.format === 'exam-station/proof@1') return { ok: true, grants: [], by: [] };
  const grants: Grant[] = [];
  const by: CenterKey[] = [];
  for (const jws of file.grants) {
    // Whether the log holds it is asked of all that a revoked key signed.
    const given = verifyGrant(jws, center, 'logged');
    if (!given.ok) return given;
    grants.push(given.grant);
    by.push(given.by);
  }
  const named = grantsNamedIn(file.batch.records);
  const ids = new Set(grants.map(({ id }) => id));
  if (ids.size < grants.length || [...ids].some((id) => !named.includes(id)))
    return no('grant-invalid', 'a grant is in the file that none of its records names, or twice');
  return { ok: true, grants, by };
}
