import { z } from 'zod';

/** Where a list goes on: opaque, from the page before. Not a count: a list that grows meanwhile shows nothing twice. */
export const Cursor = z
  .string()
  .regex(/^[\w-]{1,800}$/)
  .brand<'Cursor'>();
export type Cursor = z.infer<typeof Cursor>;

const PAGE_SIZE = 50;

/** What every list takes in its query. */
export const paging = { after: Cursor.optional(), size: z.coerce.number().int().min(1).max(500).default(PAGE_SIZE) };

/** A page of a list. `next` is `null` on the last one. */
export const pageOf = <T extends z.ZodType>(one: T) =>
  z.object({ rows: z.array(one).readonly(), next: Cursor.nullable() }).readonly();
