import { z } from 'zod';
import type { Cursor } from '../../contract/platform/paging.ts';
import { RESULT_MODES, SEE_RESULTS } from '../../contract/platform/results.ts';
import {
  type ImportWish,
  TELL_RESULTS,
  ToldImport,
  ToldResult,
  ToldSource,
  type ToldWish,
} from '../../contract/platform/told-results.ts';
import { AskedInstant } from '../../contract/words/asked-times.ts';
import { maskIdNumber, parseIdNumber } from '../../contract/words/id-number.ts';
import {
  CandidateId,
  ExamId,
  instant,
  OrganisationId,
  Sha256,
  TenantId,
  ToldImportId,
} from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { type FirmWithin, firmsWithin, idsWithin, placesOf } from '../organisations/index.ts';
import { type PersonAt, peopleWithin, personKey, samePerson } from '../people/index.ts';
import { type ActingAccount, reaches, reachOf } from '../tenants/index.ts';
import { numberHash } from './number-hash.ts';

const Row = z.object({
  ...{ tenantId: TenantId, id: z.string(), candidateId: CandidateId.nullable(), name: z.string().nullable() },
  ...{ ending: z.string().nullable(), title: z.string(), examId: ExamId.nullable(), mode: z.enum(RESULT_MODES) },
  ...{ marks: z.number(), fullMarks: z.number(), passed: z.boolean().nullable(), submittedAt: z.date() },
  ...{ vendor: z.string(), source: ToldSource, ownId: z.string(), recordHash: Sha256.nullable() },
  ...{ provenBy: PublicKey.nullable(), broughtAt: z.date(), broughtBy: z.string(), importId: ToldImportId },
  withdrawnAt: z.date().nullable(),
});
type Row = z.infer<typeof Row>;

const SELECT = `SELECT r.tenant_id AS "tenantId", r.id, r.candidate_id AS "candidateId", r.name, r.ending,
    r.exam_title AS title, r.exam_id AS "examId", r.mode, r.marks, r.full_marks AS "fullMarks", r.passed,
    r.submitted_at AS "submittedAt", i.vendor, r.source, r.own_id AS "ownId", r.record_hash AS "recordHash",
    i.proven_by AS "provenBy", i.brought_at AS "broughtAt", i.brought_by AS "broughtBy", r.import_id AS "importId",
    r.withdrawn_at AS "withdrawnAt"
  FROM told_results r JOIN told_imports i ON i.id = r.import_id`;
const ORDER = 'ORDER BY r.submitted_at DESC, r.id DESC';

const After = z.tuple([AskedInstant, z.string()]);
/** Behind everything that begins alike, whatever comes after it. */
const BEHIND = '\u{10FFFF}';

type Page<T> = { readonly rows: readonly T[]; readonly next: Cursor | null };

/** Results that vendors told of, of the firms within reach, the newest first. That somebody looked is written down. */
export async function listToldResults(
  actor: ActingAccount,
  { db, data }: Pick<Center, 'db' | 'data'>,
  wish: ToldWish,
): Promise<Page<ToldResult>> {
  const firms = await firmsWithin(actor, db, SEE_RESULTS, { below: wish.below, name: wish.firm });
  const only = firms.length === 1 ? (firms[0]?.tenantId ?? null) : null;
  await noteDone(actor, db, { tenantId: only, what: 'looked', subject: { kind: 'list', id: 'told-results' } });
  const person = wish.person && (await personNamed({ db, data }, firms, wish.person));
  const { conditions, params } = conditionsFor(firms, { ...wish, person: person || undefined });
  const rows = await select(
    db,
    Row,
    `${SELECT} WHERE ${conditions.join(' AND ')} ${ORDER} LIMIT ${wish.size + 1}`,
    params,
  );
  const page = rows.slice(0, wish.size);
  const last = page.at(-1);
  return {
    rows: await shown(db, firms, page),
    next: last && rows.length > wish.size ? cursorOf([instant(last.submittedAt), last.id]) : null,
  };
}

/** Days are those of China's clock. */
const DAY = (day: string): string => `(${day}::text::date::timestamp AT TIME ZONE 'UTC' - interval '8 hours')`;

type Wish = Omit<ToldWish, 'person'> & { readonly person: SoughtPerson | undefined };

function conditionsFor(firms: readonly FirmWithin[], wish: Wish) {
  const { person, vendorId, exam, importId, proof, from, until, withdrawn, after } = wish;
  const params: unknown[] = [firms.map(({ tenantId }) => tenantId)];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const conditions = ['r.tenant_id = ANY($1::text[])'];
  if (person) conditions.push(personCondition(person, param));
  if (vendorId) conditions.push(`r.vendor_id = ${param(vendorId)}`);
  if (exam) conditions.push(`strpos(r.exam_title, ${param(plain(exam))}) > 0`);
  if (importId) conditions.push(`r.import_id = ${param(importId)}`);
  if (proof) conditions.push(`r.record_hash IS ${proof === 'proven' ? 'NOT ' : ''}NULL`);
  if (from) conditions.push(`r.submitted_at >= ${DAY(param(from))}`);
  if (until) conditions.push(`r.submitted_at < ${DAY(param(until))} + interval '1 day'`);
  if (withdrawn !== 'all') conditions.push(`r.withdrawn_at IS ${withdrawn === 'yes' ? 'NOT ' : ''}NULL`);
  if (after) {
    const [at, id] = readCursor(after, After);
    conditions.push(`(r.submitted_at, r.id) < (${param(at)}::timestamptz, ${param(id)}::text)`);
  }
  return { conditions, params };
}

const plain = (text: string): string => text.replaceAll('\u0000', '');

/** By what a name begins with; or by a number: where they are on a roster, and what stands for the number where they are on none. */
type SoughtPerson = { readonly begins: string } | { readonly hash: string; readonly people: readonly PersonAt[] };

async function personNamed(
  { db, data }: Pick<Center, 'db' | 'data'>,
  firms: readonly FirmWithin[],
  text: string,
): Promise<SoughtPerson> {
  const begins = plain(text);
  const number = parseIdNumber(begins);
  if (!number.ok) return { begins };
  const tenantIds = firms.map(({ tenantId }) => tenantId);
  return { hash: (await numberHash(data))(number.id), people: await samePerson(db, tenantIds, number.id) };
}

function personCondition(sought: SoughtPerson, param: (value: unknown) => string): string {
  if ('begins' in sought) return `r.name ~>=~ ${param(sought.begins)} AND r.name ~<~ ${param(sought.begins + BEHIND)}`;
  const [tenants, people] = [sought.people.map((one) => one.tenantId), sought.people.map((one) => one.candidateId)];
  return `(r.tenant_id, r.id) IN (${toldOfOne(param(sought.hash), param(tenants), param(people))})`;
}

/**
 * Which results are one person's, each part by an index of its own. Where a result names somebody on a roster, that is whose it is,
 * whatever their number was then.
 */
const toldOfOne = (hash: string, tenants: string, people: string): string =>
  `SELECT tenant_id, id FROM told_results WHERE number_hash = ${hash}::text AND candidate_id IS NULL
   UNION ALL SELECT t.tenant_id, t.id FROM unnest(${tenants}::text[], ${people}::text[]) AS w (tenant_id, candidate_id)
   JOIN told_results t ON t.tenant_id = w.tenant_id AND t.candidate_id = w.candidate_id`;

/**
 * What vendors told of one person at the firms within reach, those that were taken back left out. The look is written down at each
 * firm where they are known.
 * @throws Refusal `person-unknown` where nobody within reach is meant
 */
export async function toldOfPerson(
  actor: ActingAccount,
  { db, data }: Pick<Center, 'db' | 'data'>,
  organisationId: OrganisationId,
  candidateId: CandidateId,
): Promise<{ readonly results: readonly ToldResult[] }> {
  const firms = await firmsWithin(actor, db, SEE_RESULTS);
  const tenantIds = firms.map(({ tenantId }) => tenantId);
  const at = firms.find(({ id }) => id === organisationId);
  const wanted = at && { tenantId: at.tenantId, candidateId };
  const known = wanted && (await peopleWithin(db, [wanted])).get(personKey(wanted));
  if (!known) throw new Refusal('person-unknown', 'nobody within reach');
  const everywhere = await samePerson(db, tenantIds, known.number);
  for (const { tenantId, candidateId: id } of everywhere)
    await noteDone(actor, db, { tenantId, what: 'looked', subject: { kind: 'candidate', id } });
  const rows = await select(
    db,
    Row,
    `${SELECT} WHERE r.tenant_id = ANY($1::text[]) AND r.withdrawn_at IS NULL
       AND (r.tenant_id, r.id) IN (${toldOfOne('$2', '$3', '$4')}) ${ORDER} LIMIT ${MOST_OF_ONE}`,
    [
      ...[tenantIds, (await numberHash(data))(known.number)],
      ...[everywhere.map(({ tenantId }) => tenantId), everywhere.map((one) => one.candidateId)],
    ],
  );
  return { results: await shown(db, firms, rows) };
}
/** More than anybody sits. */
const MOST_OF_ONE = 2_000;

/** As lists show them: who is on a roster under the name there. */
async function shown(db: Queries, firms: readonly FirmWithin[], rows: readonly Row[]): Promise<readonly ToldResult[]> {
  const byTenant = new Map(firms.map((firm) => [firm.tenantId, firm]));
  const people = await peopleWithin(
    db,
    rows.flatMap(({ tenantId, candidateId }) => (candidateId ? [{ tenantId, candidateId }] : [])),
  );
  return rows.map((row) => {
    const { tenantId, candidateId, title, examId, mode, provenBy, recordHash, ending, ...more } = row;
    const firm = byTenant.get(tenantId) as FirmWithin;
    const known = candidateId ? people.get(personKey({ tenantId, candidateId })) : undefined;
    return ToldResult.parse({
      ...more,
      ...{ organisationId: firm.id, firm: firm.name, candidateId, name: known?.name ?? row.name },
      number: known ? maskIdNumber(known.number) : ending && `**************${ending}`,
      exam: { id: examId, title, mode },
      proven: provenBy && { by: row.vendor, key: provenBy, recordHash },
      ...{ submittedAt: instant(row.submittedAt), broughtAt: instant(row.broughtAt) },
      withdrawnAt: row.withdrawnAt && instant(row.withdrawnAt),
    });
  });
}

const Import = z.object({
  ...{ id: ToldImportId, organisationId: OrganisationId, vendor: z.string(), source: ToldSource },
  ...{ name: z.string(), hash: Sha256, provenBy: PublicKey.nullable(), rows: z.int(), broughtBy: z.string() },
  ...{ broughtAt: z.date(), by: z.string().nullable(), note: z.string().nullable(), at: z.date().nullable() },
});

/** What was brought for places within reach, the newest first. */
export async function listToldImports(
  actor: ActingAccount,
  { db }: Pick<Center, 'db'>,
  wish: ImportWish,
): Promise<Page<ToldImport>> {
  const ids = await idsWithin(db, reachOf(actor, ...SEE_RESULTS));
  const [at, id] = wish.after ? readCursor(wish.after, After) : [];
  const rows = await select(
    db,
    Import,
    `SELECT id, organisation_id AS "organisationId", vendor, source, file_name AS name, file_hash AS hash,
       proven_by AS "provenBy", rows, brought_by AS "broughtBy", brought_at AS "broughtAt", withdrawn_by AS by,
       withdrawn_note AS note, withdrawn_at AS at
     FROM told_imports WHERE organisation_id = ANY($1::text[])
       AND ($2::timestamptz IS NULL OR (brought_at, id) < ($2::timestamptz, $3::text))
     ORDER BY brought_at DESC, id DESC LIMIT $4`,
    [ids, at ?? null, id ?? null, wish.size + 1],
  );
  const page = rows.slice(0, wish.size);
  const last = page.at(-1);
  const places = await placesOf(
    db,
    page.map(({ organisationId }) => organisationId),
  );
  return {
    rows: page.map(({ name, hash, provenBy, by, note, at: withdrawnAt, broughtAt, ...row }) => {
      const place = places.get(row.organisationId);
      return ToldImport.parse({
        ...{ ...row, organisation: place?.name ?? '', file: { name, hash }, broughtAt: instant(broughtAt) },
        provenBy: provenBy && row.vendor,
        withdrawn: withdrawnAt && { by: by ?? '', note: note ?? '', at: instant(withdrawnAt) },
        mayWithdraw: withdrawnAt === null && place !== undefined && reaches(actor, place.path, ...TELL_RESULTS),
      });
    }),
    next: last && rows.length > wish.size ? cursorOf([instant(last.broughtAt), last.id]) : null,
  };
}
