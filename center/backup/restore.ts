import { keyId } from '../../proof/index.ts';
import { type Database, type Migration, migrate, type Queries, schemaNumbers } from '../database/index.ts';
import { logState, markRestored } from '../log/index.ts';
import { type Objects, ownedBy } from '../objects/index.ts';
import { type Checked, checkBackup } from './check.ts';
import { type BackupHead, RowSum } from './lines.ts';
import { type BackupSource, readBackup, type Said } from './read-backup.ts';
import { readRows } from './read-rows.ts';
import { quoted, type Table, tablesIn, writePlainText } from './tables.ts';
import { type FilesOfBackup, writeFiles } from './write-files.ts';
import { advanceSequences, liftGuards, type RowWriter, writeRows } from './write-rows.ts';

export type RestorePlace = {
  readonly db: Database;
  readonly data: string;
  readonly objects: Objects;
  readonly schema: readonly Migration[];
};

export type Restoring = {
  readonly nothingNewer: boolean;
  readonly now: Date;
  /** What else belongs to it, in its transaction: whoever was erased since the backup is in it still. */
  readonly then?: (tx: Queries) => Promise<unknown>;
};

/**
 * Fills an empty database, and the data folder, with what a backup holds, and brings the schema up to this program: all of it or
 * nothing, but for films and photos that are others than their names say. The log goes on only once somebody has looked whether the center signed more after that backup.
 * @throws Error with a sentence for the person who typed it
 */
export async function restoreFrom(
  { db, data, objects, schema }: RestorePlace,
  source: BackupSource,
  { nothingNewer, now, then }: Restoring,
): Promise<Checked> {
  const checked = await checkBackup(source);
  const files = writeFiles(data);
  try {
    await db.transaction(async (tx) => {
      if ((await tablesIn(tx)).length > 0)
        throw new Error('something is in this database already: a backup is restored into an empty one');
      await load(tx, schema, source, files);
      if (!nothingNewer) await markRestored(tx, now);
      await then?.(tx);
      // Before the database has it all: what lies there too early does no harm, and restoring again finds the same.
      await files.bring(objects.shared && checked.centerKey ? ownedBy(objects, keyId(checked.centerKey)) : objects);
    });
  } finally {
    await files.clear();
  }
  return checked;
}

async function load(
  tx: Queries,
  schema: readonly Migration[],
  source: BackupSource,
  files: FilesOfBackup,
): Promise<void> {
  const nothing = async (): Promise<void> => undefined;
  const asDatabase: Database = {
    ...{ ...tx, transaction: (work) => work(tx), answers: nothing, close: nothing },
    as: () => asDatabase,
  };
  await writePlainText(tx);
  let loading: Loading | undefined;
  for await (const said of readBackup(source)) {
    if (said.is === 'head') loading = await begin(tx, asDatabase, schema, said.head);
    else if (said.is.startsWith('file') || said.is === 'piece') await files.take(said);
    else await takeTable(tx, loading as Loading, said);
  }
  if (!loading) throw new Error('the backup is empty');
  await loading.guards.restore();
  await advanceSequences(tx, loading.tables);
  await mustBeTheLog(tx, loading.head);
  await migrate(asDatabase, schema);
}

type Loading = {
  readonly head: BackupHead;
  readonly tables: readonly Table[];
  readonly guards: Awaited<ReturnType<typeof liftGuards>>;
  table?: Table;
  writer?: RowWriter;
};

/** The tables as the program that wrote the backup had them; what the backup lacks of this program's schema comes after the rows. */
async function begin(
  tx: Queries,
  asDatabase: Database,
  schema: readonly Migration[],
  head: BackupHead,
): Promise<Loading> {
  const unknown = head.schema.filter((number) => !schema.some((one) => one.number === number));
  if (unknown.length > 0)
    throw new Error(
      `the backup has schema ${unknown.join(', ')}, which this program does not know: use a newer program`,
    );
  await migrate(
    asDatabase,
    schema.filter(({ number }) => head.schema.includes(number)),
  );
  const made = await schemaNumbers(tx);
  if (made.length !== head.schema.length) throw new Error('the schema of the backup cannot be made by this program');
  const tables = await tablesIn(tx);
  return { head, tables, guards: await liftGuards(tx, tables) };
}

async function takeTable(tx: Queries, loading: Loading, said: Said): Promise<void> {
  if (said.is === 'table') {
    const known = loading.tables.find(({ name }) => name === said.table);
    const byName = new Map(known?.columns.map((column) => [column.name, column]));
    const columns = said.columns.flatMap((name) => byName.get(name) ?? []);
    if (!known || columns.length !== said.columns.length || columns.length !== known.columns.length)
      throw new Error(`the table ${said.table} of the backup is not one of this program`);
    loading.table = { name: known.name, columns };
    // A migration may have put rows there, of which the backup has what became.
    await tx.query(`DELETE FROM ${quoted(known.name)}`);
    loading.writer = writeRows(tx, loading.table);
  }
  if (said.is === 'row') await loading.writer?.add(said.row);
  if (said.is === 'table-end') {
    await loading.writer?.end();
    await mustHoldTheRows(tx, loading.table as Table, said);
  }
}

/** What the database says now is held against what it said then. */
async function mustHoldTheRows(
  tx: Queries,
  table: Table,
  { rows, hash }: { readonly rows: number; readonly hash: string },
) {
  const sum = new RowSum();
  for await (const page of readRows(tx, table)) for (const row of page) sum.add(row);
  if (sum.rows !== rows || sum.hash !== hash) throw new Error(`${table.name} is not what it was when it was backed up`);
}

async function mustBeTheLog(tx: Queries, head: BackupHead): Promise<void> {
  const log = await logState(tx);
  if (log.size !== head.log.size || log.root !== head.log.root || log.centerKey !== head.centerKey)
    throw new Error('the log of the backup is not the one that its beginning names');
}
