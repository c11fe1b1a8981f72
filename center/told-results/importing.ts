import { z } from 'zod';
import { TELL_RESULTS, TOLD_OUTCOMES, type ToldFile, type ToldReport } from '../../contract/platform/told-results.ts';
import { type ExamId, type OrganisationId, TenantId, ToldImportId } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { examTitles } from '../exams/index.ts';
import {
  type FirmWithin,
  firmsWithin,
  type OrganisationPlace,
  placesOf,
  type Supplier,
  suppliersWithin,
} from '../organisations/index.ts';
import { peopleOfMadeIds, peopleOfNumbers } from '../people/index.ts';
import { type ActingAccount, onlooker, reaches } from '../tenants/index.ts';
import { knownKeys } from './centers.ts';
import { numberHash } from './number-hash.ts';
import { type PlannedRow, planTold, type ToldFacts, toldKey } from './plan.ts';
import { readProof } from './read-proof.ts';
import { readStatements } from './read-statements.ts';
import { readToldTable } from './read-table.ts';
import { isProblem, type ReadFile, type ReadRow, type SaidResult } from './said.ts';
import { storeImport } from './storing.ts';

/**
 * Looks at a file of results that somebody tells of, row by row; and takes over those that are right, in one transaction, unless it is
 * a dry run. Nothing of it counts as a result of ours.
 * @throws Refusal `organisation-unknown`, `organisation-misplaced`, `organisation-settled`, `not-a-workbook`, `bad-message`,
 * `center-key-unknown`, and why a proof file proves nothing
 */
export async function importToldResults(actor: ActingAccount, center: Center, wish: ToldFile): Promise<ToldReport> {
  const { db, now } = center;
  const firms = await firmsWithin(actor, db, TELL_RESULTS, { below: wish.organisationId });
  const place = await placeFor(actor, db, wish);
  const vendor = await vendorFor(actor, db, wish.vendorId);
  const bytes = Buffer.from(wish.file, 'base64');
  const file = await readFile(center, bytes, wish);
  const facts = await factsFor(actor, center, file.rows, { firms, place });
  const provenBy = 'key' in file ? vendor.name : null;
  const report = (rows: readonly PlannedRow[], more: Pick<ToldReport, 'importId' | 'applied'>): ToldReport => ({
    ...{ ...more, counts: countsOf(rows), ignored: file.ignored, provenBy, rows: rows.map(({ shown }) => shown) },
  });
  const planIn = async (tx: Queries) =>
    planTold(file.rows, { ...facts, known: await knownOf(tx, wish, file.rows), now: now() });
  if (wish.dryRun) return report(await planIn(db), { importId: null, applied: false });
  return db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`told ${wish.vendorId}`]);
    const rows = await planIn(tx);
    const told = rows.flatMap((row) => row.told ?? []);
    if (told.length === 0) return report(rows, { importId: null, applied: true });
    const id = ToldImportId.parse(makeId('ti'));
    const key = 'key' in file ? file.key : null;
    const said = { id, wish, vendor: vendor.name, hash: sha256(bytes), key, ofOneFirm: place.tenantId, at: now() };
    await storeImport(actor, tx, said, told);
    return report(rows, { importId: id, applied: true });
  });
}

const KINDS: readonly OrganisationPlace['kind'][] = ['county', 'street', 'firm', 'agency'];

async function placeFor(actor: ActingAccount, db: Queries, wish: ToldFile): Promise<OrganisationPlace> {
  const { organisationId: id, source } = wish;
  const place = (await placesOf(db, [id])).get(id);
  if (!place || !reaches(actor, place.path, ...TELL_RESULTS)) throw new Refusal('organisation-unknown');
  if (place.state !== 'approved') throw new Refusal('organisation-settled');
  const saysFirms = source === 'csv';
  if (!KINDS.includes(place.kind) || !(place.tenantId || saysFirms))
    throw new Refusal('organisation-misplaced', 'name the firm whose results these are');
  return place;
}

async function vendorFor(actor: ActingAccount, db: Queries, id: OrganisationId): Promise<Supplier> {
  const vendor = (await suppliersWithin(actor, db, TELL_RESULTS)).find((one) => one.id === id);
  if (!vendor) throw new Refusal('organisation-unknown', 'no such vendor');
  return vendor;
}

async function readFile(
  { db, now, keys }: Center,
  bytes: Uint8Array,
  { source, vendorId }: ToldFile,
): Promise<ReadFile | (ReadFile & { readonly key: PublicKey })> {
  if (source === 'csv') return readToldTable(bytes);
  if (source === 'xapi') return readStatements(bytes);
  const known = await knownKeys(db, vendorId);
  return readProof(
    bytes,
    known.filter((key) => key !== keys.root),
    now(),
  );
}

type Whose = { readonly firms: readonly FirmWithin[]; readonly place: OrganisationPlace };

/** What rows are held against: all of it is asked once, however many there are. */
async function factsFor(
  actor: ActingAccount,
  { db, data }: Center,
  rows: readonly ReadRow[],
  { firms, place }: Whose,
): Promise<Omit<ToldFacts, 'known' | 'now'>> {
  const said = rows.flatMap((row) => ('said' in row ? [row.said] : []));
  const firmOf = firmsBy(firms, place);
  const placed = said.flatMap((one) => {
    const firm = firmOf(one.firm);
    return isProblem(firm) ? [] : [{ one, ...firm }];
  });
  const numbers = placed.flatMap(({ one: { who }, tenantId }) =>
    'number' in who ? [{ tenantId, number: who.number }] : [],
  );
  const made = said.flatMap(({ who }) => ('madeId' in who ? [who.madeId] : []));
  return {
    firmOf,
    byNumber: await peopleOfNumbers(db, numbers),
    byMadeId: place.tenantId && made.length > 0 ? await peopleOfMadeIds(db, place.tenantId, made) : new Map(),
    exams: await examsNamed(actor, db, placed),
    hashOfNumber: await numberHash(data),
  };
}

/** Of one firm's file no row says whose it is, or says that it is this firm's. */
function firmsBy(firms: readonly FirmWithin[], { tenantId }: OrganisationPlace): ToldFacts['firmOf'] {
  const named = new Map<string, TenantId | undefined>();
  for (const { name, licence, tenantId: id } of firms) {
    // Two of one name are told apart by their numbers alone.
    named.set(name, named.has(name) ? undefined : id);
    if (licence) named.set(licence, id);
  }
  return (said) => {
    if (!said) return tenantId ? { tenantId } : { problem: 'firm-missing' };
    const found = named.get(said) ?? named.get(said.toUpperCase());
    return found && (!tenantId || found === tenantId) ? { tenantId: found } : { problem: 'firm-unknown' };
  };
}

async function examsNamed(
  actor: ActingAccount,
  db: Queries,
  placed: readonly { readonly one: SaidResult; readonly tenantId: TenantId }[],
): Promise<ReadonlyMap<TenantId, ReadonlySet<ExamId>>> {
  const exams = new Map<TenantId, ReadonlySet<ExamId>>();
  for (const { one, tenantId } of placed)
    if (one.examId && !exams.has(tenantId))
      exams.set(tenantId, new Set((await examTitles(onlooker(actor, tenantId), db, tenantId)).keys()));
  return exams;
}

const Known = z.object({ tenantId: TenantId, ownId: z.string(), content: z.string() });

async function knownOf(
  tx: Queries,
  { vendorId, source }: ToldFile,
  rows: readonly ReadRow[],
): Promise<ReadonlyMap<string, string>> {
  const found = await select(
    tx,
    Known,
    `SELECT tenant_id AS "tenantId", own_id AS "ownId", content FROM told_results
     WHERE vendor_id = $1 AND source = $2 AND own_id = ANY($3::text[]) AND withdrawn_at IS NULL`,
    [vendorId, source, rows.flatMap((row) => ('said' in row ? [row.ownId] : []))],
  );
  return new Map(found.map(({ content, ...one }) => [toldKey(one), content]));
}

function countsOf(rows: readonly PlannedRow[]): ToldReport['counts'] {
  const counts = Object.fromEntries(TOLD_OUTCOMES.map((one) => [one, 0])) as Record<
    (typeof TOLD_OUTCOMES)[number],
    number
  >;
  for (const { shown } of rows) counts[shown.outcome] += 1;
  return counts;
}
