import { join } from 'node:path';
import { z } from 'zod';
import { plainGraph } from '../../native/face/onnx/index.ts';
import { type LineChild, openLineChild } from './line-child.ts';
import { floatsFrom, largestDifference, type Skipped, textOf } from './peer.ts';

export type PeerGraph = {
  /** The ONNX file as it is. */
  readonly model: Uint8Array;
  readonly input: { readonly shape: readonly number[]; readonly data: Float32Array };
  /** What onnxruntime answers for this input, by output. A peer that computes something else is not measured. */
  readonly expected: Readonly<Record<string, Float32Array>>;
};

export type OpenCvPeer<G extends string> = AsyncDisposable & {
  readonly version: string;
  /** Why a graph cannot be measured, in OpenCV's words. */
  readonly failed: Readonly<Partial<Record<G, string>>>;
  /** Graphs that OpenCV refused as they are, with its words, and runs with their half floats written out as floats. */
  readonly widened: Readonly<Partial<Record<G, string>>>;
  readonly setThreads: (count: number) => Promise<void>;
  /** Runs a graph once. Milliseconds measured inside Python: input in, forward, outputs out. */
  readonly run: (graph: G) => Promise<number>;
};

const PYTHON = '/usr/bin/python3';
const MISSING = 'python3-opencv is not installed: apt-get install python3-opencv';
/** Of the largest value of an output. Another order of additions moves the last digits; a wrong one is off by far more. */
const TOLERANCE = 0.01;

const Hello = z.object({ version: z.string().nullable() });
const Loaded = z.object({ outputs: z.array(z.object({ name: z.string(), data: z.base64() })) });
const Ran = z.object({ ms: z.tuple([z.number()]) });

/** OpenCV's dnn, from Debian's package: one process for all graphs, started with one thread. */
export async function openOpenCv<G extends string>(
  graphs: Readonly<Record<G, PeerGraph>>,
): Promise<OpenCvPeer<G> | Skipped> {
  const child = openLineChild(PYTHON, [join(import.meta.dirname, 'opencv.py')], { OPENCV_LOG_LEVEL: 'SILENT' });
  const hello = await child.ask(Hello, { op: 'hello' }).catch((error: Error) => error.message);
  if (typeof hello === 'string' || hello.version === null) {
    await child[Symbol.asyncDispose]();
    return { skipped: typeof hello === 'string' ? hello : MISSING };
  }
  const setThreads = async (count: number): Promise<void> => {
    await child.ask(z.object({ threads: z.literal(count) }), { op: 'threads', count });
  };
  await setThreads(1);
  const failed: Partial<Record<G, string>> = {};
  const widened: Partial<Record<G, string>> = {};
  for (const [graph, wanted] of Object.entries(graphs) as [G, PeerGraph][]) {
    const refusal = await load(child, graph, wanted);
    if (refusal === undefined) continue;
    const model = widenedOrNot(wanted.model);
    const second = model ? await load(child, graph, { ...wanted, model }) : refusal;
    if (second === undefined) widened[graph] = refusal;
    else failed[graph] = second === refusal ? refusal : `${refusal}; with floats for its half floats: ${second}`;
  }
  return {
    version: hello.version,
    failed,
    widened,
    setThreads,
    run: async (graph) => (await child.ask(Ran, { op: 'run', graph, times: 1 })).ms[0],
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

/** A file that is not as we know it is OpenCV's to judge, and it has. */
function widenedOrNot(model: Uint8Array): Uint8Array | undefined {
  try {
    return plainGraph(model);
  } catch {
    return undefined;
  }
}

/** @returns why not */
async function load(child: LineChild, graph: string, { model, input, expected }: PeerGraph) {
  const request = { op: 'load', graph, model: textOf(model), input: textOf(input.data), shape: input.shape };
  const loaded = await child.ask(Loaded, request).catch((error: Error) => error.message);
  if (typeof loaded === 'string') return loaded;
  for (const { name, data } of loaded.outputs) {
    const wanted = expected[name];
    if (!wanted) return `it answers with an output ${name} that the graph does not have`;
    const difference = largestDifference(floatsFrom(data), wanted);
    if (!(difference <= TOLERANCE)) return `its ${name} is not onnxruntime's: ${difference.toPrecision(2)} apart`;
  }
  return undefined;
}
