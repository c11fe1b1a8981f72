/** Base32, RFC 4648, without padding: letters and digits that a QR code packs densely, an address takes and a person can read out. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS = 5;

export function toBase32(bytes: Uint8Array): string {
  let [text, held, bits] = ['', 0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= BITS; bits -= BITS) text += LETTERS[(held >> (bits - BITS)) & 31];
  }
  return bits > 0 ? text + LETTERS[(held << (BITS - bits)) & 31] : text;
}

/** @returns nothing where {@link toBase32} never writes this: one text for one value */
export function fromBase32(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * BITS) / 8));
  let [at, held, bits] = [0, 0, 0];
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return undefined;
    held = ((held << BITS) | value) & 0xfff;
    bits += BITS;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 255;
  }
  return toBase32(bytes) === text ? bytes : undefined;
}
