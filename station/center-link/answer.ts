import { Refusal } from '../../contract/words/reasons.ts';

/** More than any honest answer of its kind has. Whoever is on the line may send without an end. */
const MOST_JSON_BYTES = 256_000_000;
export const MOST_FILE_BYTES = 32_000_000;

/**
 * What was answered, as it came.
 * @throws Refusal `center-down` where it breaks off, `center-refused` where it is more than `most` bytes
 */
export async function bytesIn(response: Response, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of response.body ?? []) {
      pieces.push(piece);
      length += piece.length;
      if (length > most) break;
    }
  } catch (error) {
    throw new Refusal('center-down', String(error));
  }
  if (length > most) throw new Refusal('center-refused', `the answer has more than ${most} bytes`);
  return Buffer.concat(pieces);
}

/** @returns what was answered as JSON; nothing where it is none */
export async function jsonIn(response: Response, most = MOST_JSON_BYTES): Promise<unknown> {
  const bytes = await bytesIn(response, most);
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
