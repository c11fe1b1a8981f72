import { parentPort } from 'node:worker_threads';
import { readBatch } from './read-batch.ts';

/** Runs in a thread of its own. Bytes in, what became of them out, in the order in which they came. */
parentPort?.on('message', (bytes: Uint8Array) => {
  parentPort?.postMessage(readBatch(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
});
