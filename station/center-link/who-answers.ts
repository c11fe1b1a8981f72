import { randomBytes } from 'node:crypto';
import { CenterStatement, Health, healthFor } from '../../contract/station-center/center-api.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { verifyJws } from '../../proof/index.ts';
import { jsonIn } from './answer.ts';

const TIMEOUT_MS = 10_000;
const MOST_HEALTH_BYTES = 65_536;

/**
 * Asks whoever answers at an address which key it has, and lets it prove that by signing what nobody could know before.
 * @throws Refusal `center-down` where nobody answers, `center-refused` where no center does, `center-other` without proof
 */
export async function whoAnswers(url: string): Promise<PublicKey> {
  const challenge = randomBytes(32).toString('base64url');
  const response = await fetch(new URL(healthFor(challenge), url), { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    (error) => {
      throw new Refusal('center-down', String(error));
    },
  );
  const { data } = Health.safeParse(await jsonIn(response, MOST_HEALTH_BYTES));
  if (!data) throw new Refusal('center-refused', 'no center answers there');
  const { centerKey, proof = '' } = data;
  const statement = CenterStatement.safeParse(verifyJws(proof, 'exam-station/center', centerKey));
  if (statement.data?.challenge !== challenge) throw new Refusal('center-other', 'it does not prove its key');
  return centerKey;
}
