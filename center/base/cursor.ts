import type { z } from 'zod';
import { Cursor } from '../../contract/platform/paging.ts';
import { Refusal } from '../../contract/words/reasons.ts';

/** Where a list goes on: what the last row is sorted by. */
export const cursorOf = (last: readonly (string | number)[]): Cursor =>
  Cursor.parse(Buffer.from(JSON.stringify(last)).toString('base64url'));

/** @throws Refusal `bad-message` where it is none of this list */
export function readCursor<S extends z.ZodType>(cursor: Cursor, shape: S): z.infer<S> {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const parsed = shape.safeParse(jsonIn(text));
  // No database holds such a text, so none of its lists has that place.
  if (!parsed.success || text.includes('\\u0000'))
    throw new Refusal('bad-message', 'after: this is no place in this list');
  return parsed.data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
