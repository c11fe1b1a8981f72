import { randomBytes } from 'node:crypto';
import { logPaths, ServedCenterKeys } from '../../contract/log/log-api.ts';
import type { CenterKeyList } from '../../contract/records/center-keys.ts';
import { CenterStatement, Health, healthFor } from '../../contract/station-center/center-api.ts';
import { instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type CenterKeys, keysNow, NO_KEYS, openCenterKeys, signedByCenter } from '../../proof/index.ts';
import { jsonIn } from './answer.ts';

const TIMEOUT_MS = 10_000;
const MOST_HEALTH_BYTES = 65_536;
/** As many statements as anybody serves. */
const MOST_KEYS_BYTES = 2_000_000;

/**
 * Asks whoever answers at an address which key it has, and lets it prove that by signing what nobody could know before: with its
 * root, or with a key that its root gave it for now.
 * @returns the root
 * @throws Refusal `center-down` where nobody answers, `center-refused` where no center does, `center-other` without proof
 */
export async function whoAnswers(url: string): Promise<PublicKey> {
  const challenge = randomBytes(32).toString('base64url');
  const { data } = Health.safeParse(await askAt(url, healthFor(challenge)));
  if (!data) throw new Refusal('center-refused', 'no center answers there');
  const { centerKey, proof = '' } = data;
  const signed = (by: CenterKeys) => signedByCenter(proof, 'exam-station/center', CenterStatement, by, undefined);
  const byRoot = signed(centerKey);
  const read = byRoot.ok
    ? byRoot
    : signed(keysNow(openCenterKeys(centerKey, await keysServedAt(url)), instant(new Date())));
  if (!read.ok || read.said.challenge !== challenge) throw new Refusal('center-other', 'it does not prove its key');
  return centerKey;
}

/** What the root of whoever answers there says of its keys, by their own word; nothing by a center of before. */
export async function keysServedAt(url: string): Promise<CenterKeyList> {
  return ServedCenterKeys.safeParse(await askAt(url, logPaths.keys)).data ?? NO_KEYS;
}

async function askAt(url: string, path: string): Promise<unknown> {
  const response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error) => {
    throw new Refusal('center-down', String(error));
  });
  return jsonIn(response, path === logPaths.keys ? MOST_KEYS_BYTES : MOST_HEALTH_BYTES);
}
