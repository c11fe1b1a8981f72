import { z } from 'zod';
import { PutCandidate } from '../../contract/center-api.ts';
import { ProctorId, TenantId } from '../../contract/ids.ts';
import { type Bank, ItemKind } from '../../contract/items.ts';
import { Localized } from '../../contract/localized.ts';
import { makeBank, makeItem } from '../../contract/proof/index.ts';
import bank from './bank.json' with { type: 'json' };
import roster from './roster.json' with { type: 'json' };

const BankFile = z.object({
  title: Localized,
  items: z.array(
    z.object({
      kind: ItemKind,
      topic: z.string(),
      stem: Localized,
      options: z.array(Localized),
      key: z.array(z.int()),
    }),
  ),
});

const RosterFile = z.object({
  tenant: z.object({ id: TenantId, name: z.string() }),
  proctor: z.object({ id: ProctorId, name: z.string() }),
  candidates: z.array(PutCandidate.omit({ photo: true, examId: true })),
});

/** The bank that ships with the program, made from its drafts. */
export function demoBank(): Bank {
  const { title, items } = BankFile.parse(bank);
  return makeBank(title, items.map(makeItem));
}

/** Fictional people of a fictional tenant. */
export const demoRoster = (): z.infer<typeof RosterFile> => RosterFile.parse(roster);
