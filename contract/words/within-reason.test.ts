import { describe, expect, it } from 'vitest';
import { isWithinReason, REASON } from './within-reason.ts';

const nested = (deep: number): unknown => JSON.parse('['.repeat(deep) + ']'.repeat(deep));

describe('what came as JSON', () => {
  it('is within reason as long as anybody may have meant it', () => {
    for (const value of [null, 'text', 7, {}, [], { a: [{ b: [1, 'c', null] }] }, nested(REASON.depth)])
      expect(isWithinReason(value), JSON.stringify(value)).toBe(true);
  });

  it('is beyond it where it is nested without end', () => {
    expect(isWithinReason(nested(REASON.depth + 1))).toBe(false);
    expect(isWithinReason(nested(1_000_000))).toBe(false);
  });

  it('is beyond it with too many members in one place, or too many in all', () => {
    const limits = { depth: 10, members: 5, values: 12 };
    expect(isWithinReason([1, 2, 3, 4, 5], limits)).toBe(true);
    expect(isWithinReason([1, 2, 3, 4, 5, 6], limits)).toBe(false);
    expect(isWithinReason({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, limits)).toBe(false);
    expect(
      isWithinReason(
        [
          [1, 2, 3, 4, 5],
          [1, 2, 3, 4, 5],
        ],
        limits,
      ),
    ).toBe(true);
    expect(isWithinReason([[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], []], limits)).toBe(false);
  });

  it('looks at no more of it than it has to', () => {
    const asked: string[] = [];
    const rest = new Proxy([], {
      get(_, name) {
        asked.push(String(name));
        return 0;
      },
    });
    expect(isWithinReason([new Array(REASON.members + 1).fill(0), rest])).toBe(false);
    expect(asked).toEqual([]);
  });
});
