import type { Instant } from '../../../contract/words/ids.ts';
import type { Ledger } from '../../core/ledger/index.ts';
import type { SittingEvent } from '../../core/sitting/index.ts';
import type { EvidenceStore, Expired } from './evidence-store.ts';

/**
 * Erases pictures, and leaves in the ledger that they were there and are gone. The stone before the grave: cut short
 * between them, the next run erases what is left and says so again.
 */
export function erase(
  store: EvidenceStore,
  ledger: Pick<Ledger<SittingEvent>, 'append'>,
  all: readonly Expired[],
  why: 'expired' | 'asked',
): number {
  for (const { sitting, pictures } of all) {
    ledger.append(sitting, [{ type: 'erased', pictures, why }]);
    store.erase(sitting, pictures);
  }
  return all.reduce((sum, { pictures }) => sum + pictures.length, 0);
}

/** @returns how many pictures are gone whose time was over */
export const eraseExpired = (
  store: EvidenceStore,
  ledger: Pick<Ledger<SittingEvent>, 'append'>,
  now: Instant,
): number => erase(store, ledger, store.expired(now), 'expired');
