import { Refusal } from '../../contract/words/reasons.ts';
import { decodeText } from './text.ts';

/**
 * The text of an XML file. UTF-16 shows in its first bytes. Otherwise UTF-8, whatever is declared: programs write UTF-8 and
 * declare what they had in memory. What is no UTF-8 is what it declares to be, and GB 18030 where it declares nothing.
 * @throws Refusal `not-a-workbook` where it is none of these: read as another, é and its neighbour would be a Chinese character
 */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = wideEncoding(bytes) ?? (isUtf8(bytes) ? 'utf-8' : declaredEncoding(bytes));
  if (encoding === undefined || /^(utf-?8|us-ascii)$/i.test(encoding)) return decodeText(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('not-a-workbook', `not the ${encoding} that it is said to be`);
  }
}

/** UTF-16 by its mark, or by the zero beside its first `<`. */
export function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const name = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
  // It would have shown.
  return name && /^(utf-?16|ucs-?2)/i.test(name) ? undefined : name;
}
