import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { BankUploadId, type Sha256 } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, select } from '../database/index.ts';
import type { ObjectKey, Objects } from '../objects/index.ts';

/** The file as it was uploaded. */
export const fileKey = (id: BankUploadId): ObjectKey => `uploads/${id}/file`;
export const pictureKey = (id: BankUploadId, hash: Sha256): ObjectKey => `uploads/${id}/${hash}`;

/** Which of these are of an upload that is there, for whoever clears away the others. */
export async function uploadsNamed(tx: Queries, keys: readonly ObjectKey[]): Promise<ReadonlySet<ObjectKey>> {
  const ids = [...new Set(keys.map((key) => key.split('/')[1] ?? ''))];
  const sql = 'SELECT id FROM bank_uploads WHERE id = ANY($1::text[])';
  const there = new Set<string>((await select(tx, z.object({ id: BankUploadId }), sql, [ids])).map(({ id }) => id));
  return new Set(keys.filter((key) => there.has(key.split('/')[1] ?? '')));
}

const bytesIn = async (read: Readable | undefined): Promise<Uint8Array | undefined> => read && buffer(read);

/** @throws Refusal `bank-upload-unknown` where it is gone: a center that was restored from a backup has none */
export async function readFile(objects: Objects, id: BankUploadId): Promise<Uint8Array> {
  const bytes = await bytesIn(await objects.read(fileKey(id)));
  if (!bytes) throw new Refusal('bank-upload-unknown', 'the file is gone: upload it again');
  return bytes;
}

export const readPictureOf = async (
  objects: Objects,
  id: BankUploadId,
  hash: Sha256,
): Promise<Uint8Array | undefined> => bytesIn(await objects.read(pictureKey(id, hash)));

/** What of an upload lies in the store, once its row is gone. */
export async function removeKept(objects: Objects, id: BankUploadId, pictures: readonly Sha256[]): Promise<void> {
  for (const key of [fileKey(id), ...pictures.map((hash) => pictureKey(id, hash))]) await objects.remove(key);
}
