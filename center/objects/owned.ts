import type { Objects } from './objects.ts';
import { ObjectsTrouble } from './trouble.ts';

/**
 * The same, of one owner: before anything else is asked of it, it is claimed for them, once it answers.
 * @throws Error from each, where it is somebody else's
 */
export function ownedBy(objects: Objects, owner: string): Objects & { mustBeOwn(): Promise<void> } {
  let claimed: Promise<void> | undefined;
  const claim = async (): Promise<void> => {
    const { owner: found } = await objects.claim(owner);
    if (found !== owner)
      throw new Error(
        `the store of objects is that of the center ${found}, and this one is ${owner}: name another bucket, or bring back the database that belongs to this one`,
      );
  };
  const mustBeOwn = (): Promise<void> => {
    claimed ??= claim().catch((error: unknown) => {
      // Only what it said once it answered stands.
      if (error instanceof ObjectsTrouble) claimed = undefined;
      throw error;
    });
    return claimed;
  };
  const own = async <T>(work: () => Promise<T>): Promise<T> => {
    await mustBeOwn();
    return work();
  };
  return {
    ...objects,
    mustBeOwn,
    take: (key, file) => own(() => objects.take(key, file)),
    put: (key, bytes) => own(() => objects.put(key, bytes)),
    read: (key, range) => own(() => objects.read(key, range)),
    has: (key, signal) => own(() => objects.has(key, signal)),
    remove: (key, signal) => own(() => objects.remove(key, signal)),
    async *list(kind) {
      await mustBeOwn();
      yield* objects.list(kind);
    },
  };
}
