import { Refusal } from '../../contract/words/reasons.ts';
import { openDataFolder } from '../core/data-folder/index.ts';
import { openFormIssuer } from '../keep/papers/index.ts';

/**
 * The seed behind the one that a record shows, from the station that drew the form: with it an inspector draws the form again.
 * Whoever has it can also work out the forms to come of the same series.
 * @throws Refusal `data-missing`, `key-missing`, `batch-unknown` where this station has no such series
 */
export function revealSeed(data: string, shown: string): string {
  const folder = openDataFolder(data, 'beside');
  try {
    const seed = openFormIssuer(folder.database, folder.vault(), folder.clock).reveal(shown);
    if (!seed) throw new Refusal('batch-unknown', `this station has drawn no form of ${shown}`);
    return seed;
  } finally {
    folder[Symbol.dispose]();
  }
}
