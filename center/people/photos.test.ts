import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TenantId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { sharedFolder, temporaryFolder } from '../../tests/kit/folders.ts';
import { type Objects, openFolderObjects } from '../objects/index.ts';
import { openTestCenter, type TestCenter } from '../testing/index.ts';
import { addPhoto, photoKey, readPhoto } from './photos.ts';

let open: TestCenter;
beforeAll(async () => {
  open = await openTestCenter();
});
afterAll(() => open.close());

const tenantId = TenantId.parse('tn_demo');
const store = openFolderObjects(sharedFolder());

test('a photo lies in one place: sent again it moves into the store, or out of it', async () => {
  const { db } = open.center;
  const bytes = await sharp({ create: { width: 80, height: 100, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
  const hash = sha256(bytes);
  const sent = async (kept?: Objects) => {
    await kept?.put(photoKey(tenantId, hash), bytes);
    await db.transaction((tx) => addPhoto(tx, tenantId, { bytes, kept }));
    const [row] = await db.query('SELECT bytes IS NOT NULL AS inside FROM photos WHERE hash = $1', [hash]);
    return row?.inside;
  };
  expect([await sent(), await sent(store), await sent(store), await sent(), await sent()]).toEqual([
    ...[true, false, false, true, true],
  ]);
  const nowhere = { db, objects: openFolderObjects(temporaryFolder()) };
  expect(Buffer.from(await readPhoto({ kind: 'system' }, nowhere, tenantId, hash))).toEqual(bytes);
});
