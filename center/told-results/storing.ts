import type { ToldFile } from '../../contract/platform/told-results.ts';
import type { Sha256, TenantId, ToldImportId } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { changingMany, type Deed } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import type { NewTold } from './plan.ts';

type SaidImport = {
  readonly id: ToldImportId;
  readonly wish: ToldFile;
  readonly vendor: string;
  readonly hash: Sha256;
  /** Of the center that has proven it. */
  readonly key: PublicKey | null;
  readonly ofOneFirm: TenantId | null;
  readonly at: Date;
};

/** What was brought, and a line for each firm that it tells of. */
export async function storeImport(
  actor: ActingAccount,
  tx: Queries,
  said: SaidImport,
  told: readonly NewTold[],
): Promise<void> {
  const { id, wish, vendor, hash, key, ofOneFirm, at } = said;
  const deeds = deedsOf('results-told', id, [...(ofOneFirm ? [] : [null]), ...told.map(({ tenantId }) => tenantId)]);
  await changingMany(actor, tx, deeds, stateOfImport(id), async (inside) => {
    await inside.query(
      `INSERT INTO told_imports
         (id, organisation_id, vendor_id, vendor, source, file_name, file_hash, proven_by, rows, brought_by, brought_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, wish.organisationId, wish.vendorId, vendor, wish.source, wish.name, hash, key, told.length],
        ...[actor.name, at.toISOString()],
      ],
    );
    await storeRows(inside, said, told);
  });
}

/** One thing that was done, in the audit log of each whom it is about. */
export const deedsOf = (what: Deed['what'], id: ToldImportId, tenants: readonly (TenantId | null)[]): readonly Deed[] =>
  [...new Set(tenants)].map((tenantId) => ({ tenantId, what, subject: { kind: 'import', id } }));

export const stateOfImport =
  (id: ToldImportId) =>
  async (tx: Queries): Promise<ReadonlyMap<string, unknown>> => {
    const sql = `SELECT organisation_id, vendor_id, source, file_hash, proven_by, rows, withdrawn_at FROM told_imports
      WHERE id = $1 FOR NO KEY UPDATE`;
    return new Map((await tx.query(sql, [id])).map((row) => [id, row]));
  };

async function storeRows(tx: Queries, { id, wish }: SaidImport, told: readonly NewTold[]): Promise<void> {
  const column = (of: (one: NewTold) => unknown): readonly unknown[] => told.map(of);
  await tx.query(
    `INSERT INTO told_results (import_id, vendor_id, source, tenant_id, id, own_id, content, candidate_id, name, number_hash,
       ending, exam_title, exam_id, mode, marks, full_marks, passed, submitted_at, record_hash)
     SELECT $1::text, $2::text, $3::text, * FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::float8[], $16::float8[], $17::boolean[],
       $18::timestamptz[], $19::text[])`,
    [
      ...[id, wish.vendorId, wish.source, column((one) => one.tenantId), column(() => makeId('tr'))],
      ...[column((one) => one.ownId), column((one) => one.content), column((one) => one.candidateId)],
      ...[column((one) => one.name), column((one) => one.numberHash), column((one) => one.ending)],
      ...[column(({ said }) => said.exam), column(({ said }) => said.examId), column(({ said }) => said.mode)],
      ...[column(({ said }) => said.marks), column(({ said }) => said.fullMarks), column(({ said }) => said.passed)],
      column(({ said }) => said.submittedAt),
      column(({ said: { who } }) => ('recordHash' in who ? who.recordHash : null)),
    ],
  );
}
