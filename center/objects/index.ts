/** Bytes that are too large for a database, in a folder or in a store that speaks the S3 API. */
export { openBucketObjects } from './bucket.ts';
export type { StoreWish } from './bucket-line.ts';
export { DRAFT, openFolderObjects } from './folder.ts';
export {
  type ByteRange,
  isObjectKey,
  type KeptObject,
  type ObjectKey,
  type ObjectKind,
  type Objects,
} from './objects.ts';
export { ownedBy } from './owned.ts';
export { ObjectsTrouble } from './trouble.ts';
