import { z } from 'zod';
import { type Database, migrate } from '../database/index.ts';
import type { Moment } from './jumps.ts';

/** The last moment at which the station ran, so that at its next start a clock that was set back meanwhile is noticed. */
export type LastMoment = { read(): Moment | undefined; write(moment: Moment): void };

const SCHEMA = ['CREATE TABLE last_moment (id INTEGER PRIMARY KEY CHECK (id = 1), moment TEXT NOT NULL) STRICT;'];

const Stored = z.object({
  wall: z.number(),
  run: z.string(),
  monotonic: z.number(),
  machine: z.string().nullable(),
  uptime: z.number(),
});

export function openLastMoment(database: Database): LastMoment {
  migrate(database, 'last-moment', SCHEMA);
  const put = database.prepare('INSERT OR REPLACE INTO last_moment VALUES (1, ?)');
  const get = database.prepare<[], { moment: string }>('SELECT moment FROM last_moment');
  return {
    read: () => Stored.safeParse(JSON.parse(get.get()?.moment ?? 'null')).data,
    write: (moment) => void put.run(JSON.stringify(moment)),
  };
}
