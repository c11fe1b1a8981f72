import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reason } from '../../contract/words/reasons.ts';

export type DiskMeasure =
  | {
      readonly freeBytes: number;
      /** A small write until it is safe: what each answer waits for. */
      readonly syncMs: number;
      readonly megabytesPerSecond?: number | undefined;
    }
  | { readonly trouble: Extract<Reason, 'disk-full' | 'disk-readonly' | 'disk-failed'> };

const SMALL = Buffer.alloc(4_096, 1);
const MEGABYTES = 4;
const LARGE = Buffer.alloc(MEGABYTES * 1024 * 1024, 1);
const RUNS = 5;

/**
 * Writes as the station does, into the folder where it does, and leaves nothing behind.
 * @param large whether to find out, too, how fast much is written; that wears the disk
 */
export async function measureDisk(folder: string, large: boolean): Promise<DiskMeasure> {
  const file = join(folder, `readiness.${process.pid}.tmp`);
  try {
    const { bavail, bsize } = await statfs(folder);
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await timeToSafety(file, SMALL));
    const syncMs = times.toSorted((p, q) => p - q)[RUNS >> 1] as number;
    const megabytesPerSecond = large ? MEGABYTES / ((await timeToSafety(file, LARGE)) / 1_000) : undefined;
    return { freeBytes: bavail * bsize, syncMs, megabytesPerSecond };
  } catch (error) {
    return { trouble: TROUBLE[(error as NodeJS.ErrnoException).code ?? ''] ?? 'disk-failed' };
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}

const TROUBLE: Readonly<Record<string, 'disk-full' | 'disk-readonly'>> = {
  ...{ ENOSPC: 'disk-full', EDQUOT: 'disk-full' },
  ...{ EROFS: 'disk-readonly', EACCES: 'disk-readonly', EPERM: 'disk-readonly' },
};

async function timeToSafety(file: string, bytes: Uint8Array): Promise<number> {
  const handle = await open(file, 'w', 0o600);
  try {
    const start = performance.now();
    await handle.write(bytes);
    await handle.sync();
    return performance.now() - start;
  } finally {
    await handle.close();
  }
}
