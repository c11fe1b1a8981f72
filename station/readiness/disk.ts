import type { Check, CheckStatus } from '../../contract/words/readiness.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { judged, words } from '../../messages/checks.ts';
import type { Facts } from './facts.ts';

const MEBIBYTE = 1024 * 1024;
/** A year of exams with their pictures is less. */
const ENOUGH = 1024 * MEBIBYTE;
/** What a full room may write in a day. With less, answers may be the first that cannot be kept. */
const BARELY = 64 * MEBIBYTE;
/** An answer is said to be saved once it is on disk: people take up to a tenth of a second for at once. */
const SYNC_MS = 100;
/** A large bank with its pictures is 50 MB: it should come in within ten seconds. */
const MEGABYTES_PER_SECOND = 5;

const expected = words('expected.disk', { free: inWords(ENOUGH), sync: SYNC_MS, rate: MEGABYTES_PER_SECOND });

export function diskCheck({ measured: { disk } }: Facts): readonly Check[] {
  if (!disk) return [];
  const say = (found = words('found.disk-refuses'), reason?: Reason, badly?: Exclude<CheckStatus, 'READY'>) => [
    judged({ name: 'disk', found, expected }, reason, badly),
  ];
  if ('trouble' in disk) return say(words('found.disk-refuses'), disk.trouble, 'NOT READY');
  const { freeBytes, syncMs, megabytesPerSecond } = disk;
  const rate = megabytesPerSecond?.toFixed(0) ?? '—';
  const found = words('found.disk', { free: inWords(freeBytes), sync: syncMs.toFixed(1), rate });
  if (freeBytes < BARELY) return say(found, 'disk-full', 'NOT READY');
  if (freeBytes < ENOUGH) return say(found, 'disk-low');
  const slow = syncMs > SYNC_MS || (megabytesPerSecond ?? MEGABYTES_PER_SECOND) < MEGABYTES_PER_SECOND;
  return say(found, slow ? 'disk-slow' : undefined);
}

function inWords(bytes: number): string {
  return bytes >= ENOUGH ? `${(bytes / ENOUGH).toFixed(0)} GB` : `${(bytes / MEBIBYTE).toFixed(0)} MB`;
}
