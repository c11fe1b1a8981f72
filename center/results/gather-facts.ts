import type { ExamRecord } from '../../contract/records/index.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { BankId, Instant, TenantId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { verifyCertificate } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { bankVersion, examVersions, historySince } from '../exams/index.ts';
import { listProctors, termsEver } from '../people/index.ts';
import { givenWords } from '../proctoring/index.ts';
import { stationKeys, stationNames, stationUsedBy } from '../stations/index.ts';
import { readTenant, type System } from '../tenants/index.ts';
import type { Facts } from './judge/index.ts';

/** All that records of one firm are held against: each table is asked once for all of them. */
export async function gatherFacts(
  actor: System,
  { tx, signer }: { readonly tx: Queries; readonly signer: Center['signer'] },
  tenantId: TenantId,
  records: readonly ExamRecord[],
): Promise<Facts> {
  const { visitorExamId } = await readTenant(actor, tx, tenantId);
  const exams = await examVersions(
    actor,
    tx,
    tenantId,
    records.map(({ exam }) => exam.id),
  );
  const versions = Map.groupBy(exams, ({ id }): Exam['id'] => id);
  const bankIds = [...new Set(records.map(({ form }) => form.bankId))];
  const known = new Map<BankId, Bank>();
  for (const id of bankIds) {
    const bank = await bankVersion(actor, tx, tenantId, id);
    if (bank) known.set(id, bank);
  }
  const people = await termsEver(
    actor,
    tx,
    tenantId,
    records.map(({ candidateId }) => candidateId),
  );
  const vias = records.flatMap(({ decisions }) => decisions.flatMap(({ via }) => via ?? []));
  const words = await givenWords(actor, { db: tx, signer }, tenantId, vias);
  const origins = records.flatMap(({ continues }) => continues?.stationId ?? []);
  const stations = await stationNames(actor, tx, tenantId, origins);
  const proctors = await listProctors(actor, tx, tenantId);
  return {
    since: await historySince(tx),
    proctors: new Set(proctors.map(({ id }) => id)),
    visitorExamId,
    versionsOf: (id) => versions.get(id) ?? [],
    bankOf: (id) => known.get(id),
    candidate: (id) => people.get(id),
    wordOf: (via) => words.get(via),
    isStation: (id) => stations.has(id),
  };
}

/** When the center vouched for a station first, whichever key it has now. */
export async function certifiedAt(
  actor: System,
  tx: Queries,
  signer: Center['signer'],
  tenantId: TenantId,
  stationId: ExamRecord['stationId'],
): Promise<Instant> {
  const station = await stationUsedBy(actor, tx, tenantId, stationId);
  const first = station && (await stationKeys(tx, station.id)).at(-1);
  const vouched = first && verifyCertificate(first.certificate, signer.publicKey);
  if (!vouched?.ok) throw new Error(`no certificate of ${stationId}`);
  return vouched.certificate.issuedAt;
}
