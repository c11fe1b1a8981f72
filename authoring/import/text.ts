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
