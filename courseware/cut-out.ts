import { Readable } from 'node:stream';
import type { Span } from '../contract/page/media.ts';

/** Of all bytes only those of the span; what comes after its last is not asked for. */
export const cutOut = (all: Readable, span: Span): Readable => Readable.from(within(all, span), { objectMode: false });

async function* within(all: Readable, { from, to }: Span): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of all as AsyncIterable<Buffer>) {
    const [start, end] = [Math.max(0, from - at), Math.min(chunk.length, to + 1 - at)];
    if (end > start) yield chunk.subarray(start, end);
    at += chunk.length;
    if (at > to) return;
  }
}
