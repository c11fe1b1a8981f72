import { z } from 'zod';
import { verdictOn } from '../../contract/words/findings.ts';
import type { SittingId, StationId, TenantId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import { happened } from '../hooks/index.ts';
import { placeOfTenant } from '../organisations/index.ts';
import { runOf, type Waiting } from './circumstances.ts';
import type { Finding } from './judge/index.ts';
import { seedKey } from './seed-key.ts';

/** What is written down of a record that was judged: its verdict, and what later ones are held against. */
export type Judgement = {
  readonly sittingId: SittingId;
  readonly stationId: StationId;
  readonly logIndex: number;
  readonly run: SittingId;
  readonly seed: string;
  readonly sequence: number;
  readonly submittedAt: string;
  readonly findings: readonly Finding[];
};

export const judgementOn = ({ record, stationId, logIndex }: Waiting, findings: readonly Finding[]): Judgement => ({
  ...{ sittingId: record.sittingId, stationId, logIndex, run: runOf(record), seed: record.form.seed },
  ...{ sequence: record.ledger.sequence, submittedAt: record.submittedAt, findings },
});

/** As far as a judgement needs it; the record was parsed when it came in. */
const Outline = z.object({
  form: z.object({ seed: z.string() }),
  ledger: z.object({ sequence: z.int() }),
  submittedAt: z.string(),
});

/** A record as it lies in the table, read by nobody yet. */
export type Unread = Pick<Judgement, 'sittingId' | 'stationId' | 'logIndex' | 'run'> & { readonly body: string };

/** On a record that judging itself stumbles over: somebody must look at it. */
export function judgementOnFailed({ body, ...of }: Unread, error: unknown): Judgement {
  const { form, ledger, submittedAt } = Outline.parse(JSON.parse(body));
  return { ...of, seed: form.seed, sequence: ledger.sequence, submittedAt, findings: [failedWith(error)] };
}

export const failedWith = (error: unknown): Finding => ({ code: 'judging-failed', detail: String(error) });

/** What was found once stays, whatever is found later; and who decided that nothing was wrong has not decided on what was found since. */
export async function fileJudgements(
  tx: Queries,
  tenantId: TenantId,
  judged: readonly Judgement[],
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await tx.query(
    `INSERT INTO judgements
       (tenant_id, sitting_id, verdict, judged_at, station_id, log_index, run, seed, sequence, submitted_at)
     SELECT $1, j.sitting, j.verdict, $2, j.station, j.log_index, j.run, j.seed, j.sequence, j.submitted
     FROM unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::bigint[], $10::text[])
       AS j(sitting, verdict, station, log_index, run, seed, sequence, submitted)
     ON CONFLICT (tenant_id, sitting_id) DO UPDATE SET judged_at = excluded.judged_at,
       verdict = CASE WHEN judgements.verdict = 'disputed' THEN 'disputed' ELSE excluded.verdict END,
       settled = CASE WHEN judgements.verdict <> 'disputed' AND excluded.verdict = 'disputed' THEN NULL
         ELSE judgements.settled END`,
    [
      tenantId,
      at,
      judged.map(({ sittingId }) => sittingId),
      judged.map(({ findings }) => verdictOn(findings.map(({ code }) => code))),
      judged.map(({ stationId }) => stationId),
      judged.map(({ logIndex }) => logIndex),
      judged.map(({ run }) => run),
      judged.map(({ seed }) => seedKey(seed)),
      judged.map(({ sequence }) => sequence),
      judged.map(({ submittedAt }) => submittedAt),
    ],
  );
  const found = judged.flatMap(({ sittingId, findings }) => findings.map((one) => ({ ...one, of: sittingId })));
  await tx.query(
    `INSERT INTO record_findings (tenant_id, sitting_id, code, detail, found_at)
     SELECT $1, f.sitting, f.code, f.detail, $2 FROM unnest($3::text[], $4::text[], $5::text[]) AS f(sitting, code, detail)
     ON CONFLICT (tenant_id, sitting_id, code) DO NOTHING`,
    [
      tenantId,
      at,
      found.map(({ of }) => of),
      found.map(({ code }) => code),
      found.map(({ detail }) => storable(detail)),
    ],
  );
  await tx.query('UPDATE records SET judged = true WHERE tenant_id = $1 AND sitting_id = ANY($2::text[])', [
    tenantId,
    judged.map(({ sittingId }) => sittingId),
  ]);
  await tellJudged(tx, tenantId, judged, now);
}

/** A result is accepted once it was judged and is not disputed; one that is disputed later is told of again. */
async function tellJudged(tx: Queries, tenantId: TenantId, judged: readonly Judgement[], now: Date): Promise<void> {
  const where = () => placeOfTenant(tx, tenantId);
  const { disputed = [], accepted = [] } = Object.groupBy(judged, ({ findings }) =>
    verdictOn(findings.map(({ code }) => code)) === 'disputed' ? 'disputed' : 'accepted',
  );
  const of = (some: readonly Judgement[]) => some.map(({ sittingId }) => sittingId);
  await happened(tx, { event: 'result.accepted', where, subjects: of(accepted) }, now);
  await happened(tx, { event: 'result.disputed', where, subjects: of(disputed) }, now);
}

/** Stations wrote some of it: no database keeps a NUL, and nobody reads a page of it. */
const storable = (detail: string): string => detail.replaceAll('\u0000', '').slice(0, 500);
