import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { StationSecrets } from '../../contract/shell/station-secrets.ts';

/** What whoever started this program says on its standard input: secrets in the first line, and by its end that they are gone. */

/**
 * Reads the one line of JSON with which whoever starts a station tells it what nobody else may read. What comes after it
 * nobody reads.
 * @throws Error where the input ends before it, or it is no such line
 */
export function readSecrets(input: Readable): Promise<StationSecrets> {
  const { promise, resolve, reject } = Promise.withResolvers<StationSecrets>();
  const lines = createInterface({ input });
  lines.once('line', (line) => {
    // What was said stays unsaid, also where it cannot be read.
    const { success, data } = StationSecrets.safeParse(parseJson(line));
    if (success) resolve(data);
    else reject(new Error('standard input does not begin with the secrets of a station'));
    lines.close();
  });
  lines.once('close', () => reject(new Error('standard input ended before the secrets of the station came')));
  return promise;
}

/** Calls whoever wants to know that the input has ended, also where that was before they asked. */
export function whenEnded(input: Readable, listener: () => void): void {
  if (input.readableEnded) listener();
  else input.on('end', listener).resume();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
