import type { Readable } from 'node:stream';

/** Of what kind it is: films and documents of courses, what came of long work, photos of candidates, files of questions that are no banks yet. */
export type ObjectKind = 'media' | 'jobs' | 'photos' | 'uploads';
/** What bytes are kept under: the same in a folder and in a store. */
export type ObjectKey = `${ObjectKind}/${string}`;

/** Part of what is kept, both ends included. */
export type ByteRange = { readonly start: number; readonly end: number };

/** What is kept, and when it was written last by the clock of whoever keeps it. */
export type KeptObject = { readonly key: ObjectKey; readonly at: Date };

/** Whose a store is; and whether it may be swept: what lay there before anybody had claimed it may be somebody else's. */
export type Claim = { readonly owner: string; readonly mayBeSwept: boolean };

/**
 * Keeps bytes that are too large for a database: in a folder, or in a store that several machines share. Whose they are, and
 * whether they are anybody's, the database says. What is written is there as a whole or not at all, and replaces what was there.
 * @throws Refusal `objects-away` from each, where a store does not answer, or not before the signal says that nobody waits
 */
export type Objects = {
  /** Whether other machines see the same: then photos lie here as well. */
  readonly shared: boolean;
  /** Keeps a file, which is gone from where it was. */
  take(key: ObjectKey, file: string): Promise<void>;
  put(key: ObjectKey, bytes: Uint8Array): Promise<void>;
  /** Nothing where there is none such. */
  read(key: ObjectKey, range?: ByteRange): Promise<Readable | undefined>;
  has(key: ObjectKey, signal?: AbortSignal): Promise<boolean>;
  /** There may be none such. */
  remove(key: ObjectKey, signal?: AbortSignal): Promise<void>;
  list(kind: ObjectKind): AsyncIterable<KeptObject>;
  /** Settles where it answers. */
  answers(): Promise<void>;
  /** Says whose it is, where nobody has said so. */
  claim(owner: string): Promise<Claim>;
  close(): void;
};

const KEY = /^(media|jobs|photos|uploads)(\/[\w-]{1,100}){1,2}$/;

export const isObjectKey = (text: string): text is ObjectKey => KEY.test(text);

/** @throws Error where it is none: it becomes a path */
export function mustBeKey(key: ObjectKey): ObjectKey {
  if (!isObjectKey(key)) throw new Error(`no key of an object: ${key}`);
  return key;
}
