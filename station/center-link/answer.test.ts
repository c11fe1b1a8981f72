import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { bytesIn, jsonIn } from './answer.ts';

/** An answer that is sent piece by piece, and how many pieces were taken. */
function answering(pieces: Iterable<Uint8Array>) {
  let taken = 0;
  const source = (function* () {
    for (const piece of pieces) {
      taken += 1;
      yield piece;
    }
  })();
  return { response: new Response(ReadableStream.from(source)), taken: () => taken };
}
function* withoutEnd() {
  for (;;) yield new Uint8Array(1_000);
}

describe('an answer', () => {
  it('is put together as it came', async () => {
    const { response } = answering([Buffer.from('{"a"'), Buffer.from(':1}')]);
    expect(await jsonIn(response)).toEqual({ a: 1 });
  });

  it('without an end is read no further than any honest one goes', async () => {
    const { response, taken } = answering(withoutEnd());
    expect(await refusalOf(bytesIn(response, 10_000))).toBe('center-refused');
    expect(taken()).toBeLessThan(20);
  });

  it('that breaks off is as if nobody had answered', async () => {
    const { response } = answering(
      (function* () {
        yield Buffer.from('{');
        throw new Error('cut');
      })(),
    );
    expect(await refusalOf(jsonIn(response))).toBe('center-down');
  });

  it('that is no JSON is nothing, and so is none', async () => {
    expect(await jsonIn(new Response('<html>'))).toBeUndefined();
    expect(await jsonIn(new Response(null))).toBeUndefined();
  });
});
