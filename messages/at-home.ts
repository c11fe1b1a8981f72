import type { Reason, ReasonCode } from '../contract/words/reasons.ts';
import type { MessageKey } from './index.ts';
import type { Speech } from './speech.ts';

/** What the catalogue says of stations and their proctors is said otherwise where there are none. */
const REASONS_HERE: Readonly<Partial<Record<Reason, MessageKey>>> = {
  'center-down': 'home.away',
  'station-gone': 'home.away',
  'no-exam': 'home.not-yours',
  'not-allowed-now': 'home.over-already',
  unauthorised: 'home.signed-out',
  internal: 'home.fault',
};

/** What happened, for whoever learns at home. */
export function explainAtHome(reason: ReasonCode, { t, explain }: Pick<Speech, 't' | 'explain'>): string {
  const said = REASONS_HERE[reason as Reason];
  return said ? t(said) : explain(reason);
}
