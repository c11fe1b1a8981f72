import { mediaPath } from '../../contract/page/media.ts';
import type { Methods } from '../../contract/page/station-api.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { PageCamera } from '../link/camera.ts';
import type { PictureStore } from '../link/pictures.ts';
import type { StationCalls, StationLink } from '../link/station.ts';

/** What of a station's calls is answered at home, by the center. */
export type Answered = { readonly [M in keyof Methods]?: (params: never) => Promise<unknown> };

/** Screens of a station, shown at home: what they call is answered here, and whatever else they could ask is not. */
export function linkTo(answered: Answered): StationLink {
  const call = (method: keyof Methods, params: unknown): Promise<unknown> => {
    const handler = answered[method] as ((params: unknown) => Promise<unknown>) | undefined;
    return handler ? handler(params) : Promise.reject(new Refusal('method-unknown', method));
  };
  return {
    current: () => ({ state: 'connecting' }),
    subscribe: () => () => undefined,
    call: call as StationCalls,
    sendFrame: () => undefined,
    onFrameWanted: () => undefined,
    onOpen: () => undefined,
  };
}

/** Nobody is looked at here. */
export const NO_CAMERA: PageCamera = { stream: () => undefined, subscribe: () => () => undefined };

/** They lie beside the page; the browser keeps them. */
export const PICTURES: PictureStore = {
  address: async (hash) => mediaPath(hash),
  async fetchAhead(hashes) {
    for (const hash of hashes) new Image().src = mediaPath(hash);
  },
  clear: () => undefined,
};
