import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * A stream that only whoever has the passphrase reads: pieces under AES-256-GCM, numbered, the last one marked, so that none is
 * changed, left out, put elsewhere or cut off unnoticed. The key is made of the passphrase and a salt by scrypt, once for a file.
 */
export const SEALED = Buffer.from('exam-station/center-backup sealed@1\n');
const [SALT_BYTES, TAG_BYTES, PIECE_BYTES] = [16, 16, 65_536];
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const HEADER_BYTES = SEALED.length + SALT_BYTES;

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);

/** No key is ever used for two files, so a counter is enough. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number));
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

export async function* seal(pieces: AsyncIterable<Uint8Array>, passphrase: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(passphrase, salt, 32, COST);
  yield Buffer.concat([SEALED, salt]);
  let number = 0;
  const close = (piece: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number++, isLast));
    return Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  };
  for await (const { piece, isLast } of inPieces(pieces, PIECE_BYTES)) yield close(piece, isLast);
}

/** @throws Error where the passphrase is another one, or the file was changed or cut off */
export async function* unseal(bytes: AsyncIterable<Uint8Array>, passphrase: string): AsyncGenerator<Buffer> {
  let key: Buffer | undefined;
  let number = 0;
  const rest = afterHeader(bytes, async (salt) => {
    key = await derive(passphrase, salt, 32, COST);
  });
  for await (const { piece, isLast } of inPieces(rest, PIECE_BYTES + TAG_BYTES)) {
    if (!key || piece.length < TAG_BYTES) throw new Error('the sealed backup is cut off');
    const cipher = createDecipheriv('aes-256-gcm', key, nonceOf(number++, isLast));
    cipher.setAuthTag(piece.subarray(piece.length - TAG_BYTES));
    try {
      yield Buffer.concat([cipher.update(piece.subarray(0, piece.length - TAG_BYTES)), cipher.final()]);
    } catch {
      throw new Error('this passphrase does not open the backup, or the file was changed or cut off');
    }
  }
}

async function* afterHeader(bytes: AsyncIterable<Uint8Array>, tell: (salt: Buffer) => Promise<void>) {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const piece of bytes) {
    if (!head) yield piece;
    else {
      head = Buffer.concat([head, piece]);
      if (head.length < HEADER_BYTES) continue;
      await tell(head.subarray(SEALED.length, HEADER_BYTES));
      yield head.subarray(HEADER_BYTES);
      head = undefined;
    }
  }
}

/** Pieces of one length, the last of which may be shorter or empty. */
async function* inPieces(pieces: AsyncIterable<Uint8Array>, length: number) {
  let waiting: Uint8Array[] = [];
  let held = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    held += piece.length;
    if (held <= length) continue;
    let all = Buffer.concat(waiting);
    // What is exactly full may be the last: it waits for one more byte.
    for (; all.length > length; all = all.subarray(length)) yield { piece: all.subarray(0, length), isLast: false };
    [waiting, held] = [[all], all.length];
  }
  yield { piece: Buffer.concat(waiting), isLast: true };
}
