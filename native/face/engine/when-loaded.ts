import type { FaceModels } from '../weights/face-models.ts';
import { type FaceEngine, LANES } from './engine.ts';

/** An engine whose networks are still being loaded: whoever asks it something waits for them, and nobody else does. */
export function whenLoaded({ embedder }: FaceModels, loading: Promise<FaceEngine>): FaceEngine {
  return {
    observe: async (picture, wish) => (await loading).observe(picture, wish),
    enrol: async (photo) => (await loading).enrol(photo),
    describe: async (photo) => (await loading).describe(photo),
    presentation: async (photo) => (await loading).presentation(photo),
    rehearse: async () => (await loading).rehearse(),
    embedder,
    lanes: LANES,
    close: () =>
      loading.then(
        (engine) => engine.close(),
        () => undefined,
      ),
  };
}
