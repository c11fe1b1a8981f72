import { readFileSync } from 'node:fs';
import { type Objects, openBucketObjects, openFolderObjects, type StoreWish } from '../objects/index.ts';

/** Where nobody says another: most stores that are no cloud's take any. */
const USUAL_REGION = 'us-east-1';
const THIS_MACHINE = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The store that the environment names; nothing where it names none.
 * @throws Error with a sentence for the person who typed it
 */
export function readStore(env: NodeJS.ProcessEnv): StoreWish | undefined {
  const { EXAM_CENTER_OBJECTS_URL: url = '', EXAM_CENTER_OBJECTS_REGION: region = '' } = env;
  const { EXAM_CENTER_OBJECTS_KEY_ID: keyId = '', EXAM_CENTER_OBJECTS_SECRET_FILE: file = '' } = env;
  const { EXAM_CENTER_OBJECTS_CA: ca = '' } = env;
  if (!url) {
    if (region || keyId || file || ca) throw new Error('EXAM_CENTER_OBJECTS_… go with EXAM_CENTER_OBJECTS_URL');
    return undefined;
  }
  if (!isBucket(url))
    throw new Error(
      'EXAM_CENTER_OBJECTS_URL is no address of a bucket: it takes https://HOST/BUCKET without a name or password, or http on this machine',
    );
  const secret = file && readFileSync(file, 'utf8').trim();
  if (!keyId || !secret)
    throw new Error('EXAM_CENTER_OBJECTS_URL takes EXAM_CENTER_OBJECTS_KEY_ID and EXAM_CENTER_OBJECTS_SECRET_FILE');
  return { url, region: region || USUAL_REGION, keyId, secret, ca: ca ? readFileSync(ca, 'utf8') : undefined };
}

/** Of a bucket, by the host's name or by the first part of a path: nothing else, and no password, stands in it. */
function isBucket(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.includes(hostname));
  return isSafe && /^\/([\w.-]+\/?)?$/.test(pathname) && !search && !hash && !username && !password;
}

/** Films, photos and files in that store, or under the data folder. */
export const openObjects = (store: StoreWish | undefined, data: string): Objects =>
  store ? openBucketObjects(store) : openFolderObjects(data);
