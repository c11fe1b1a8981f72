import type { Standing } from '../../contract/people-center/certificates.ts';
import type { CertificatesWish } from '../../contract/platform/certificates.ts';
import type { Instant, TenantId } from '../../contract/words/ids.ts';
import { isSound } from '../results/index.ts';
import { COLUMNS } from './reading.ts';
import type { Found } from './search.ts';

/** Behind which one a page begins: by when that ends, where those come first that end soonest. */
export type Behind = { readonly expiry: Instant | null; readonly place: number };

type Asked = {
  readonly tenantIds: readonly TenantId[];
  readonly wish: Pick<CertificatesWish, 'examId' | 'standing' | 'within' | 'size'>;
  readonly found?: Found;
  readonly after?: Behind | undefined;
  readonly now: Date;
};
type Param = (value: unknown) => string;

const DAY_MS = 24 * 3_600_000;
/** From so many firms on, the newest are read along the places of all certificates: a page of each firm's would be more than is shown. */
const MANY_FIRMS = 64;

/** One question for a page of the certificates of many firms; one more than a page, to know whether there is another. */
export function withinQuery(asked: Asked): { readonly sql: string; readonly params: readonly unknown[] } {
  const { tenantIds, wish, found = {}, after } = asked;
  const params: unknown[] = [];
  const param: Param = (value) => `$${params.push(value)}`;
  const { people } = found;
  const firms = people
    ? `unnest(${param(people.map((one) => one.tenantId))}::text[], ${param(people.map((one) => one.candidateId))}::text[]) AS t (id, person)`
    : `unnest(${param(tenantIds)}::text[]) AS t (id)`;
  const where = [
    ...(people ? ['c.candidate_id = t.person'] : []),
    ...conditionsOf(asked, param),
    ...(after ? [behind(after, param)] : []),
  ];
  const along = !people && tenantIds.length > MANY_FIRMS && wish.within === undefined;
  const also = where.map((one) => ` AND ${one}`).join('');
  const order = `ORDER BY ${wish.within === undefined ? 'c.place DESC' : 'c.expires_at, c.place'} LIMIT ${wish.size + 1}`;
  const page = along
    ? `SELECT c.* FROM certificates c WHERE c.tenant_id = ANY($1::text[])${also} ${order}`
    : `SELECT c.* FROM ${firms} CROSS JOIN LATERAL (
         SELECT c.* FROM certificates c WHERE c.tenant_id = t.id${also} ${order}) c ${order}`;
  return { sql: `WITH c AS MATERIALIZED (${page}) SELECT ${COLUMNS} FROM c ${order}`, params };
}

function conditionsOf({ wish: { examId, standing, within }, found = {}, now }: Asked, param: Param): string[] {
  const at = now.toISOString();
  const where: string[] = [];
  if (found.number) where.push(`c.number = ${param(found.number)}`);
  if (found.name) where.push(`strpos(lower(c.name), lower(${param(found.name)})) > 0`);
  if (examId) where.push(`c.exam_id = ${param(examId)}`);
  if (standing) where.push(...STANDS[standing](() => `${param(at)}::timestamptz`));
  if (within !== undefined) {
    const until = new Date(now.getTime() + within * DAY_MS).toISOString();
    where.push('c.revoked_at IS NULL', SOUND, `c.expires_at > ${param(at)}`, `c.expires_at <= ${param(until)}`);
  }
  return where;
}

const SOUND = isSound('c.tenant_id', 'c.sitting_id');
/** As `standingOf` has it. */
const STANDS: Readonly<Record<Standing, (now: () => string) => readonly string[]>> = {
  revoked: () => ['c.revoked_at IS NOT NULL'],
  expired: (now) => ['c.revoked_at IS NULL', `c.expires_at <= ${now()}`],
  suspended: (now) => ['c.revoked_at IS NULL', `coalesce(c.expires_at > ${now()}, true)`, `NOT ${SOUND}`],
  valid: (now) => ['c.revoked_at IS NULL', `coalesce(c.expires_at > ${now()}, true)`, SOUND],
};

const behind = ({ expiry, place }: Behind, param: Param): string =>
  expiry === null
    ? `c.place < ${param(place)}::bigint`
    : `(c.expires_at, c.place) > (${param(expiry)}::timestamptz, ${param(place)}::bigint)`;
