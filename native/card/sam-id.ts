import type { Exchange } from './exchange.ts';
import { COMMANDS, SAM_ID_BYTES } from './samv-tables.ts';

/** Questions for the number before it is given up that two answers agree. */
const ASKS = 3;

/**
 * Asks a reader for its number until two answers agree: the number says for good who read a card, and the checksum lets
 * through one damaged reply in 256.
 * @returns undefined where no two agree
 */
export async function readSamId(exchange: Exchange): Promise<string | undefined> {
  let before: string | undefined;
  for (let turn = 1; turn <= ASKS; turn++) {
    const answer = await exchange('samId');
    const said =
      answer.ok && answer.reply.sw[2] === COMMANDS.samId.success ? formatSamId(answer.reply.data) : undefined;
    if (said !== undefined && said === before) return said;
    before = said;
  }
  return undefined;
}

/**
 * A reader's own number as it is printed on the reader, `05.01-20070129-0000000123-0123456789`: two 16-bit and three
 * 32-bit little-endian numbers. The layout is that of vendors' libraries.
 * @returns undefined where the data is no SAM id
 */
export function formatSamId(data: Uint8Array): string | undefined {
  if (data.length !== SAM_ID_BYTES) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, SAM_ID_BYTES);
  const short = (at: number): string => String(view.getUint16(at, true)).padStart(2, '0');
  const long = (at: number, digits: number): string => String(view.getUint32(at, true)).padStart(digits, '0');
  return `${short(0)}.${short(2)}-${long(4, 8)}-${long(8, 10)}-${long(12, 10)}`;
}
