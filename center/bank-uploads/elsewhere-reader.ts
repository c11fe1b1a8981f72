import { parentPort, workerData } from 'node:worker_threads';
import type { Bank } from '../../contract/words/items.ts';
import type { Asked, BankHeld } from './elsewhere.ts';
import { askedElsewhere, otherOf } from './others.ts';

/** Runs in a thread of its own: holds one question against banks that may be large. */
const asked = workerData as Asked;

parentPort?.on('message', ({ bank, exams }: BankHeld) =>
  parentPort?.postMessage(askedElsewhere([otherOf(JSON.parse(bank) as Bank, exams)], asked)),
);
