/** Texts one after the other, each with its length in a byte before it: how ids stand in statements that are bytes. Frozen with those. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const packTexts = (texts: readonly string[]): Uint8Array => Buffer.concat(texts.map(packText));

/** An id that is a UUID takes 16 bytes and says 0 for its length, which no other has. */
function packText(text: string): Uint8Array {
  if (UUID.test(text)) return Buffer.concat([Buffer.of(0), Buffer.from(text.replaceAll('-', ''), 'hex')]);
  return Buffer.concat([Buffer.of(Buffer.byteLength(text)), Buffer.from(text)]);
}

export function textsIn(bytes: Buffer): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] || 16;
    const part = bytes.subarray(at + 1, at + 1 + length);
    texts.push(bytes[at] === 0 ? asUuid(part.toString('hex')) : part.toString('utf8'));
    at += 1 + length;
  }
  return texts;
}

const asUuid = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Of an id whose kind is known by where it stands. */
export const bareId = (id: string): string => id.slice(3);
