import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { answerBytes } from '../../contract/words/answer-bytes.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { isWithinReason } from '../../contract/words/within-reason.ts';

/** More than any honest answer of its kind has. Whoever is on the line may send without an end. */
const MOST_JSON_BYTES = 256_000_000;
export const MOST_FILE_BYTES = 32_000_000;
const unpack = promisify(gunzip);

/**
 * What was answered, as it came.
 * @throws Refusal `center-down` where it breaks off, `center-refused` where it is more than `most` bytes
 */
export async function bytesIn(response: Response, most: number): Promise<Uint8Array> {
  const bytes = await answerBytes(response, most).catch((error) => {
    throw new Refusal('center-down', String(error));
  });
  if (!bytes) throw tooMuch(most);
  if (response.headers.get('content-encoding') !== 'gzip') return bytes;
  return unpack(bytes, { maxOutputLength: most }).catch(() => {
    throw tooMuch(most);
  });
}

const tooMuch = (most: number): Refusal =>
  new Refusal('center-refused', `the answer is not packed as it says, or has more than ${most} bytes`);

/** @returns what was answered as JSON; nothing where it is none, or more than anybody means */
export async function jsonIn(response: Response, most = MOST_JSON_BYTES): Promise<unknown> {
  const bytes = await bytesIn(response, most);
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isWithinReason(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
