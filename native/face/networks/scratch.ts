/** By length: memory that nobody writes into now. */
const idle = new Map<number, Float32Array<ArrayBuffer>[]>();

/**
 * Memory for what one run of a network is given, used again for the next: to ask for a fresh megabyte with each frame, and
 * to give it back, costs as much as to fill it. Whoever runs at the same time gets other memory. What is in it is of an
 * earlier run. Memory that the run took along to another thread is gone.
 */
export async function withScratch<T>(
  length: number,
  run: (memory: Float32Array<ArrayBuffer>) => Promise<T>,
): Promise<T> {
  const waiting = idle.get(length) ?? [];
  idle.set(length, waiting);
  const memory = waiting.pop() ?? new Float32Array(length);
  try {
    return await run(memory);
  } finally {
    if (memory.length === length) waiting.push(memory);
  }
}
