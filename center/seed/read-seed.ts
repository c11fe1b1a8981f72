import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PutCandidate } from '../../contract/people-center/candidates.ts';
import { Exam } from '../../contract/words/exam.ts';
import { ProctorId, TenantId } from '../../contract/words/ids.ts';
import { type Bank, BankFile } from '../../contract/words/items.ts';
import { bankFromFile, picturesFromFile } from '../../proof/index.ts';
import bank from './bank.json' with { type: 'json' };
import course from './course/exam.json' with { type: 'json' };
import roster from './roster.json' with { type: 'json' };

const RosterFile = z.object({
  /** What a firm without demo content is called until somebody names it. */
  unnamed: z.string(),
  tenant: z.object({ id: TenantId, name: z.string() }),
  proctor: z.object({ id: ProctorId, name: z.string() }),
  candidates: z.array(PutCandidate.omit({ photos: true, examId: true })),
});

/** The bank that ships with the program, made from its drafts. */
export const demoBank = (): Bank => bankFromFile(BankFile.parse(bank));

/** What its items show. */
export const demoPictures = (): readonly Uint8Array[] => picturesFromFile(BankFile.parse(bank));

/** Fictional people of a fictional tenant. */
export const demoRoster = (): z.infer<typeof RosterFile> => RosterFile.parse(roster);

/** The course that ships with the program, and the bytes of what it shows: `center/seed/course`, drawn by `npm run -s draw:course`. */
export function demoCourse() {
  const file = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, 'course', name));
  return {
    exam: Exam.parse(course),
    media: [file('film.webm'), file('emergency.pdf')],
    pictures: [file('signs.png')],
  };
}
