import { createHash, type Hash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { Instant, Sha256 } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { isObjectKey } from '../objects/index.ts';

/** How a backup begins. The numbers of the schema say which program can read it. */
export const BackupHead = z
  .object({
    format: z.literal('exam-station/center-backup@1'),
    /** When the snapshot was taken. */
    at: Instant,
    program: z.string(),
    schema: z.array(z.int().positive()).readonly(),
    /** The root of the center; nothing of one that was never started. */
    centerKey: PublicKey.nullable(),
    log: z.object({ size: z.int().nonnegative(), root: Sha256.nullable(), name: z.string().nullable() }),
    media: z.boolean(),
    keys: z.boolean(),
  })
  .readonly();
export type BackupHead = z.infer<typeof BackupHead>;

/** What files lie in a backup: films and photos by their hash, and keys. No other path is ever written from one. */
const BackupPath = z.string().regex(/^((media|photos\/[\w-]{1,100})\/[0-9a-f]{64}|(center|issuing)\.key)$/);

/** Whether a film or a photo is another than its name says, which is its hash: whoever kept it changed it. */
export const isAnother = (path: string, hash: string): boolean => isObjectKey(path) && basename(path) !== hash;

/** What a film, by its hash alone, or a photo is called where it is told of. */
export const toldAs = (path: string): string => path.replace(/^media\//, '');

const Name = z.string().min(1).max(63);

/** Besides these, a line is a row (an array of texts) or a piece of a file (base64). */
const Mark = z.union([
  z.strictObject({ table: Name, columns: z.array(Name).min(1) }),
  z.strictObject({ end: z.literal('table'), rows: z.int().nonnegative(), hash: Sha256 }),
  z.strictObject({ file: BackupPath }),
  z.strictObject({ end: z.literal('file'), bytes: z.int().nonnegative(), hash: Sha256 }),
  z.strictObject({ end: z.literal('backup'), hash: Sha256 }),
]);
export type Mark = z.infer<typeof Mark>;

/** Values as the database writes them as text. */
export type TextRow = readonly (string | null)[];
const Row = z.array(z.string().nullable());
const Line = z.union([Row, z.string(), Mark]);
export type BackupLine = z.infer<typeof Line>;

export const lineOf = (line: BackupHead | Mark | TextRow | string): string => `${JSON.stringify(line)}\n`;

/** @throws Error where the line is none of a backup */
export const readLine = (text: string): BackupLine => Line.parse(JSON.parse(text));

const MODULUS = 2n ** 256n;

/**
 * Of the rows of a table in whatever order: the sum of the SHA-256 of each, modulo 2^256. Against accidents, not against somebody
 * who wants two tables of one sum.
 */
export class RowSum {
  rows = 0;
  #sum = 0n;
  add(row: TextRow): void {
    this.rows += 1;
    const hash = createHash('sha256').update(JSON.stringify(row)).digest('hex');
    this.#sum = (this.#sum + BigInt(`0x${hash}`)) % MODULUS;
  }
  get hash(): Sha256 {
    return Sha256.parse(this.#sum.toString(16).padStart(64, '0'));
  }
}

export const digestOf = (hash: Hash): Sha256 => Sha256.parse(hash.digest('hex'));
