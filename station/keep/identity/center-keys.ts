import type { CenterKeyList } from '../../../contract/records/center-keys.ts';
import type { PublicKey } from '../../../contract/words/keys.ts';
import { type CenterKeys, openCenterKeys } from '../../../proof/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';

const SCHEMA = [
  `CREATE TABLE center_keys (jws TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('key', 'revocation'))) STRICT;`,
];
type Row = { readonly jws: string; readonly kind: 'key' | 'revocation' };

/** Opened once for what was read: a signature is checked each time otherwise. */
const opened = new Map<string, CenterKeys>();
const MOST_OPENED = 100;

/** The keys of the center with this root, by all that was ever heard of it here. None of it is secret. */
export function centerKeysIn(database: Database, root: PublicKey): CenterKeys {
  migrate(database, 'center-keys', SCHEMA);
  const rows = database.prepare<[], Row>('SELECT jws, kind FROM center_keys ORDER BY rowid').all();
  if (rows.length === 0) return root;
  const text = `${root} ${rows.map(({ jws }) => jws).join(' ')}`;
  const known = opened.get(text);
  if (known) return known;
  const of = (wanted: Row['kind']) => rows.filter(({ kind }) => kind === wanted).map(({ jws }) => jws);
  const keys = openCenterKeys(root, { keys: of('key'), revocations: of('revocation') });
  if (opened.size >= MOST_OPENED) opened.clear();
  opened.set(text, keys);
  return keys;
}

/**
 * Keeps what the root of the center said of its keys, whoever brought it; what it did not sign is passed over. Nothing is forgotten:
 * a center that somebody has broken into takes no revocation back by leaving it out.
 */
export function keepCenterKeys(database: Database, root: PublicKey, said: CenterKeyList): void {
  migrate(database, 'center-keys', SCHEMA);
  const put = database.prepare('INSERT OR IGNORE INTO center_keys (jws, kind) VALUES (?, ?)');
  const { keys, revocations } = openCenterKeys(root, said);
  for (const jws of keys) put.run(jws, 'key');
  // Of a key that is not known yet, too: its statement may come later.
  for (const jws of revocations) put.run(jws, 'revocation');
}
