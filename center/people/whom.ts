import { z } from 'zod';
import type { Whom as WhomByNumber } from '../../contract/people-center/operator-api.ts';
import { soughtNumber } from '../../contract/words/id-number.ts';
import { CandidateId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type Manager, mustManage, mustRead, type Reader } from '../tenants/index.ts';

/** As operators say it, or by the ids that a list of people showed. */
export type Whom = WhomByNumber | { readonly by: 'people'; readonly ids: readonly CandidateId[] };

/** Those who are meant, and numbers that are on nobody of the roster. */
export type Meant = { readonly ids: readonly CandidateId[]; readonly unknown: readonly string[] };

const Row = z.object({ id: CandidateId, number: z.string() });

export async function candidatesMeant(actor: Manager, db: Queries, tenantId: TenantId, whom: Whom): Promise<Meant> {
  mustManage(actor, tenantId);
  const [condition, ...params] = conditionFor(whom);
  const sql = `SELECT id, number FROM candidates WHERE tenant_id = $1 AND left_at IS NULL AND ${condition} ORDER BY id`;
  const rows = await select(db, Row, sql, [tenantId, ...params]);
  const there = new Set(rows.map(({ number }) => number));
  const unknown = whom.by === 'numbers' ? whom.numbers.map(soughtNumber).filter((number) => !there.has(number)) : [];
  return { ids: rows.map(({ id }) => id), unknown };
}

function conditionFor(whom: Whom): readonly [string, ...(readonly string[])[]] {
  switch (whom.by) {
    case 'all':
      return ['true'];
    case 'numbers':
      return ['number = ANY($2::text[])', whom.numbers.map(soughtNumber)];
    case 'people':
      return ['id = ANY($2::text[])', whom.ids];
    case 'audience': {
      const { posts = [], sectors = [], categories = [] } = whom.audience;
      const named = '(post = ANY($2::text[]) OR sector = ANY($3::text[]) OR category = ANY($4::text[]))';
      return [named, posts, sectors, categories];
    }
  }
}

const Words = z.array(z.string());
const Terms = z.object({ posts: Words, sectors: Words, categories: Words });

/** What the people of a firm are by post, sector and category: by that they are meant. */
export async function audiencesOf(actor: Reader, db: Queries, tenantId: TenantId): Promise<z.infer<typeof Terms>> {
  mustRead(actor, tenantId);
  const of = (column: string): string =>
    `coalesce((SELECT array_agg(DISTINCT ${column} ORDER BY ${column}) FROM candidates
       WHERE tenant_id = $1 AND left_at IS NULL AND ${column} IS NOT NULL AND ${column} <> ''), '{}')`;
  const sql = `SELECT ${of('post')} AS posts, ${of('sector')} AS sectors, ${of('category')} AS categories`;
  const found = await selectOne(db, Terms, sql, [tenantId]);
  return found ?? { posts: [], sectors: [], categories: [] };
}
