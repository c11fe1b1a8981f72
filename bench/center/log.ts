import { createHash } from 'node:crypto';
import { openLog } from '../../center/log/index.ts';
import { openTestCenter } from '../../center/testing/index.ts';
import { consistencyFor } from '../../contract/log/log-api.ts';
import { generateSigningKey, leafHash, openSigner, verifyJws } from '../../proof/index.ts';
import { measure, type Timing } from '../measure.ts';

/** What the log of a center costs at a size, and what one hash and one signature cost beside it. */
export type LogBench = {
  readonly leaves: number;
  /** A consistency proof from half of it, asked for and answered. */
  readonly consistency: Timing;
  /** A batch of so many records appended, each with its inclusion path, rolled back again. */
  readonly batch: number;
  readonly perRecord: Timing;
  readonly sha256: Timing;
  readonly ed25519: Timing;
};

const BATCH = 200;
/** Bare ones are so short that only many of them can be timed. */
const MANY = 100;

export async function benchLogs(rounds: number, sizes: readonly number[] = [10_000, 100_000]): Promise<LogBench[]> {
  const open = await openTestCenter({ seed: 'none' });
  try {
    const benches: LogBench[] = [];
    for (const leaves of sizes) benches.push(await benchLog(open, leaves, rounds));
    return benches;
  } finally {
    await open.close();
  }
}

async function benchLog(
  { app, center }: Awaited<ReturnType<typeof openTestCenter>>,
  leaves: number,
  rounds: number,
): Promise<LogBench> {
  const size = await grow(center, leaves);
  const signer = openSigner(generateSigningKey());
  const said = signer.sign('exam-station/batch', { some: 'statement' });
  const batch = Array.from({ length: BATCH }, (_, n) => ({ leaf: leafHash(`batch ${n}`) }));
  const works = {
    consistency: () => app.inject({ url: consistencyFor(Math.floor(size / 2) + 1, size) }),
    append: () => appendAndUndo(center, batch),
    sha256: async () => {
      for (let at = 0; at < MANY; at++) createHash('sha256').update(said).digest();
    },
    ed25519: async () => {
      for (let at = 0; at < MANY; at++) verifyJws(said, 'exam-station/batch', signer.publicKey);
    },
  };
  const { consistency, append, sha256, ed25519 } = await measure(works, rounds);
  return {
    ...{ leaves: size, consistency, batch: BATCH, perRecord: by(append, BATCH) },
    ...{ sha256: by(sha256, MANY), ed25519: by(ed25519, MANY) },
  };
}

const by = ({ medianMs, p95Ms, p99Ms }: Timing, count: number): Timing => ({
  medianMs: medianMs / count,
  p95Ms: p95Ms / count,
  p99Ms: p99Ms / count,
});

type Center = Awaited<ReturnType<typeof openTestCenter>>['center'];

async function grow({ db }: Center, leaves: number): Promise<number> {
  const step = 5_000;
  for (;;) {
    const [row] = await db.query('SELECT log_size AS size FROM center');
    const size = Number(row?.size);
    if (size >= leaves) return size;
    const more = Array.from({ length: Math.min(step, leaves - size) }, (_, n) => ({ leaf: leafHash(`${size + n}`) }));
    await db.transaction(async (tx) => (await openLog(tx)).appendQuietly(more));
  }
}

const UNDO = new Error('undone');

async function appendAndUndo({ db, signer }: Center, batch: readonly { readonly leaf: Uint8Array }[]): Promise<void> {
  await db
    .transaction(async (tx) => {
      await (await openLog(tx)).append(batch, signer, new Date());
      throw UNDO;
    })
    .catch((error: unknown) => {
      if (error !== UNDO) throw error;
    });
}

export const logsInWords = (benches: readonly LogBench[]): string =>
  benches
    .map(({ leaves, consistency, batch, perRecord, sha256, ed25519 }) => {
      const of = ({ medianMs }: Timing, bare: Timing): string => (medianMs / bare.medianMs).toFixed(1);
      return `${leaves} leaves
  consistency proof   ${consistency.medianMs.toFixed(2)} ms, p99 ${consistency.p99Ms.toFixed(2)}: ${of(consistency, sha256)} bare SHA-256, ${of(consistency, ed25519)} bare Ed25519
  a record of ${batch} appended with its path   ${perRecord.medianMs.toFixed(3)} ms, p99 ${perRecord.p99Ms.toFixed(3)}: ${of(perRecord, sha256)} bare SHA-256, ${of(perRecord, ed25519)} bare Ed25519`;
    })
    .join('\n')
    .concat('\n');
