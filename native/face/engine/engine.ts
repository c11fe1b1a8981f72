import '../onnx/no-telemetry.ts';
import { availableParallelism } from 'node:os';
import { isMarkedAsUntransferable, Worker } from 'node:worker_threads';
import { Refusal } from '../../../contract/words/reasons.ts';
import type { LentPicture, Picture } from '../picture/pixels.ts';
import type { FaceModels } from '../weights/face-models.ts';
import type { ModelRole } from '../weights/manifest.ts';
import type { Description, Enrolment, Observation, Wish } from './observation.ts';
import { openThread, type Thread, type ThreadAnswer } from './thread.ts';

export type FaceSetup = {
  /** Threads that run networks side by side. */
  readonly lanes: 1 | 2;
  /** Threads within one run. More than one pays only with one lane and a processor that is idle otherwise. */
  readonly threads: number;
  readonly models: FaceModels;
  /** No answer within this is a thread that hangs: it is given up and another takes its place. */
  readonly patienceMs: number;
};
export type FaceTask =
  | { readonly kind: 'observe'; readonly picture: Picture; readonly wish: Wish }
  | { readonly kind: 'enrol' | 'describe' | 'presentation'; readonly picture: Picture }
  | { readonly kind: 'rehearse' };
export type FaceJob = { readonly id: number; readonly task: FaceTask } | 'close';
type Costs = Readonly<Record<ModelRole, number>>;
/** What came of a task; a picture that was observed comes back with it, whatever came of it. */
type FaceResult = { readonly outcome: Outcome; readonly pixels?: Uint8Array<ArrayBuffer> };
type Outcome =
  | { readonly result: Observation | Enrolment | Description | Costs | number | null }
  | { readonly failure: string };
export type FaceAnswer = ThreadAnswer<FaceResult>;

export type FaceEngine = {
  /**
   * Looks at one frame. Its pixels move to the worker and must not be used afterwards, except by who lent it and is given
   * them back; a thread that dies or hangs takes them along. At most one is under way: who has a
   * newer frame waits for the answer and then sends the newest (back-pressure instead of a queue).
   * @throws Refusal `models-failed` where a network broke, or the thread died or hangs; the next frame finds a new thread
   */
  observe(picture: LentPicture, wish?: Wish): Promise<Observation>;
  /** Makes a template of a reference photo, or says what is wrong with it; otherwise as `observe`. */
  enrol(photo: Picture): Promise<Enrolment>;
  /** Describes the subject of a photo without judging it; otherwise as `observe`. */
  describe(photo: Picture): Promise<Description>;
  /** Passive liveness of the subject of a photo, without judging it; `null` where there is no face. */
  presentation(photo: Picture): Promise<number | null>;
  /** What one run of each network takes here, in milliseconds. */
  rehearse(): Promise<Costs>;
  /** The network that its embeddings are of. */
  readonly embedder: string;
  readonly lanes: number;
  close(): Promise<void>;
};

/** As many as there are processors for, at most two. */
export const LANES = availableParallelism() > 1 ? 2 : 1;

/** Each holds all weights for good: so many in a row, and the station does without until it is started anew. */
const MAX_GIVEN_UP = 5;

type FaceThread = Thread<{ readonly task: FaceTask }, FaceResult>;

/**
 * Starts the thread that owns the networks, a second beside it where there are two processors, and warms them up.
 * @throws Refusal `models-missing`, `models-altered` or `models-failed`
 */
export async function openFaceEngine(
  models: FaceModels,
  { patienceMs = 20_000, ...rest }: Partial<Omit<FaceSetup, 'models'>> = {},
): Promise<FaceEngine> {
  const workerData = { lanes: LANES, threads: 1, models, patienceMs, ...rest } satisfies FaceSetup;
  const start = (): Promise<FaceThread> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
    return openThread<{ task: FaceTask }, FaceResult>(worker);
  };
  let thread = await start();
  let restarting: Promise<void> | undefined;
  let closed = false;
  let givenUp = 0;

  /** One at a time, and whoever asks meanwhile waits for it. */
  const restart = (): Promise<void> => {
    restarting ??= start()
      .then((next) => {
        thread = next;
      })
      .finally(() => {
        restarting = undefined;
      });
    return restarting;
  };
  const ask = async (task: FaceTask, giveBack?: LentPicture['giveBack']) => {
    if (closed) throw new Refusal('models-failed', 'the face engine was closed');
    if (!thread.alive && givenUp >= MAX_GIVEN_UP) throw new Refusal('models-failed', `${givenUp} threads hang`);
    if (!thread.alive) await restart();
    const asked = thread;
    const [job, moved] = packed(task);
    const patience = setTimeout(() => {
      givenUp += 1;
      asked.abandon(`no answer within ${patienceMs} ms`);
    }, patienceMs);
    try {
      const { outcome, pixels } = await asked.ask({ task: job }, moved);
      if (pixels) giveBack?.(pixels);
      if ('failure' in outcome) throw new Refusal('models-failed', outcome.failure);
      givenUp = 0;
      return outcome.result;
    } finally {
      clearTimeout(patience);
    }
  };
  return {
    observe: (picture, wish = { depth: 'identify' }) =>
      ask({ kind: 'observe', picture, wish }, picture.giveBack) as Promise<Observation>,
    enrol: (picture) => ask({ kind: 'enrol', picture }) as Promise<Enrolment>,
    describe: (picture) => ask({ kind: 'describe', picture }) as Promise<Description>,
    presentation: (picture) => ask({ kind: 'presentation', picture }) as Promise<number | null>,
    rehearse: () => ask({ kind: 'rehearse' }) as Promise<Costs>,
    embedder: models.embedder,
    lanes: workerData.lanes,
    async close() {
      closed = true;
      await restarting?.catch(() => undefined);
      await thread.close();
    },
  };
}

/** A task, and the memory that goes with it. */
function packed(task: FaceTask): readonly [FaceTask, readonly ArrayBuffer[]] {
  if (task.kind === 'rehearse') return [task, []];
  const { width, height } = task.picture;
  const pixels = ownBuffer(task.picture.pixels);
  return [{ ...task, picture: { width, height, pixels } }, [pixels.buffer]];
}

/** Memory that may not change threads (Node's buffer pool, a decoder's own) is copied; all else moves for nothing. */
function ownBuffer(pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = pixels;
  const movable = buffer instanceof ArrayBuffer && !isMarkedAsUntransferable(buffer);
  return movable ? new Uint8Array(buffer, pixels.byteOffset, pixels.byteLength) : new Uint8Array(pixels);
}
