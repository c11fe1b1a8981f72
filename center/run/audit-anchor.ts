import { auditEntry } from '../../contract/log/entries.ts';
import type { Anchor } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { logEntries } from '../log/index.ts';

/** Heads of the audit log are entries of the transparency log, for witnesses to see. */
export const anchorIn =
  (center: Center): Anchor =>
  async (tx, head) => {
    const [place] = await logEntries(tx, center, [auditEntry(head)]);
    if (place === undefined) throw new Error('what was logged has a place');
    return place;
  };
