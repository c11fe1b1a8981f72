import { type BackupHead, isAnother, toldAs } from './lines.ts';
import { type BackupSource, readBackup, type Said } from './read-backup.ts';

/** What is in a backup that is whole. */
export type Checked = Pick<BackupHead, 'at' | 'program' | 'centerKey' | 'log' | 'media' | 'keys'> & {
  readonly schema: number;
  readonly tables: Readonly<Record<string, number>>;
  readonly files: number;
  /** Films and photos that are in it and are others than their names say: nobody is given them back. */
  readonly missing: readonly string[];
};

/**
 * Reads a backup from its beginning to its end and holds every sum against what is there.
 * @throws Error where it is none, was changed or is cut off, or the passphrase is missing or another
 */
export async function checkBackup(source: BackupSource): Promise<Checked> {
  const tables: Record<string, number> = {};
  let head: BackupHead | undefined;
  const missing: string[] = [];
  let [table, file] = ['', ''];
  let files = 0;
  const note = (said: Said): void => {
    if (said.is === 'head') head = said.head;
    if (said.is === 'table') table = said.table;
    if (said.is === 'table-end') tables[table] = said.rows;
    if (said.is === 'file') file = said.path;
    if (said.is === 'file-end') files += 1;
    if (said.is === 'file-end' && isAnother(file, said.hash)) missing.push(toldAs(file));
  };
  for await (const said of readBackup(source)) note(said);
  if (!head) throw new Error(`${source.file} is no backup of a center`);
  const { at, program, centerKey, log, media, keys, schema } = head;
  return { at, program, centerKey, log, media, keys, schema: Math.max(0, ...schema), tables, files, missing };
}
