import { randomBytes, randomInt } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { CertificateFacts } from '../../contract/records/certificates.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import { certificateNumber } from '../../contract/words/certificate-number.ts';
import { endingOf } from '../../contract/words/id-number.ts';
import { instant, type Sha256, TenantId } from '../../contract/words/ids.ts';
import type { Localized } from '../../contract/words/localized.ts';
import { numberHashOf } from '../../proof/certificates/index.ts';
import { canonicalJson, sha256 } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { happened } from '../hooks/index.ts';
import { placeOfTenant } from '../organisations/index.ts';
import { candidatesByIds } from '../people/index.ts';
import { isSound, type Judging, PASSED_RECORDS } from '../results/index.ts';
import { readTenant, type System } from '../tenants/index.ts';
import { NO_ENDING } from './forgetting.ts';
import { expiryOf, termsOf } from './terms.ts';

/** So many certificates are made out in one step: what else there is to do comes in between. */
const HANDFUL = 200;
/** So many passed exams are looked through for whom one is due: nearly all have theirs. */
const LOOKED_THROUGH = 10_000;

type Which = {
  readonly batch?: { readonly tenantId: TenantId; readonly id: Sha256 };
  /** One alone, by its place in the log. */
  readonly only?: number;
};

/**
 * Judging, and behind it a certificate for each formal exam that was passed and is sound, once. Where somebody
 * decides on a record, its own follows at once. What a fault or a crash leaves is taken up by the next `all`.
 */
export function withCertificates(
  actor: System,
  center: Center,
  judging: Judging,
  onFault: (error: unknown) => void,
): Judging {
  const issue = async (which: Which, signal?: AbortSignal): Promise<void> => {
    try {
      for (let after: number | undefined = -1; after !== undefined && !signal?.aborted; await setImmediate())
        after = await issueNext(actor, center, which, after);
    } catch (error) {
      onFault(error);
    }
  };
  return {
    get inLine() {
      return judging.inLine;
    },
    stop: () => judging.stop(),
    batch: async (tenantId, id) => {
      await judging.batch(tenantId, id);
      await issue({ batch: { tenantId, id } });
    },
    decided: async (logIndex) => {
      await judging.decided(logIndex);
      await issue({ only: logIndex });
    },
    all: async (signal) => {
      await judging.all(signal);
      await issue({}, signal);
    },
  };
}

const Passed = z.object({ tenantId: TenantId, logIndex: z.int(), body: z.string() });
type Passed = z.infer<typeof Passed>;

/** @returns the place in the log to go on behind; nothing where those were the last */
async function issueNext(actor: System, center: Center, which: Which, after: number): Promise<number | undefined> {
  const { looked, until } = await lookedThrough(center.db, which, after);
  if (until === null) return undefined;
  const due = await dueBetween(center.db, which, { after, until });
  for (const [tenantId, of] of Map.groupBy(due, (one) => one.tenantId))
    await center.db.transaction((tx) => issueTo(actor, center, tx, tenantId, of));
  if (due.length === HANDFUL) return due.at(-1)?.logIndex;
  return looked < LOOKED_THROUGH ? undefined : until;
}

const WHICH = `p.log_index > $1 AND ($2::text IS NULL OR (p.tenant_id = $2 AND p.batch_id = $3))
  AND ($4::bigint IS NULL OR p.log_index = $4)`;
const asAsked = ({ batch, only }: Which, after: number): readonly unknown[] => [
  ...[after, batch?.tenantId ?? null, batch?.id ?? null, only ?? null],
];

const Looked = z.object({ looked: z.int(), until: z.int().nullable() });

/** How many passed exams come next, and the place of the last of them. */
async function lookedThrough(db: Queries, which: Which, after: number): Promise<z.infer<typeof Looked>> {
  const next = `SELECT p.log_index FROM (${PASSED_RECORDS}) p WHERE ${WHICH} ORDER BY p.log_index LIMIT ${LOOKED_THROUGH}`;
  const sql = `SELECT count(*)::int AS looked, max(log_index) AS until FROM (${next}) p`;
  return (await selectOne(db, Looked, sql, asAsked(which, after))) ?? { looked: 0, until: null };
}

/** Those of them that are sound and have no certificate, the first handful. */
const dueBetween = (
  db: Queries,
  which: Which,
  { after, until }: { readonly after: number; readonly until: number },
): Promise<readonly Passed[]> =>
  select(
    db,
    Passed,
    `SELECT p.tenant_id AS "tenantId", p.log_index AS "logIndex", p.body FROM (${PASSED_RECORDS}) p
     WHERE ${WHICH} AND p.log_index <= $5 AND ${isSound('p.tenant_id', 'p.sitting_id')} AND NOT EXISTS (
       SELECT 1 FROM certificates c WHERE c.tenant_id = p.tenant_id AND c.sitting_id = p.sitting_id)
     ORDER BY p.log_index LIMIT ${HANDFUL}`,
    [...asAsked(which, after), until],
  );

/** Who is no longer on the roster has no name here, and gets none: put back, the next round finds them. */
async function issueTo(
  actor: System,
  { now }: Pick<Center, 'now'>,
  tx: Queries,
  tenantId: TenantId,
  passed: readonly Passed[],
): Promise<void> {
  const records = passed.map(({ body, logIndex }) => ({ record: ExamRecord.parse(JSON.parse(body)), body, logIndex }));
  const { name: firm } = await readTenant(actor, tx, tenantId);
  const terms = await termsOf(tx, tenantId);
  // Places follow one another: one at a time counts them.
  await tx.query('SELECT pg_advisory_xact_lock($1)', [PLACES_LOCK]);
  // Last of all that is waited for: whoever is erased meanwhile would keep their name on a certificate.
  const candidateIds = records.map(({ record }) => record.candidateId);
  const candidates = await candidatesByIds(actor, tx, tenantId, candidateIds, 'held');
  let place = await nextPlace(tx);
  const issued: string[] = [];
  for (const { record, body, logIndex } of records) {
    const candidate = candidates.get(record.candidateId);
    if (!candidate) continue;
    const { exam, submittedAt: passedAt, sittingId } = record;
    const salt = randomBytes(16).toString('hex');
    const { name, number } = candidate;
    const facts = CertificateFacts.parse({
      number: certificateNumber(drawLetters()),
      ...{ tenantId, firm: clipped(firm), examId: exam.id, title: clippedIn(exam.title), name: clipped(name) },
      ...{ ending: endingIn(number), numberHash: numberHashOf(number, salt) },
      ...{ passedAt, issuedAt: instant(now()), expiresAt: expiryOf(terms, exam.id, passedAt) },
      ...{ sittingId, recordHash: sha256(body), logIndex, place },
    });
    const stored = await store(tx, { facts, salt, candidateId: candidate.id });
    place += stored ? 1 : 0;
    if (stored) issued.push(facts.number);
  }
  const where = () => placeOfTenant(tx, tenantId);
  await happened(tx, { event: 'certificate.issued', where, subjects: issued }, now());
}
const PLACES_LOCK = 845_275;

/** A certificate has figures and at most an X there: of a number that ends otherwise it says nothing but its hash. */
const endingIn = (number: string): string => {
  const ending = endingOf(number);
  return /^\d{3}[\dX]$/.test(ending) ? ending : NO_ENDING;
};

/** A title without an end keeps nobody else from a certificate. */
const MOST = 150;
const clipped = (text: string): string => [...text].slice(0, MOST).join('') || '-';
const clippedIn = ({ zh, en }: Localized): Localized => ({ zh: clipped(zh), ...(en ? { en: clipped(en) } : {}) });

async function nextPlace(tx: Queries): Promise<number> {
  const sql = 'SELECT (coalesce(max(place), -1) + 1)::bigint AS place FROM certificates';
  return (await selectOne(tx, z.object({ place: z.int() }), sql))?.place ?? 0;
}

type Drawn = { readonly facts: CertificateFacts; readonly salt: string; readonly candidateId: string };

/** @returns whether there was none yet for this sitting */
async function store(tx: Queries, { facts, salt, candidateId }: Drawn): Promise<boolean> {
  const { tenantId, sittingId, number, place, examId, name, expiresAt } = facts;
  const stored = await tx.query(
    `INSERT INTO certificates (tenant_id, sitting_id, number, place, candidate_id, exam_id, name, facts, salt, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (tenant_id, sitting_id) DO NOTHING RETURNING number`,
    [tenantId, sittingId, number, place, candidateId, examId, name, canonicalJson(facts), salt, expiresAt],
  );
  return stored.length > 0;
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const drawLetters = (): string => Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
