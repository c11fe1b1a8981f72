import type { Sha256 } from '../../contract/words/ids.ts';
import { pictureType } from '../../contract/words/pictures.ts';
import type { StationCalls } from './station.ts';

/** Pictures of the paper, each fetched once. */
export type PictureStore = {
  /** An address for an `<img>`. @throws Refusal; asked again, it is fetched again */
  address(hash: Sha256): Promise<string>;
  /** Lets go of all of them. */
  clear(): void;
};

export function openPictureStore(call: StationCalls): PictureStore {
  const known = new Map<Sha256, Promise<string>>();
  const fetchOne = async (hash: Sha256): Promise<string> => {
    const { base64 } = await call('picture', { hash });
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return URL.createObjectURL(new Blob([bytes], { type: pictureType(bytes) ?? '' }));
  };
  return {
    address(hash) {
      const address = known.get(hash) ?? fetchOne(hash);
      known.set(hash, address);
      address.catch(() => known.delete(hash));
      return address;
    },
    clear() {
      for (const address of known.values()) address.then(URL.revokeObjectURL, () => undefined);
      known.clear();
    },
  };
}
