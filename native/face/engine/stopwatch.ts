import type { Stage } from './observation.ts';

/** Writes down what each stage of one frame took, in milliseconds. */
export function startStopwatch() {
  const costMs: Partial<Record<Stage, number>> = {};
  const time = async <T>(stage: Stage, work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    costMs[stage] = performance.now() - start;
    return result;
  };
  return { costMs, time };
}
