import { Refusal } from '../../../contract/words/reasons.ts';

/** What of a file comes, and from which byte on: from the first where whoever sends it does not know of parts. */
export type Transfer = { readonly from: number; readonly chunks: AsyncIterable<Uint8Array> };

/** A line on which nothing comes for so long is broken. However long a film takes, it is not. */
const STALL_MS = 30_000;

/**
 * Asks for a file from a byte on.
 * @param ask makes the request with these headers; it is broken off by the signal
 * @throws Refusal as `ask` does, `center-down` where the line breaks
 */
export async function fetchMedia(
  from: number,
  ended: AbortSignal,
  ask: (headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<Response>,
): Promise<Transfer> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), STALL_MS);
  const signal = AbortSignal.any([ended, stalled.signal]);
  try {
    const response = await ask(from > 0 ? { range: `bytes=${from}-` } : {}, signal);
    if (!response.body) throw new Refusal('center-refused', 'an empty answer');
    return { from: startOf(response), chunks: read(response.body, timer) };
  } catch (error) {
    clearTimeout(timer);
    throw error;
  }
}

/** Where the answer begins, by its own word. */
const startOf = ({ status, headers }: Response): number =>
  status === 206 ? Number(/^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1] ?? 0) : 0;

async function* read(body: ReadableStream<Uint8Array>, timer: NodeJS.Timeout): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of body) {
      timer.refresh();
      yield chunk;
    }
  } catch (error) {
    throw new Refusal('center-down', String(error));
  } finally {
    clearTimeout(timer);
  }
}
