import { z } from 'zod';
import { type Queries, select } from '../database/index.ts';
import type { TextRow } from './lines.ts';
import { quoted, type Table } from './tables.ts';

const Texts = z.object({ row: z.array(z.string().nullable()) });

/** Many small rows at once, and large ones (rescue files, pictures) one by one. */
const [MOST_AT_ONCE, SMALL_PAGE, LARGE_PAGE] = [512, 1_000_000, 8_000_000];

/** All rows of a table, as a transaction sees them, page by page, in no order. */
export async function* readRows(tx: Queries, { name, columns }: Table): AsyncGenerator<readonly TextRow[]> {
  const texts = columns.map((column) => `${quoted(column.name)}::text`).join(', ');
  await tx.query(`DECLARE backup_rows NO SCROLL CURSOR FOR SELECT ARRAY[${texts}] AS row FROM ${quoted(name)}`);
  for (let count = 8; ; ) {
    const page = (await select(tx, Texts, `FETCH ${count} FROM backup_rows`)).map(({ row }) => row);
    if (page.length > 0) yield page;
    if (page.length < count) break;
    const length = page.reduce((sum, row) => sum + row.reduce((all, text) => all + (text?.length ?? 0), 0), 0);
    if (length > LARGE_PAGE) count = Math.max(1, Math.floor(count / 4));
    else if (length < SMALL_PAGE) count = Math.min(MOST_AT_ONCE, count * 2);
  }
  await tx.query('CLOSE backup_rows');
}
