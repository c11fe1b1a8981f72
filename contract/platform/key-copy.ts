import { z } from 'zod';
import { AccountId, Instant } from '../words/ids.ts';
import { ExchangeKey } from '../words/keys.ts';

/** Of a passphrase that somebody types; a dictionary is not tried in a day. */
export const KEY_COPY_ROUNDS = 1_000_000;
export const SHORTEST_PASSPHRASE = 12;

const base64Url = z.string().regex(/^[\w-]+$/);

/**
 * A copy of an inspector's key, under a passphrase: PBKDF2 of it (SHA-256, NFC) makes the key of AES-256-GCM, which seals the PKCS #8
 * of the secret half. What stands beside it is bound to it.
 */
export const KeyCopy = z
  .strictObject({
    format: z.literal('exam-station/key-copy@1'),
    key: ExchangeKey,
    account: AccountId,
    at: Instant,
    /** Fewer would be no protection; more would stop the page for minutes. */
    rounds: z.int().min(600_000).max(10_000_000),
    salt: base64Url.length(22),
    nonce: base64Url.length(16),
    sealed: base64Url.max(400),
  })
  .readonly();
export type KeyCopy = z.infer<typeof KeyCopy>;
