import type { Logger } from 'pino';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { type FaceEngine, type FaceModels, modelStatus, openFaceEngine, whenLoaded } from '../../native/face/index.ts';
import type { Devices } from '../watch/index.ts';

/** The face networks of a station: seconds to load, and nothing but looking waits for them. */
export type Eyes = {
  /** None where there are no weights. */
  readonly engine: FaceEngine | undefined;
  /** The engine once it can look; nothing where it never will. */
  readonly loaded: Promise<FaceEngine | undefined>;
};

/** What they are like is said of `devices.faces`. */
export function openEyes(models: FaceModels, devices: Pick<Devices, 'now'>, log: Logger): Eyes {
  const fail = (error: unknown): undefined => {
    const reason: Reason = error instanceof Refusal ? error.reason : 'models-failed';
    log.warn({ reason, detail: String(error) }, 'faces');
    devices.now('faces', { state: 'failed', reason });
    return undefined;
  };
  try {
    mustHaveWeights(models);
  } catch (error) {
    return { engine: fail(error), loaded: Promise.resolve(undefined) };
  }
  const loading = openFaceEngine(models);
  const loaded = loading.then((engine) => {
    devices.now('faces', { state: 'ready' });
    return engine;
  }, fail);
  return { engine: whenLoaded(models, loading), loaded };
}

/** Known at once, so that a station without weights says so when it starts. */
function mustHaveWeights(models: FaceModels): void {
  const missing = modelStatus(models).find(({ state }) => state !== 'ok');
  if (missing && missing.state !== 'ok') throw new Refusal(missing.state, missing.file);
}
