import { z } from 'zod';
import type { TenantId } from '../../contract/words/ids.ts';
import { Localized } from '../../contract/words/localized.ts';
import { type Queries, select } from '../database/index.ts';
import { OPEN_MOVES } from '../stations/open-moves.ts';

const Row = z.object({
  /** `null` where nobody on the roster has the candidate's id any more. */
  name: z.string().nullable(),
  title: z.string(),
  from: z.string(),
  to: z.string(),
  movedAt: z.date(),
});
export type ListedMove = Readonly<Omit<z.infer<typeof Row>, 'title'>> & { readonly title: Localized };

/** Exams that left one station and that no record has ended: each is somebody who still has to go on, or never did. */
export async function readMoves(db: Queries, tenantId: TenantId): Promise<readonly ListedMove[]> {
  const rows = await select(
    db,
    Row,
    `SELECT c.name, e.body AS title, f.name AS "from", t.name AS "to", m.moved_at AS "movedAt"
     FROM (SELECT * FROM ${OPEN_MOVES} AND m.tenant_id = $1) m
     JOIN exams e ON e.tenant_id = m.tenant_id AND e.id = m.exam_id
     JOIN stations f ON f.id = m.from_station JOIN stations t ON t.id = m.to_station
     LEFT JOIN candidates c ON c.tenant_id = m.tenant_id AND c.id = m.candidate_id
     ORDER BY m.moved_at DESC LIMIT 100`,
    [tenantId],
  );
  return rows.map(({ title, ...move }) => ({ ...move, title: Exam.parse(JSON.parse(title)).title }));
}

const Exam = z.object({ title: Localized });
