import { FILE_MOST, readUpTo } from '../authoring/read-up-to.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { hashOf, keyId, verifyPersonFile } from '../proof/index.ts';
import { type CommandResult, refused } from './output.ts';

/** 0 where the center signed it; 1 where it is refused. */
export function verifyPerson(file: string, key: PublicKey | undefined): CommandResult {
  const text = readUpTo(file, FILE_MOST.text, 'format-unknown').toString('utf8');
  const checked = verifyPersonFile(text, key);
  if (!checked.ok) return refused(checked);
  const { facts, at, centerKey, pinned } = checked;
  const { name, ending, firms, results, certificates } = facts;
  const counts = { firms: firms.length, results: results.length, certificates: certificates.length };
  const trust = pinned ? 'pinned' : 'self-stated';
  return {
    exit: 0,
    json: { ok: true, name, ending, at, facts: hashOf(facts), ...counts, centerKey: keyId(centerKey), trust },
    text: [
      `proven: what the center had of ${name} (number ends in ${ending}) at ${at}`,
      `${counts.firms} times on a roster, ${counts.results} results, ${counts.certificates} certificates`,
      `fingerprint, as on paper: SHA-256 ${hashOf(facts)}`,
      pinned
        ? `center key ${keyId(centerKey)}`
        : `center key ${keyId(centerKey)}, as the file itself states: compare it`,
    ],
  };
}
