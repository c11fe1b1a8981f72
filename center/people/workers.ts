import { z } from 'zod';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { Worker, WorkerWish } from '../../contract/platform/workers.ts';
import { OtherArrangements } from '../../contract/words/arrangements.ts';
import { beginningOfNumber, maskIdNumber } from '../../contract/words/id-number.ts';
import { CandidateId, ExamId, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';
import { listMemberships } from './memberships.ts';

const Row = z.object({
  ...{ id: CandidateId, name: z.string(), number: z.string(), examId: ExamId, post: z.string().nullable() },
  ...{ photos: z.int(), left: z.boolean() },
});
const After = z.tuple([z.string(), CandidateId]);
/** Behind everything that begins alike, whatever comes after it. */
const BEHIND = '\u{10FFFF}';

/** Those alone of whom this is true: columns of whoever is asked about, and what it is asked with. */
export type Among = {
  readonly condition: (asked: {
    readonly tenantId: string;
    readonly candidateId: string;
    readonly params: readonly string[];
  }) => string;
  readonly params: readonly unknown[];
};

/** People of a firm in the order of the bytes of their names, page after page. */
export async function listWorkers(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  wish: WorkerWish,
  among?: Among,
): Promise<{ readonly rows: readonly Worker[]; readonly next: Cursor | null }> {
  mustRead(actor, tenantId);
  const { conditions, params } = conditionsFor(tenantId, wish);
  if (among) {
    const named = among.params.map((param) => `$${params.push(param)}`);
    conditions.push(among.condition({ tenantId: 'c.tenant_id', candidateId: 'c.id', params: named }));
  }
  const rows = await select(
    db,
    Row,
    `SELECT c.id, c.name, c.number, c.exam_id AS "examId", c.post, c.left_at IS NOT NULL AS left, ${PHOTOS} AS photos
     FROM candidates c WHERE ${conditions.join(' AND ')} ORDER BY c.name USING ~<~, c.id LIMIT ${wish.size + 1}`,
    params,
  );
  const page = rows.slice(0, wish.size);
  const last = page.at(-1);
  return {
    rows: page.map((row) => ({ ...row, number: maskIdNumber(row.number) })),
    next: last && rows.length > wish.size ? cursorOf([last.name, last.id]) : null,
  };
}
const PHOTOS = `(SELECT count(*)::int FROM candidate_photos p WHERE p.tenant_id = c.tenant_id AND p.candidate_id = c.id)`;

function conditionsFor(tenantId: TenantId, { left, examId, photo, search, after }: WorkerWish) {
  const conditions = ['c.tenant_id = $1', 'c.erased_at IS NULL'];
  const params: unknown[] = [tenantId];
  const also = (condition: (at: number) => string, ...values: readonly unknown[]) => {
    conditions.push(condition(params.length + 1));
    params.push(...values);
  };
  if (left !== 'all') conditions.push(`c.left_at IS ${left === 'no' ? '' : 'NOT '}NULL`);
  if (examId) also((at) => `c.exam_id = $${at}`, examId);
  if (photo) conditions.push(`${PHOTOS} ${photo === 'with' ? '> 0' : '= 0'}`);
  const from = search?.replaceAll('\u0000', '') ?? '';
  // A number is typed by its digits, behind the letters of a country or the kind of a document; a name has none in front.
  const [column, begins] = /^\d|^[a-z]{3}\d|[:：]/i.test(from) ? ['number', beginningOfNumber(from)] : ['name', from];
  if (begins) also((at) => `c.${column} ~>=~ $${at} AND c.${column} ~<~ $${at + 1}`, begins, begins + BEHIND);
  if (after)
    also((at) => `(c.name ~>~ $${at} OR (c.name = $${at} AND c.id > $${at + 1}))`, ...readCursor(after, After));
  return { conditions, params };
}

const Whole = Row.omit({ photos: true, left: true }).extend({
  ...{ seat: z.string().nullable(), sector: z.string().nullable(), category: z.string().nullable() },
  ...{ extraMinutes: z.int().nullable(), arrangements: z.string().nullable(), leftAt: z.date().nullable() },
});
const Photo = z.object({ hash: Sha256, looked: z.boolean() });
const Link = z.object({ until: z.date().nullable(), consentedAt: z.date().nullable() });

/** Somebody who is of a firm, or was. @throws Refusal `not-on-roster` */
export async function readWorker(actor: Reader, db: Queries, tenantId: TenantId, id: CandidateId) {
  mustRead(actor, tenantId);
  const whole = await selectOne(
    db,
    Whole,
    `SELECT id, name, number, exam_id AS "examId", post, sector, category, seat, extra_minutes AS "extraMinutes",
       arrangements, left_at AS "leftAt" FROM candidates WHERE tenant_id = $1 AND id = $2 AND erased_at IS NULL`,
    [tenantId, id],
  );
  if (!whole) throw new Refusal('not-on-roster');
  const { arrangements, extraMinutes, ...worker } = whole;
  const photos = 'SELECT hash, looked FROM candidate_photos WHERE tenant_id = $1 AND candidate_id = $2 ORDER BY hash';
  const link = `SELECT CASE WHEN secret_hash IS NULL THEN NULL ELSE expires_at END AS until, consented_at AS "consentedAt"
    FROM photo_links WHERE tenant_id = $1 AND candidate_id = $2`;
  const others = arrangements ? OtherArrangements.parse(JSON.parse(arrangements)) : {};
  return {
    ...worker,
    arrangements: { ...others, ...(extraMinutes ? { extraMinutes } : {}) },
    photos: await select(db, Photo, photos, [tenantId, id]),
    link: (await selectOne(db, Link, link, [tenantId, id])) ?? null,
    memberships: (await listMemberships(actor, db, tenantId, id)).map(({ joined, left }) => ({
      ...(joined ? { joined } : {}),
      ...(left ? { left } : {}),
    })),
  };
}

const Counted = z.object({ workers: z.int(), photographed: z.int() });

/** How many people a firm has, and how many of them have a photo. */
export async function countWorkers(actor: Reader, db: Queries, tenantId: TenantId): Promise<z.infer<typeof Counted>> {
  mustRead(actor, tenantId);
  const counted = await selectOne(
    db,
    Counted,
    `SELECT count(*)::int AS workers, (count(*) FILTER (WHERE EXISTS (SELECT 1 FROM candidate_photos p
       WHERE p.tenant_id = c.tenant_id AND p.candidate_id = c.id)))::int AS photographed
     FROM candidates c WHERE c.tenant_id = $1 AND c.left_at IS NULL`,
    [tenantId],
  );
  return counted ?? { workers: 0, photographed: 0 };
}
