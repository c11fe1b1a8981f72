import { KEY_COPY_ROUNDS, KeyCopy } from '../../contract/platform/key-copy.ts';
import { type AccountId, instant } from '../../contract/words/ids.ts';
import { ExchangeKey } from '../../contract/words/keys.ts';
import type { KeptKey } from './own-keys.ts';
import { bytesOfText, type OwnKey, textOfBytes } from './sealed-picture.ts';

const CURVE = { name: 'X25519' };

/** What a copy says beside what is sealed. */
type Label = Omit<KeyCopy, 'sealed'>;

/**
 * A key, and a copy of it under a passphrase. Only here can there be one: what is kept afterwards is what came out of the copy, as a
 * key that nobody reads out.
 * @throws Error where this browser does not have the curve
 */
export async function makeCopiedKey(
  account: AccountId,
  passphrase: string,
  now = new Date(),
): Promise<{ readonly own: OwnKey; readonly copy: KeyCopy }> {
  const pair = (await crypto.subtle.generateKey(CURVE, true, ['deriveBits'])) as CryptoKeyPair;
  const label: Label = {
    format: 'exam-station/key-copy@1',
    key: ExchangeKey.parse(textOfBytes(await crypto.subtle.exportKey('raw', pair.publicKey))),
    ...{ account, at: instant(now), rounds: KEY_COPY_ROUNDS },
    salt: textOfBytes(crypto.getRandomValues(new Uint8Array(16)).buffer),
    nonce: textOfBytes(crypto.getRandomValues(new Uint8Array(12)).buffer),
  };
  const sealing = await keyOfPassphrase(passphrase, label);
  const sealed = await crypto.subtle.wrapKey('pkcs8', pair.privateKey, sealing, howSealed(label));
  const copy = KeyCopy.parse({ ...label, sealed: textOfBytes(sealed) });
  const own = await openKeyCopy(copy, passphrase);
  if (!own) throw new Error('the copy does not open');
  return { own, copy };
}

/** What a file holds; nothing where it is no such copy. */
function readKeyCopy(text: string): KeyCopy | undefined {
  try {
    return KeyCopy.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

type Taking = { readonly account: AccountId; readonly passphrase: string };

/**
 * A key out of the file of its copy, for whoever is logged in.
 * @returns why not, where it is not: no copy, one of another account, or the passphrase is another one (or what it seals was changed)
 */
export async function takeKeyCopy(
  text: string,
  { account, passphrase }: Taking,
): Promise<KeptKey | 'no-copy' | 'other' | 'wrong'> {
  const copy = readKeyCopy(text);
  if (!copy) return 'no-copy';
  if (copy.account !== account) return 'other';
  const own = await openKeyCopy(copy, passphrase);
  return own ? { ...own, account, copiedAt: copy.at } : 'wrong';
}

/** @returns nothing where the passphrase is another one, or the copy was changed */
async function openKeyCopy(copy: KeyCopy, passphrase: string): Promise<OwnKey | undefined> {
  const { key, sealed } = copy;
  const opening = await keyOfPassphrase(passphrase, copy);
  const secret = await crypto.subtle
    .unwrapKey('pkcs8', bytesOfText(sealed), opening, howSealed(copy), CURVE, false, ['deriveBits'])
    .catch(() => undefined);
  return secret && (await publicHalfOf(secret)) === key ? { key, secret } : undefined;
}

/** Typed with another keyboard, the same letters may come as other bytes. */
async function keyOfPassphrase(passphrase: string, { salt, rounds }: Label): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(passphrase.normalize('NFC'));
  const from = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOfText(salt), iterations: rounds };
  return crypto.subtle.deriveKey(how, from, { name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey']);
}

function howSealed({ format, key, account, at, nonce }: Label): AesGcmParams {
  const said = new TextEncoder().encode(JSON.stringify([format, key, account, at]));
  return { name: 'AES-GCM', iv: bytesOfText(nonce), additionalData: said };
}

/** What a secret half agrees on with the point that the curve starts from. */
async function publicHalfOf(secret: CryptoKey): Promise<string> {
  const start = new Uint8Array(32);
  start[0] = 9;
  const from = await crypto.subtle.importKey('raw', start, CURVE, false, []);
  return textOfBytes(await crypto.subtle.deriveBits({ ...CURVE, public: from }, secret, 256));
}
