/** Part of a body, both ends included. */
export type Part = { readonly start: number; readonly end: number };

/**
 * What a `Range` header asks of a body of so many bytes. Nothing where all of it is meant: also where several parts are, or
 * other units, which a server may pass over (RFC 9110, 14.2).
 */
export function partOf(range: string | undefined, bytes: number): Part | 'outside' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') return Number(to) === 0 ? 'outside' : { start: Math.max(0, bytes - Number(to)), end: bytes - 1 };
  const [start, end] = [Number(from), to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)];
  // Ends before it starts: that is no range at all.
  if (to !== '' && Number(to) < start) return undefined;
  return start >= bytes ? 'outside' : { start, end };
}
