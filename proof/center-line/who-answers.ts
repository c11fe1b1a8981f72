import { randomBytes } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { logPaths, ServedCenterKeys } from '../../contract/log/log-api.ts';
import type { CenterKeyList } from '../../contract/records/center-keys.ts';
import { CenterStatement, Health, healthFor } from '../../contract/station-center/center-api.ts';
import { answerBytes } from '../../contract/words/answer-bytes.ts';
import { instant, type Sha256 } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { isWithinReason } from '../../contract/words/within-reason.ts';
import {
  type CenterKeys,
  joinKeys,
  keysNow,
  listOfKeys,
  NO_KEYS,
  openCenterKeys,
  rootOfKeys,
  signedByCenter,
} from '../center-keys.ts';
import { askOver, type Wish } from './http-ask.ts';

const TIMEOUT_MS = 10_000;
const MOST_HEALTH_BYTES = 65_536;
/** As many statements as anybody serves. */
const MOST_KEYS_BYTES = 2_000_000;

type Ask = (path: string, wish: Wish) => Promise<Response>;

/** A center, by the key it has proven, and the certificates that this key says are the center's own. */
export type Answering = { readonly key: PublicKey; readonly certificates: readonly Sha256[] };

/**
 * Asks whoever answers at an address which key it has, and lets it prove that by signing what nobody could know before: with its
 * root, or with a key that its root gave it for now, of which it says so itself. Nothing
 * is said that anybody may not hear, so it does not matter through whose hands it goes: the certificate is not looked at.
 * @param known of the center that should answer: a key that was revoked is not its key for being left out of what it says
 * @throws Refusal `center-down` where nobody answers, `center-refused` where no center does, `center-other` without proof
 */
export async function whoAnswers(url: string, known?: CenterKeys): Promise<Answering> {
  const agent = new URL(url).protocol === 'https:' ? new HttpsAgent({ rejectUnauthorized: false }) : new HttpAgent();
  return whoAnswersOn((path, wish) => askOver(agent, new URL(path, url), wish), known);
}

/** The same over a line that is there. @throws Refusal as {@link whoAnswers}, and what the line says */
export async function whoAnswersOn(ask: Ask, known?: CenterKeys): Promise<Answering> {
  const challenge = randomBytes(32).toString('base64url');
  const response = await ask(healthFor(challenge), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  // A center that can do nothing now, or what stands before one.
  if (response.status === 503) throw new Refusal('center-down', 'it answered 503');
  const { data } = Health.safeParse(await jsonIn(response, MOST_HEALTH_BYTES));
  if (!data) throw new Refusal('center-refused', 'no center answers there');
  const { centerKey: key, proof = '' } = data;
  const signed = (by: CenterKeys) => signedByCenter(proof, 'exam-station/center', CenterStatement, by, undefined);
  const byRoot = signed(key);
  const read = byRoot.ok ? byRoot : signed(await keysOf(key, ask, known));
  if (!read.ok || read.said.challenge !== challenge) throw new Refusal('center-other', 'it does not prove its key');
  return { key, certificates: read.said.certificates ?? [] };
}

/** That may sign now, by what is known of the center with this root, and by what is answered. */
async function keysOf(root: PublicKey, ask: Ask, known?: CenterKeys): Promise<CenterKeys> {
  const own = known && rootOfKeys(known) === root ? listOfKeys(known) : NO_KEYS;
  return keysNow(openCenterKeys(root, joinKeys(own, await keysServedOn(ask))), instant(new Date()));
}

/** What the root of whoever answers says of its keys, by their own word; nothing by a center of before. */
export async function keysServedOn(ask: Ask): Promise<CenterKeyList> {
  const response = await ask(logPaths.keys, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  return ServedCenterKeys.safeParse(await jsonIn(response, MOST_KEYS_BYTES)).data ?? NO_KEYS;
}

/** Nothing where it is none, too long, or more than anybody means. */
async function jsonIn(response: Response, most: number): Promise<unknown> {
  try {
    const bytes = await answerBytes(response, most);
    const value: unknown = bytes && JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isWithinReason(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
