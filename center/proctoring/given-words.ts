import { z } from 'zod';
import { type CommandId, ExamId, ProctorId, type TenantId, type UnlockWindowId } from '../../contract/words/ids.ts';
import { StationCommand } from '../../contract/words/proctoring.ts';
import { signedByCenter } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';

/** What a proctor said by way of the center, and for which exam. */
type GivenWord = { readonly by: ProctorId; readonly second?: ProctorId | undefined; readonly examId: ExamId };

const Command = z.object({ id: z.string(), jws: z.string() });
const Window = z.object({ id: z.string(), by: ProctorId, examId: ExamId });

/** Those of these commands and unlock windows that the center gave, by their ids. */
export async function givenWords(
  actor: Manager,
  { db, keys }: Pick<Center, 'keys'> & { readonly db: Queries },
  tenantId: TenantId,
  ids: readonly (CommandId | UnlockWindowId)[],
): Promise<ReadonlyMap<string, GivenWord>> {
  mustManage(actor, tenantId);
  if (ids.length === 0) return new Map();
  const which = 'WHERE tenant_id = $1 AND id = ANY($2::text[])';
  const commands = await select(db, Command, `SELECT id, jws FROM commands ${which}`, [tenantId, ids]);
  const windows = await select(db, Window, `SELECT id, proctor_id AS by, exam_id AS "examId" FROM sessions ${which}`, [
    tenantId,
    ids,
  ]);
  const read = commands.flatMap(({ id, jws }): [string, GivenWord][] => {
    // It is in this center's own books: what became of its key since is nothing to what it said then.
    const command = signedByCenter(jws, 'exam-station/command', StationCommand, keys, 'logged');
    return command.ok ? [[id, command.said]] : [];
  });
  return new Map([...read, ...windows.map(({ id, ...word }): [string, GivenWord] => [id, word])]);
}
