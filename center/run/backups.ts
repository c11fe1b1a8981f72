import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { TreeHead } from '../../contract/records/batches.ts';
import { Sha256 } from '../../contract/words/ids.ts';
import { type CenterKeySet, openCenterKeys, signedByCenter } from '../../proof/index.ts';
import { makePrivateFolder } from '../../proof/secrets/private-files.ts';
import { openCheckpointBy } from '../../proof/transparency/index.ts';
import { backUp, checkBackup, restoreFrom } from '../backup/index.ts';
import { type Database, onWay, openStorage, type Queries } from '../database/index.ts';
import { goOn, logState, readCenterKeys, type SeenHead } from '../log/index.ts';
import type { Objects } from '../objects/index.ts';
import { eraseAgain, erasureList, erasuresIn, type ListedErasure } from '../retention/index.ts';
import { SYSTEM } from '../seed/index.ts';
import type { BackupWish } from './backup-wish.ts';
import { openObjects } from './objects-wish.ts';
import { SCHEMA } from './schema.ts';
import { UPKEEP } from './upkeep.ts';

/**
 * Does to a backup what was asked for.
 * @returns what is printed: what is in it, never a key
 * @throws Error with a sentence for the person who typed it
 */
export async function obeyBackupWish(wish: BackupWish, now = new Date()): Promise<object> {
  if (wish.backup === 'check') return checkBackup({ file: wish.file, passphrase: await passphraseOf(wish) });
  const data = resolve(wish.data);
  makePrivateFolder(data);
  const db = await openStorage({ url: wish.databaseUrl, data }, () => undefined);
  const objects = openObjects(wish.store, data);
  try {
    return await obeyIn({ db, data, objects }, wish, now);
  } finally {
    objects.close();
    await db.close();
  }
}

type Place = { readonly db: Database; readonly data: string; readonly objects: Objects };
type WishIn = Exclude<BackupWish, { readonly backup: 'check' }>;

/** The same, in a database that is open. A table or a film takes its time: no limit of what a station waits for ends it. */
export const obeyIn = (place: Place, wish: WishIn, now: Date): Promise<object> =>
  onWay(UPKEEP, () => obeyPatiently(place, wish, now));

async function obeyPatiently(place: Place, wish: WishIn, now: Date): Promise<object> {
  const { db, data } = place;
  if (wish.backup === 'go-on') {
    const { size } = await goOn(db, await seenIn(db, wish.heads));
    return { log: { size, goesOn: true } };
  }
  const passphrase = await passphraseOf(wish);
  if (wish.backup === 'make') {
    const { media, keys } = wish;
    const to = resolve(wish.to);
    const made = await backUp(place, { to, media, keys, passphrase }, now);
    // Beside it, for whoever brings back an older one: whom it has and who was erased since.
    if (existsSync(erasureList(data))) await copyFile(erasureList(data), `${to}${ERASURES}`);
    return made;
  }
  const { nothingNewer } = wish;
  const list = await erasuresFor(data, wish);
  let erasedAgain = 0;
  const then = async (tx: Queries): Promise<void> => {
    erasedAgain = await eraseAgain(SYSTEM, { db: tx, data }, list);
  };
  const restored = await restoreFrom(
    { ...place, schema: SCHEMA },
    { file: wish.file, passphrase },
    { nothingNewer, now, then },
  );
  return {
    ...restored,
    erasedAgain,
    log: { ...restored.log, goesOn: nothingNewer },
    next: nothingNewer ? KEYS_NEXT : NEXT,
  };
}

/** What the list of erasures beside a backup is called, behind the name of the backup. */
const ERASURES = '.erasures.jsonl';

/** Whoever was erased, by the list of this data folder, by that beside the backup, and by those that were named. */
async function erasuresFor(
  data: string,
  { file, erasures }: { readonly file: string; readonly erasures: readonly string[] },
): Promise<readonly ListedErasure[]> {
  for (const named of erasures) if (!existsSync(named)) throw new Error(`${named} is not there`);
  const lists = [erasureList(data), `${file}${ERASURES}`, ...erasures];
  const all = (await Promise.all(lists.map(erasuresIn))).flat();
  return [...new Map(all.map((one) => [`${one.tenantId} ${one.candidateId}`, one])).values()];
}

const KEYS_NEXT = 'bring center.key and issuing.key back where they are not there, and start the center';
const NEXT = `stations and witnesses may have seen more of the log than this backup has, so it takes nothing in yet: bring the newest heads (exam-station export --heads at stations) and say log go-on --heads FILE. Then ${KEYS_NEXT}`;

const HeadsFile = z.object({
  format: z.literal('exam-station/log-heads@1'),
  last: z.string(),
  unproven: z.array(z.string()),
  keys: z.array(z.string()).optional(),
  revocations: z.array(z.string()).optional(),
});

/** What stations have of this center, in its own signature. */
async function seenIn(db: Database, files: readonly string[]): Promise<readonly SeenHead[]> {
  const { centerKey } = await logState(db);
  if (!centerKey) throw new Error('there is no center in this database yet');
  const own = await readCenterKeys(db);
  const heads: SeenHead[] = [];
  for (const file of files) {
    const read = HeadsFile.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
    if (!read) throw new Error(`${file} is not what export --heads writes`);
    // The center may have got a key after the backup.
    const keys = openCenterKeys(centerKey, {
      keys: [...new Set([...own.keys, ...(read.keys ?? [])])],
      revocations: [...new Set([...own.revocations, ...(read.revocations ?? [])])],
    });
    for (const text of [read.last, ...read.unproven]) {
      const head = headIn(text, keys);
      if (!head) throw new Error(`${file}: a head is not signed by this center`);
      heads.push(head);
    }
  }
  return heads;
}

/** A station keeps what it saw last: a signed head, or a checkpoint that came with what a proof shows. */
function headIn(text: string, keys: CenterKeySet): SeenHead | undefined {
  const signed = signedByCenter(text, 'exam-station/tree-head', TreeHead, keys, ({ at }) => at);
  if (signed.ok) return signed.said;
  const checkpoint = openCheckpointBy(text, keys);
  if (typeof checkpoint === 'string') return undefined;
  return { size: checkpoint.size, root: Sha256.parse(Buffer.from(checkpoint.root).toString('hex')) };
}

async function passphraseOf({ passphraseFile }: { readonly passphraseFile: string | undefined }) {
  if (passphraseFile === undefined) return undefined;
  const passphrase = (await readFile(passphraseFile, 'utf8')).replace(/\r?\n$/, '');
  if (passphrase.length < SHORTEST) throw new Error(`a passphrase has at least ${SHORTEST} characters`);
  return passphrase;
}
const SHORTEST = 12;
