import { chmod, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ErasureCause } from '../../contract/platform/retention.ts';
import { CandidateId, Instant, instant, TenantId } from '../../contract/words/ids.ts';

/** Somebody who was erased, by their id: a backup from before still has them. */
export const ListedErasure = z
  .object({
    tenantId: TenantId,
    candidateId: CandidateId,
    at: Instant,
    by: z.string().max(200).nullable(),
    why: ErasureCause,
  })
  .readonly();
export type ListedErasure = z.infer<typeof ListedErasure>;

/** Beside the database, so that it is there when the database is brought back as it was. */
export const erasureList = (data: string): string => join(data, 'erasures.jsonl');

/** A line that a crash broke off, or that somebody else wrote into it, says nothing; the table still has whom it was about. */
function readErasures(text: string): readonly ListedErasure[] {
  return text.split('\n').flatMap((line) => {
    try {
      const read = ListedErasure.safeParse(JSON.parse(line));
      return read.success ? [read.data] : [];
    } catch {
      return [];
    }
  });
}

export const erasuresIn = async (file: string): Promise<readonly ListedErasure[]> =>
  readErasures(await readFile(file, 'utf8').catch(orNothing));

const orNothing = (error: NodeJS.ErrnoException): string => {
  if (error.code === 'ENOENT') return '';
  throw error;
};

/** Adds to the list, and is on disk before it returns. Each begins a line, whatever the one before it ended with. */
export async function addToList(data: string, erased: readonly ListedErasure[]): Promise<void> {
  if (erased.length === 0) return;
  const file = erasureList(data);
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(`\n${erased.map((one) => JSON.stringify(one)).join('\n')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(file, 0o600);
}

export const listed = (
  one: { readonly tenantId: TenantId; readonly candidateId: CandidateId },
  { at, by, why }: { readonly at: Date; readonly by: string | null; readonly why: ErasureCause },
): ListedErasure => ({ ...one, at: instant(at), by, why });

export const keyOfErasure = ({ tenantId, candidateId }: Pick<ListedErasure, 'tenantId' | 'candidateId'>): string =>
  `${tenantId} ${candidateId}`;
