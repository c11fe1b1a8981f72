import type { ServedCenterKeys } from '../../contract/log/log-api.ts';
import type { Instant } from '../../contract/words/ids.ts';
import { everyKey, listOfKeys } from '../../proof/index.ts';
import { logKey, writeNoteKey } from '../../proof/transparency/index.ts';
import type { Center } from '../base/index.ts';
import type { Stranger } from '../tenants/index.ts';

/** What the root says of the keys of this center, and the keys of its checkpoints as c2sp.org/signed-note writes them. */
export function servedKeys(_actor: Stranger, { keys, logName }: Pick<Center, 'keys' | 'logName'>): ServedCenterKeys {
  const good = everyKey(keys).filter(({ revokedAt }) => !revokedAt);
  return { ...listOfKeys(keys), verifiers: good.map(({ publicKey }) => writeNoteKey(logKey(logName, publicKey))) };
}

/** So long before its end somebody has to bring the root. */
const WARN_MS = 30 * 24 * 3_600_000;

/** When the last issuing key ends or was ended, where that is soon or over; nothing of a center that never had one. */
export function issuingKeyEnds({ keys, now }: Pick<Center, 'keys' | 'now'>): Instant | undefined {
  const ends = everyKey(keys).flatMap(({ until, revokedAt }) => revokedAt ?? until ?? []);
  const last = ends.toSorted().at(-1);
  return last && Date.parse(last) - now().getTime() < WARN_MS ? last : undefined;
}
