import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobId } from '../../contract/words/ids.ts';
import { DRAFT, type ObjectKey, type Objects } from '../objects/index.ts';

/** What came of long work, beside the database. Whose it is, the table says. */
export const jobKey = (id: JobId): ObjectKey => `jobs/${id}`;
const folderOf = (data: string): string => join(data, 'jobs');

/** Where it is written until it is whole: of each runner another one, should two be at it. */
export async function draftFor(data: string, id: JobId, runner: string): Promise<string> {
  await mkdir(folderOf(data), { recursive: true, mode: 0o700 });
  return join(folderOf(data), `${id}.${runner}${DRAFT}`);
}

/** @returns how many bytes it has */
export async function keepDraft(objects: Objects, id: JobId, draft: string): Promise<number> {
  const { size } = await stat(draft);
  await objects.take(jobKey(id), draft);
  return size;
}

export const dropFile = (file: string): Promise<void> => rm(file, { force: true });

const DRAFT_DAYS_MS = 86_400_000;

/** What a crash left behind; a draft of today may still be written, by a center that shares the folder. */
export async function dropOldDrafts(data: string, now: number): Promise<void> {
  const names = await readdir(folderOf(data)).catch(() => []);
  for (const name of names.filter((one) => one.endsWith(DRAFT))) {
    const file = join(folderOf(data), name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > DRAFT_DAYS_MS) await dropFile(file);
  }
}
