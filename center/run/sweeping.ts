import { keyId } from '../../proof/index.ts';
import { uploadsNamed } from '../bank-uploads/index.ts';
import { type Center, type Named, sweepObjects } from '../base/index.ts';
import { jobFilesNamed } from '../jobs/index.ts';
import { mediaNamed } from '../learning/index.ts';
import { mustGoOn } from '../log/index.ts';
import type { ObjectKind } from '../objects/index.ts';
import { photosNamed } from '../people/index.ts';

const NAMED: Readonly<Record<ObjectKind, Named>> = {
  ...{ media: mediaNamed, jobs: jobFilesNamed, photos: photosNamed, uploads: uploadsNamed },
};

/**
 * Clears away what lies there for a day and no row of this center names. Of a store that is another center's nothing is touched,
 * nor by a center that was restored and may have forgotten what it named.
 * @returns how many objects
 */
export async function sweepAll(center: Center, signal: AbortSignal): Promise<number> {
  const { db, objects, keys, now } = center;
  await mustGoOn(db);
  const own = keyId(keys.root);
  const { owner, mayBeSwept } = await objects.claim(own);
  if (owner !== own)
    throw new Error(`the store of objects is that of the center ${owner}: nothing is cleared away there`);
  if (!mayBeSwept) throw new Error('objects were in the store before it was claimed: nothing is cleared away there');
  let swept = 0;
  for (const [kind, named] of Object.entries(NAMED) as [ObjectKind, Named][])
    swept += await sweepObjects({ db, objects }, kind, named, { now: now(), signal });
  return swept;
}
