/** What the peers share. */

/** Why a peer cannot be measured here, in words for whoever runs the bench. */
export type Skipped = { readonly skipped: string };

export const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array | Float32Array): string =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('base64');

export function floatsFrom(text: string): Float32Array {
  // Copied, because a Buffer need not start where a float may.
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer);
}

/** As a part of the largest value wanted; not a number, or endless, where the two cannot be compared. */
export function largestDifference(found: Float32Array, wanted: Float32Array): number {
  if (found.length !== wanted.length) return Number.POSITIVE_INFINITY;
  let [apart, largest] = [0, Number.MIN_VALUE];
  for (const [i, value] of wanted.entries()) {
    apart = Math.max(apart, Math.abs(value - (found[i] as number)));
    largest = Math.max(largest, Math.abs(value));
  }
  return apart / largest;
}
