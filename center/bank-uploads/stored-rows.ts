import { readWritten } from '../../authoring/import/index.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import { askedElsewhere, type Other } from './others.ts';
import { type ReadRow, shortly } from './reading.ts';
import type { RowSaid } from './row-shape.ts';
import { storable } from './storable.ts';
import { type KeptRow, picturesIn, unkeep } from './written.ts';

/** A row as it is to be kept. */
export type StoredRow = {
  readonly at: number;
  readonly sheet: string;
  readonly row: number;
  readonly outcome: 'accepted' | 'repaired' | 'rejected';
  readonly reason: string | null;
  readonly said: RowSaid;
  readonly stem: string;
  readonly sameAs: number | null;
  readonly item: Item | null;
  readonly question: string | null;
  readonly answer: string | null;
  readonly written: KeptRow | null;
  /** Of what the file says. */
  readonly hash: Sha256 | null;
  readonly settled: 'mended' | null;
};

/** @param others the banks that exams of the firm draw from */
export const storedRows = (rows: readonly ReadRow[], others: readonly Other[]): readonly StoredRow[] =>
  rows.map(({ sheet, row, problem, repairs, leftOut, strayPicture, stem, asked, sameAs, written }, at) => {
    const { reason = null, ...why } = problem ?? {};
    const outcome = reason ? 'rejected' : repairs.length > 0 ? 'repaired' : 'accepted';
    const elsewhere = asked ? askedElsewhere(others, asked) : [];
    const said = { problem: why, repairs, leftOut, strayPicture, elsewhere };
    const { item = null, question = null, answer = null } = asked ?? {};
    return {
      ...{ at, sheet, row, outcome, reason, said, stem, sameAs: sameAs ?? null, item, question, answer, settled: null },
      ...{ written: written?.row ?? null, hash: written?.hash ?? null },
    };
  });

/** How rows were mended, by the hash of what stood in each. */
export type Mends = ReadonlyMap<string, KeptRow>;
type OfFile = {
  readonly file: string;
  readonly pictures: ReadonlyMap<Sha256, Uint8Array>;
  readonly others: readonly Other[];
};

/**
 * Rows that say what rows of an earlier upload said are mended as those were: read again by the rules of today, and left alone where
 * they contradict what is there now.
 */
export async function mendedBefore(
  rows: readonly StoredRow[],
  mends: Mends,
  of: OfFile,
): Promise<readonly StoredRow[]> {
  if (mends.size === 0) return rows;
  const asked = new Map<string, { readonly answer: string | null; readonly at: number }>();
  for (const { question, answer, at } of rows) if (question) asked.set(question, { answer, at });
  const mended: StoredRow[] = [];
  for (const row of rows) {
    const written = row.hash ? mends.get(row.hash) : undefined;
    const again = written && row.reason ? await readAgain(row, written, of) : undefined;
    const before = again ? asked.get(again.question) : undefined;
    if (!written || !again || (before && before.answer !== again.answer)) {
      mended.push(row);
      continue;
    }
    const { item, question, answer } = again;
    if (!before) asked.set(question, { answer, at: row.at });
    const said = { ...row.said, elsewhere: askedElsewhere(of.others, again) };
    const now = { item, question, answer, said, sameAs: before?.at ?? null, stem: shortly(item.stem.zh), written };
    mended.push({ ...row, ...now, settled: 'mended' });
  }
  return mended;
}

async function readAgain({ sheet, row }: StoredRow, written: KeptRow, { file, pictures }: OfFile) {
  if (picturesIn([written]).some((hash) => !pictures.has(hash))) return undefined;
  const read = await readWritten(unkeep(written, pictures), { file, sheet, row });
  return read.ok ? read : undefined;
}

/** Rows as their table takes them. */
export const columnsOf = ({ said, item, written, hash, sameAs, ...row }: StoredRow) => ({
  ...row,
  said: storable(said),
  left_out: said.leftOut.length > 0 || said.strayPicture,
  elsewhere: said.elsewhere.length > 0,
  ...{ same_as: sameAs, written_hash: hash },
  item: item && JSON.stringify(item),
  written: written && storable(written),
});
