import { Socket } from 'node:net';

/** Reads messages of one size from its fourth file, keeps each whole as a station does, and answers with a byte. */
const size = Number(process.argv[2]);
const pipe = new Socket({ fd: 3, readable: true, writable: true });
let message = new Uint8Array(size);
let filled = 0;
pipe.on('data', (piece: Uint8Array) => {
  message.set(piece, filled);
  filled += piece.byteLength;
  if (filled < size) return;
  [message, filled] = [new Uint8Array(size), 0];
  pipe.write('.');
});
pipe.on('close', () => process.exit(0));
