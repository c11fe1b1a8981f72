import { z } from 'zod';
import { CenterKeyList, CenterKeyRevocation, CenterKeyStatement } from '../contract/records/center-keys.ts';
import type { Instant } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { MAX_SKEW_MS } from '../contract/words/skew.ts';
import { type JwsType, keyId, payloadOf, verifyJws } from './jws.ts';
import { no, type Rejection, type Verified } from './verdict.ts';
import { parseWritten } from './written-json.ts';

/** A key that a center signs with: its root, which has no end, or one that the root gave a time. */
export type CenterKey = {
  readonly publicKey: PublicKey;
  readonly from?: Instant;
  readonly until?: Instant;
  /** Since when nothing counts that it signs. */
  readonly revokedAt?: Instant;
};

/** Every key of one center, by what its root says. */
export type CenterKeySet = CenterKeyList & {
  /** What is published and pinned. */
  readonly root: PublicKey;
  /** By `kid`, the root among them. */
  readonly byId: ReadonlyMap<string, CenterKey>;
};

/** The root alone stands for a center that never said more. */
export type CenterKeys = PublicKey | CenterKeySet;

export const NO_KEYS: CenterKeyList = { keys: [], revocations: [] };

/**
 * What of these statements the root signed, each once; the others are not in it, so that whoever counts them sees that there were
 * some. Of two revocations of a key the earlier one counts.
 */
export function openCenterKeys(root: PublicKey, list: CenterKeyList): CenterKeySet {
  const byId = new Map<string, CenterKey>();
  const keys = [...new Set(list.keys)].filter((jws) => {
    const { data } = CenterKeyStatement.safeParse(verifyJws(jws, 'exam-station/center-key', root));
    if (data) byId.set(keyId(data.publicKey), { publicKey: data.publicKey, from: data.from, until: data.until });
    return data !== undefined;
  });
  const revocations = [...new Set(list.revocations)].filter((jws) => {
    const { data } = CenterKeyRevocation.safeParse(verifyJws(jws, 'exam-station/center-key-revocation', root));
    if (data) revoke(byId, data);
    return data !== undefined;
  });
  // Its root is its root, whatever a statement says of it.
  byId.set(keyId(root), { publicKey: root });
  return { root, keys, revocations, byId };
}

/** Also of a key whose own statement is not here: it is none then. */
function revoke(byId: Map<string, CenterKey>, { publicKey, at }: CenterKeyRevocation): void {
  const key = byId.get(keyId(publicKey));
  if (key?.publicKey !== publicKey) return;
  const revokedAt = key.revokedAt && key.revokedAt < at ? key.revokedAt : at;
  byId.set(keyId(publicKey), { ...key, revokedAt });
}

export const rootOfKeys = (keys: CenterKeys): PublicKey => (typeof keys === 'string' ? keys : keys.root);

export const listOfKeys = (keys: CenterKeys): CenterKeyList =>
  typeof keys === 'string' ? NO_KEYS : { keys: keys.keys, revocations: keys.revocations };

/** Every key there is or was, the root first. */
export const everyKey = (keys: CenterKeys): readonly CenterKey[] =>
  typeof keys === 'string'
    ? [{ publicKey: keys }]
    : [{ publicKey: keys.root }, ...[...keys.byId.values()].filter(({ publicKey }) => publicKey !== keys.root)];

/** What either list says. */
export const joinKeys = (one: CenterKeyList, other: CenterKeyList): CenterKeyList => ({
  keys: [...new Set([...one.keys, ...other.keys])],
  revocations: [...new Set([...one.revocations, ...other.revocations])],
});

/**
 * The same center, with what a statement that came says of its keys under `keys`: whoever made it, the root signed those. What is
 * known of revocations stays.
 */
export function withKeysIn(jws: string, known: CenterKeys): CenterKeys {
  const { data } = Carrying.safeParse(parseWritten(payloadOf(jws) ?? ''));
  return data ? openCenterKeys(rootOfKeys(known), joinKeys(listOfKeys(known), data.keys)) : known;
}
const Carrying = z.object({ keys: CenterKeyList });

/** Whether a key may sign at this moment. */
export const isGood = ({ from, until, revokedAt }: CenterKey, at: Instant): boolean =>
  (from === undefined || from <= at) && (until === undefined || at < until) && (!revokedAt || at < revokedAt);

/**
 * Those that may sign now, by a clock that may be a little off: for what a center says here and now without a date in it. A key
 * that is revoked is not among them, whenever that was.
 */
export function keysNow(keys: CenterKeys, now: Instant): CenterKeys {
  if (typeof keys === 'string') return keys;
  const moved = (ms: number): Instant => new Date(Date.parse(now) + ms).toISOString() as Instant;
  const [early, late] = [moved(-MAX_SKEW_MS), moved(MAX_SKEW_MS)];
  const isNow = ({ from, until, revokedAt }: CenterKey): boolean =>
    !revokedAt && (from === undefined || from <= late) && (until === undefined || early < until);
  return { ...keys, byId: new Map([...keys.byId].filter(([, key]) => isNow(key))) };
}

/**
 * When something was signed: as it says itself; `undefined` where it does not, and any time will do that the key had; `logged`
 * where it does not either and is known to be in the log, so that it stands whatever became of its key.
 */
export type When<T> = ((said: T) => Instant) | 'logged' | undefined;

/** What a center said, and with which of its keys. */
export type SaidByCenter<T> = { readonly said: T; readonly by: CenterKey };

/**
 * What a center said, where one of its keys signed it while it had the time to. What a revoked key signed before its revocation is
 * let through: `by` says so, and whoever asks looks for the log that holds it.
 */
export function signedByCenter<S extends z.ZodType>(
  jws: string,
  type: JwsType,
  schema: S,
  keys: CenterKeys,
  when: When<z.output<S>>,
): Verified<SaidByCenter<z.output<S>>> {
  const by = keyNamedIn(jws, keys);
  const { data: said } = schema.safeParse(by && verifyJws(jws, type, by.publicKey));
  if (!by || said === undefined) return no('signature-invalid', 'it is not signed by the center key');
  const at = typeof when === 'function' ? when(said) : undefined;
  return whyNotThen(by, at, when === 'logged') ?? { ok: true, said, by };
}

/** The key that a header names. */
function keyNamedIn(jws: string, keys: CenterKeys): CenterKey | undefined {
  if (typeof keys === 'string') return { publicKey: keys };
  const header = Buffer.from(jws.slice(0, jws.indexOf('.')), 'base64url').toString();
  const [, kid = ''] = /"kid":"([0-9a-f]{16})"/.exec(header) ?? [];
  return keys.byId.get(kid);
}

function whyNotThen(key: CenterKey, at: Instant | undefined, isLogged: boolean): Rejection | undefined {
  const { publicKey, from, until, revokedAt } = key;
  const name = `center key ${keyId(publicKey)}`;
  if (revokedAt && !isLogged && (at === undefined || at >= revokedAt))
    return no('center-key-revoked', `the ${name} was revoked at ${revokedAt}`);
  if (at !== undefined && ((from !== undefined && at < from) || (until !== undefined && at >= until)))
    return no('center-key-ended', `the ${name} is good from ${from} until ${until}, this is of ${at}`);
  return undefined;
}

/** A rejection in the words of whoever asked, where it says no more than that nobody of the center signed it. */
export const inWordsOf = (rejection: Rejection, otherwise: Rejection): Rejection =>
  rejection.reason === 'signature-invalid' ? otherwise : rejection;
