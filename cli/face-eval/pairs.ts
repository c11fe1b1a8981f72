import { isAbsolute, normalize, sep } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { Refusal } from '../../contract/words/reasons.ts';

/** Two photos, and whether they show the same person. */
export type Pair = {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly fold: string;
  /** What each is one of, where that is written down; empty where nobody filled it in. */
  readonly groups?: readonly [a: string, b: string];
};

const InRoot = z
  .string()
  .min(1)
  .refine((path) => !isAbsolute(path) && !normalize(path).split(sep).includes('..'), 'a path inside the folder');
const Row = z.object({
  path_a: InRoot,
  path_b: InRoot,
  same: z.enum(['0', '1']),
  /** Without folds, or with a column for them that nobody filled in, every pair belongs to one. */
  fold: z
    .string()
    .default('')
    .transform((fold) => fold || 'all'),
  /** One for both photos, or one for each. */
  group: z.string().optional(),
  group_a: z.string().optional(),
  group_b: z.string().optional(),
});

/**
 * Reads a list of pairs: `path_a,path_b,same` and, where there are, `fold` and `group` (or `group_a`, `group_b`).
 * @throws Refusal `pairs-unreadable` naming the line
 */
export function parsePairs(csv: string): readonly Pair[] {
  const rows = rowsOf(csv);
  const pairs = rows.map((row, i) => {
    const { data, error } = Row.safeParse(row);
    if (!data) throw new Refusal('pairs-unreadable', `line ${i + 2}: ${z.prettifyError(error)}`);
    const { group = '', group_a = group, group_b = group } = data;
    const groups = group_a || group_b ? { groups: [group_a, group_b] as const } : {};
    return { a: data.path_a, b: data.path_b, same: data.same === '1', fold: data.fold, ...groups };
  });
  for (const same of [true, false])
    if (!pairs.some((pair) => pair.same === same))
      throw new Refusal('pairs-unreadable', `no pair of ${same ? 'the same person' : 'different people'}`);
  return pairs;
}

function rowsOf(csv: string): readonly unknown[] {
  try {
    return parse(csv, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    throw new Refusal('pairs-unreadable', (error as Error).message);
  }
}
