import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { writeDurably } from '../key-store/durable-file.ts';
import type { Json } from './step.ts';

/** Its name in the folder of the kiosk's own files. */
export const JOURNAL = 'lockdown.json';

const Entry = z.object({
  step: z.string(),
  /** What was there before. */
  found: z.json(),
  /** Written before the step is performed, and again once it was. */
  state: z.enum(['performing', 'performed']),
});
const JournalFile = z.object({ format: z.literal('exam-station/lockdown@1'), entries: z.array(Entry) });

export type JournalEntry = { readonly step: string; readonly found: Json; readonly state: 'performing' | 'performed' };

/** What was changed on this machine and is not undone yet, on disk before it is done. */
export type Journal = {
  /** Oldest first. @throws Error where the file is damaged */
  read(): readonly JournalEntry[];
  /** Returns once it is on disk. @throws Error where it cannot be */
  write(entries: readonly JournalEntry[]): void;
  /** Puts a damaged file aside, where a person can look at it. @returns its new name */
  setAside(): string;
};

export function openJournal(path: string): Journal {
  return {
    read: () => (existsSync(path) ? JournalFile.parse(JSON.parse(readFileSync(path, 'utf8'))).entries : []),
    write(entries) {
      if (entries.length === 0) return rmSync(path, { force: true });
      const file = { format: 'exam-station/lockdown@1', entries };
      writeDurably(path, Buffer.from(`${JSON.stringify(file, null, 2)}\n`));
    },
    setAside() {
      const aside = `${path}.damaged-${Date.now()}`;
      renameSync(path, aside);
      return aside;
    },
  };
}
