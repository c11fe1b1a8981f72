import { Refusal } from '../../contract/words/reasons.ts';

/**
 * The text of a file: UTF-8, with or without its mark, or the encoding that Excel writes CSV in on a Chinese Windows.
 * @throws Refusal `not-a-workbook` where it is neither
 */
export function decodeText(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one, or none.
    }
  }
  throw new Refusal('not-a-workbook', 'neither UTF-8 nor GB 18030');
}

/**
 * The text of an XML document, in the encoding it declares where it is not UTF-8: read as another, é and its neighbour would be a
 * Chinese character.
 * @throws Refusal `not-a-workbook` where it is in none
 */
export function decodeXml(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return decoded(bytes, first === 0xff ? 'utf-16le' : 'utf-16be');
  const opening = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const [, declared = 'utf-8'] = /^[\s\xef\xbb\xbf]*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(opening) ?? [];
  if (/^(utf-?8|gb.*|us-ascii)$/i.test(declared)) return decodeText(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decoded(bytes, declared);
  }
}

function decoded(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('not-a-workbook', `not the ${encoding} that it is said to be`);
  }
}
