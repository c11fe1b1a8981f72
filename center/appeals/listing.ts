import { z } from 'zod';
import type { Appeal, AppealWish } from '../../contract/platform/appeals.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import { SEE_RESULTS } from '../../contract/platform/results.ts';
import { APPEAL_STATES } from '../../contract/words/appeal-words.ts';
import { AskedInstant } from '../../contract/words/asked-times.ts';
import { AppealId, instant } from '../../contract/words/ids.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { select } from '../database/index.ts';
import { firmsWithin } from '../organisations/index.ts';
import { listedAt } from '../results/index.ts';
import type { ActingAccount } from '../tenants/index.ts';

const Row = z.object({
  id: AppealId,
  logIndex: z.int(),
  madeBy: z.string().nullable(),
  reason: z.string(),
  madeAt: z.date(),
  state: z.enum(APPEAL_STATES),
  by: z.string().nullable(),
  note: z.string().nullable(),
  at: z.date().nullable(),
  forgottenAt: z.date().nullable(),
});

const After = z.tuple([AskedInstant, AppealId]);

/** Appeals of the firms within reach, the newest first. */
export async function listAppeals(
  actor: ActingAccount,
  { db }: Pick<Center, 'db'>,
  wish: AppealWish,
): Promise<{ readonly rows: readonly Appeal[]; readonly next: Cursor | null }> {
  const firms = await firmsWithin(actor, db, SEE_RESULTS);
  const only = firms.length === 1 ? (firms[0]?.tenantId ?? null) : null;
  await noteDone(actor, db, { tenantId: only, what: 'looked', subject: { kind: 'list', id: 'appeals' } });
  const [at, id] = wish.after ? readCursor(wish.after, After) : [];
  const rows = await select(
    db,
    Row,
    `SELECT id, log_index AS "logIndex", made_by AS "madeBy", reason, made_at AS "madeAt", state,
       decided_by AS by, decided_note AS note, decided_at AS at, forgotten_at AS "forgottenAt"
     FROM appeals WHERE tenant_id = ANY($1::text[]) AND ($2::text IS NULL OR state = $2)
       AND ($3::timestamptz IS NULL OR (made_at, id) < ($3::timestamptz, $4::text))
     ORDER BY made_at DESC, id DESC LIMIT $5`,
    [firms.map(({ tenantId }) => tenantId), wish.state ?? null, at ?? null, id ?? null, wish.size + 1],
  );
  const page = rows.slice(0, wish.size);
  const last = page.at(-1);
  const results = await listedAt(
    db,
    firms,
    page.map(({ logIndex }) => logIndex),
  );
  return {
    rows: page.flatMap(({ by, note, at: decidedAt, madeAt, forgottenAt, ...row }) => {
      const result = results.get(row.logIndex);
      if (!result) return [];
      const { sittingId, firm, name, exam, marks } = result;
      const decided = by && decidedAt ? { by, note: note ?? '', at: instant(decidedAt) } : null;
      return [
        {
          ...row,
          sittingId,
          firm,
          name,
          exam: exam.title,
          marks,
          madeAt: instant(madeAt),
          decided,
          forgotten: forgottenAt !== null,
        },
      ];
    }),
    next: last && rows.length > wish.size ? cursorOf([instant(last.madeAt), last.id]) : null,
  };
}
