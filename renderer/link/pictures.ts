import type { Sha256 } from '../../contract/words/ids.ts';
import { pictureType } from '../../contract/words/pictures.ts';
import type { StationCalls } from './station.ts';

/** Pictures of the paper, each fetched once. */
export type PictureStore = {
  /** An address for an `<img>`, which has its size at once. @throws Refusal; asked again, it is fetched again */
  address(hash: Sha256): Promise<string>;
  /** Fetches those that will be looked at, one after the other. */
  fetchAhead(hashes: Iterable<Sha256>): Promise<void>;
  /** Lets go of all of them. */
  clear(): void;
};

export function openPictureStore(call: StationCalls): PictureStore {
  // As long as an image is held, its address is shown without being loaded again.
  const known = new Map<Sha256, Promise<HTMLImageElement>>();
  const fetchOne = async (hash: Sha256): Promise<HTMLImageElement> => {
    const { base64 } = await call('picture', { hash });
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([bytes], { type: pictureType(bytes) ?? '' }));
    // One that cannot be shown is for the page to show as what it is.
    await image.decode().catch(() => undefined);
    return image;
  };
  const address = async (hash: Sha256): Promise<string> => {
    const image = known.get(hash) ?? fetchOne(hash);
    known.set(hash, image);
    image.catch(() => known.delete(hash));
    return (await image).src;
  };
  return {
    address,
    async fetchAhead(hashes) {
      // What fails here is asked for again by whoever looks at it.
      for (const hash of hashes) await address(hash).catch(() => undefined);
    },
    clear() {
      const release = ({ src }: HTMLImageElement): void => URL.revokeObjectURL(src);
      for (const image of known.values()) image.then(release, () => undefined);
      known.clear();
    },
  };
}
