import { z } from 'zod';
import { PutCandidate } from '../../contract/people-center/operator-api.ts';
import { ProctorId, TenantId } from '../../contract/words/ids.ts';
import { type Bank, BankFile } from '../../contract/words/items.ts';
import { bankFromFile, picturesFromFile } from '../../proof/index.ts';
import bank from './bank.json' with { type: 'json' };
import roster from './roster.json' with { type: 'json' };

const RosterFile = z.object({
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
