import { measure } from '../../bench/measure.ts';
import type { Network } from '../../native/face/networks/network.ts';
import { openGraph } from '../../native/face/networks/open-network.ts';
import { operatorsOf } from './operators.ts';
import type { Input } from './ranges.ts';
import { type Graphs, VARIANTS, type Variant } from './variants.ts';

export async function openEach(graphs: Graphs, threads: number): Promise<ReadonlyMap<Variant, Network>> {
  const networks = new Map<Variant, Network>();
  for (const name of VARIANTS) networks.set(name, await openGraph(graphs[name], threads));
  return networks;
}

type Run = { readonly medianMs: number /** Of that of the network as it ships. */; readonly ratio: number };
export type Costs = Readonly<
  Record<
    Variant,
    { readonly bytes: number; readonly oneThread: Run; readonly twoThreads: Run; readonly operators: object }
  >
>;

/** What each variant costs: its bytes, what onnxruntime makes of it, and a run on one thread and on two. */
export async function costsOf(graphs: Graphs, { values, shape }: Input, rounds: number): Promise<Costs> {
  const timed = async (threads: number) => {
    const networks = [...(await openEach(graphs, threads))];
    return measure(Object.fromEntries(networks.map(([name, run]) => [name, () => run(values, shape)])), rounds);
  };
  const [one, two] = [await timed(1), await timed(2)];
  const costs: Partial<Record<Variant, Costs[Variant]>> = {};
  for (const name of VARIANTS) {
    const runIn = (timings: typeof one): Run => {
      const { medianMs = Number.NaN } = timings[name] ?? {};
      return { medianMs, ratio: medianMs / (timings.float32?.medianMs ?? Number.NaN) };
    };
    const operators = await operatorsOf(graphs[name]);
    costs[name] = { bytes: graphs[name].length, oneThread: runIn(one), twoThreads: runIn(two), operators };
  }
  return costs as Costs;
}
