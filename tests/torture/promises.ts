import type { Form, Given } from '../../contract/words/form.ts';
import type { ItemId, SittingId } from '../../contract/words/ids.ts';
import type { SittingEvent } from '../../station/core/sitting/index.ts';
import { openArchive } from '../../station/offline/index.ts';

type Kept = Given & { readonly revision: number };

/** What the station acknowledged, kept by the one to whom it did. */
export type Promises = {
  answered(sitting: SittingId, item: ItemId, given: Kept): void;
  handedIn(sitting: SittingId): void;
  /** How much of what was acknowledged the form does not show any more. */
  missingIn(form: Form): number;
  /** Whether a sitting ended as it should: it was handed in, and its record is written. */
  isRecorded(data: string, sitting: SittingId): boolean;
  /** Reads the ledger from outside: how much of what was acknowledged is not there, and whether the chain is whole. */
  check(data: string): { readonly lost: number; readonly broken: boolean };
};

export function openPromises(): Promises {
  const answers = new Map<SittingId, Map<ItemId, Kept>>();
  const submitted = new Set<SittingId>();
  return {
    answered(sitting, item, given) {
      const ofSitting = answers.get(sitting) ?? new Map<ItemId, Kept>();
      // Several are under way at a time, and they may be acknowledged in any order.
      if (given.revision > (ofSitting.get(item)?.revision ?? 0)) ofSitting.set(item, given);
      answers.set(sitting, ofSitting);
    },
    handedIn: (sitting) => void submitted.add(sitting),
    missingIn({ sittingId, answers: shown }) {
      const revisions = new Map(shown.map(({ itemId, revision }) => [itemId, revision]));
      const wanted = [...(answers.get(sittingId) ?? [])];
      return wanted.filter(([item, { revision }]) => (revisions.get(item) ?? 0) < revision).length;
    },
    isRecorded(data, sitting) {
      using archive = openArchive(data);
      return archive.entries(sitting).some(({ event }) => event.type === 'recorded');
    },
    check(data) {
      using archive = openArchive(data);
      let lost = 0;
      for (const [sitting, wanted] of answers) {
        const events = archive.entries(sitting).map(({ event }) => event);
        for (const [item, given] of wanted) if (!isThere(events, item, given)) lost += 1;
      }
      for (const sitting of submitted)
        if (!archive.entries(sitting).some(({ event }) => event.type === 'submitted')) lost += 1;
      // What is whole and over need not be looked at again.
      const last = archive.sittings().at(-1);
      for (const sitting of answers.keys()) if (sitting !== last) answers.delete(sitting);
      return { lost, broken: archive.firstBroken() !== undefined };
    },
  };
}

/** The answer as it was acknowledged, or a later one. */
function isThere(events: readonly SittingEvent[], item: ItemId, { chosen, revision }: Kept): boolean {
  const same = events.filter((event) => event.type === 'answered').filter(({ itemId }) => itemId === item);
  const exact = same.find((event) => event.revision === revision);
  if (exact) return exact.chosen.length === chosen.length && exact.chosen.every((id) => chosen.includes(id));
  return same.some((event) => event.revision > revision);
}
