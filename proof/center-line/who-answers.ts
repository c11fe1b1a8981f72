import { randomBytes } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { CenterStatement, Health, healthFor } from '../../contract/station-center/center-api.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { verifyJws } from '../jws.ts';
import { askOver, type Wish } from './http-ask.ts';

const TIMEOUT_MS = 10_000;
const MOST_HEALTH_BYTES = 65_536;

/** A center, by the key it has proven, and the certificates that this key says are the center's own. */
export type Answering = { readonly key: PublicKey; readonly certificates: readonly Sha256[] };

/**
 * Asks whoever answers at an address which key it has, and lets it prove that by signing what nobody could know before. Nothing
 * is said that anybody may not hear, so it does not matter through whose hands it goes: the certificate is not looked at.
 * @throws Refusal `center-down` where nobody answers, `center-refused` where no center does, `center-other` without proof
 */
export async function whoAnswers(url: string): Promise<Answering> {
  const agent = new URL(url).protocol === 'https:' ? new HttpsAgent({ rejectUnauthorized: false }) : new HttpAgent();
  return whoAnswersOn((path, wish) => askOver(agent, new URL(path, url), wish));
}

/** The same over a line that is there. @throws Refusal as {@link whoAnswers}, and what the line says */
export async function whoAnswersOn(ask: (path: string, wish: Wish) => Promise<Response>): Promise<Answering> {
  const challenge = randomBytes(32).toString('base64url');
  const response = await ask(healthFor(challenge), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const { data } = Health.safeParse(await jsonIn(response));
  if (!data) throw new Refusal('center-refused', 'no center answers there');
  const { centerKey: key, proof = '' } = data;
  const statement = CenterStatement.safeParse(verifyJws(proof, 'exam-station/center', key));
  if (statement.data?.challenge !== challenge) throw new Refusal('center-other', 'it does not prove its key');
  return { key, certificates: statement.data.certificates ?? [] };
}

/** Nothing where it is none, or too long. */
async function jsonIn(response: Response): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of response.body ?? []) {
      pieces.push(piece);
      length += piece.length;
      if (length > MOST_HEALTH_BYTES) return undefined;
    }
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    return undefined;
  }
}
