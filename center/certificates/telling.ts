import { z } from 'zod';
import type { Standing } from '../../contract/people-center/certificates.ts';
import { type CertificateFacts, LIST_SIZE, StatusPurpose } from '../../contract/records/certificates.ts';
import { readCertificateNumber } from '../../contract/words/certificate-number.ts';
import { instant } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { statusListOf } from '../../proof/certificates/index.ts';
import { canonicalJson } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { select, selectOne } from '../database/index.ts';
import { isSound } from '../results/index.ts';
import { guarded, ofAddress, type Stranger } from '../tenants/index.ts';
import { COLUMNS, Row, read, standingOf } from './reading.ts';

/** What anybody is told who has the number of a certificate: whether it holds, and what of; of the person the first letter of the name. */
export type ToldCertificate = Pick<CertificateFacts, 'number' | 'firm' | 'title' | 'passedAt' | 'expiresAt'> & {
  readonly standing: Standing;
  readonly initial: string;
};

/**
 * Numbers are drawn: whoever guesses at them is made to wait.
 * @throws Refusal `certificate-unknown`, TryLater
 */
export async function lookUpCertificate(
  actor: Stranger,
  { db, now }: Pick<Center, 'db' | 'now'>,
  typed: string,
): Promise<ToldCertificate> {
  const number = readCertificateNumber(typed);
  // One that no center ever drew tells whoever guesses nothing.
  if (!number) throw new Refusal('certificate-unknown', 'its letters do not go together');
  const gates = [ofAddress('certificate-number', actor.address)];
  return guarded(db, now(), gates, ['certificate-unknown'], async () => {
    const row = await selectOne(db, Row, `SELECT ${COLUMNS} FROM certificates c WHERE c.number = $1`, [number]);
    if (!row) throw new Refusal('certificate-unknown', number);
    const stored = read(row);
    const { firm, title, passedAt, expiresAt, name } = stored.facts;
    const initial = [...name][0] ?? '';
    return { number, firm, title, passedAt, expiresAt, initial, standing: standingOf(stored, now()) };
  });
}

/** A list is asked for by anybody, and costs a look at every certificate in it: so long it is told again. */
const KEPT_MS = 5_000;
const kept = new WeakMap<Center, Map<string, { readonly at: number; readonly text: Promise<string> }>>();

/**
 * Which certificates of this list are revoked, or suspended, signed; canonical JSON.
 * @throws Refusal `item-unknown` where no certificate has a place in it
 */
export function readStatusList(_actor: Stranger, center: Center, name: string): Promise<string> {
  const known = kept.get(center) ?? new Map();
  kept.set(center, known);
  const at = center.now().getTime();
  const last = known.get(name);
  if (last && Math.abs(at - last.at) < KEPT_MS) return last.text;
  const text = makeStatusList(center, name);
  known.set(name, { at, text });
  // What failed, or is none, is not kept.
  text.catch(() => known.delete(name));
  return text;
}

async function makeStatusList(center: Center, name: string): Promise<string> {
  const [, kind, count = ''] = name.match(/^([a-z]+)-([1-9]\d{0,6})$/) ?? [];
  const purpose = StatusPurpose.safeParse(kind).data;
  const first = (Number(count) - 1) * LIST_SIZE;
  const shape = z.object({ place: z.int() });
  const inList = 'place >= $1 AND place < $2';
  const bounds = [first, first + LIST_SIZE];
  const [any] = purpose
    ? await select(center.db, shape, `SELECT place FROM certificates WHERE ${inList} LIMIT 1`, bounds)
    : [];
  // The first one is there before the first certificate.
  if (!purpose || (!any && first > 0)) throw new Refusal('item-unknown', 'there is no such list');
  const set = purpose === 'revocation' ? 'revoked_at IS NOT NULL' : `NOT ${isSound('c.tenant_id', 'c.sitting_id')}`;
  const rows = await select(
    center.db,
    shape,
    `SELECT c.place FROM certificates c WHERE c.${inList} AND ${set}`,
    bounds,
  );
  const places = rows.map(({ place }) => place - first);
  return canonicalJson(statusListOf(center, { name, purpose }, places, instant(center.now())));
}
