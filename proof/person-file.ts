import { type PersonFacts, PersonFile, PersonStatement } from '../contract/records/person-file.ts';
import type { Instant } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { inWordsOf, NO_KEYS, openCenterKeys, signedByCenter } from './center-keys.ts';
import { hashOf } from './hash.ts';
import { no, type Verified } from './verdict.ts';

/**
 * Checks what a center says of one person.
 * @param text of the file
 * @param root the center's published key; without it the file's own is believed, and `pinned` says so
 */
export function verifyPersonFile(
  text: string,
  root?: PublicKey,
): Verified<{ facts: PersonFacts; at: Instant; centerKey: PublicKey; pinned: boolean }> {
  const parsed = PersonFile.safeParse(jsonIn(text));
  if (!parsed.success) return no('bad-message', 'this is no file of a person');
  const { centerKey, keys = NO_KEYS, facts, signature } = parsed.data;
  if (root && root !== centerKey) return no('signature-invalid', 'it is of another center');
  const read = signedByCenter(
    signature,
    'exam-station/person',
    PersonStatement,
    openCenterKeys(centerKey, keys),
    ({ at }) => at,
  );
  if (!read.ok) return inWordsOf(read, no('signature-invalid', 'the center did not sign this'));
  if (read.by.revokedAt)
    return no('center-key-revoked', 'the key that signed this was revoked since: have it made anew');
  if (read.said.facts !== hashOf(facts)) return no('signature-invalid', 'what it says is not what was signed');
  return { ok: true, facts, at: read.said.at, centerKey, pinned: root !== undefined };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
