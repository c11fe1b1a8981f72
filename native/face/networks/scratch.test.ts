import { describe, expect, it } from 'vitest';
import { withScratch } from './scratch.ts';

describe('memory for what a network is given', () => {
  it('is used again for the next run, as it was left', async () => {
    const first = await withScratch(7, async (memory) => memory.fill(3));
    await withScratch(7, async (memory) => {
      expect(memory).toBe(first);
      expect([...memory]).toEqual(Array(7).fill(3));
    });
  });

  it('is never that of a run that is still under way, nor of another length', async () => {
    await withScratch(11, async (outer) => {
      await withScratch(11, async (inner) => expect(inner).not.toBe(outer));
      await withScratch(12, async (longer) => expect(longer).toHaveLength(12));
    });
  });

  it('comes back from a run that failed, and is replaced where a run took it to another thread', async () => {
    let lost: Float32Array | undefined;
    await expect(
      withScratch(13, (memory) => {
        lost = memory;
        return Promise.reject(new Error('no numbers'));
      }),
    ).rejects.toThrow('no numbers');
    await withScratch(13, async (memory) => {
      expect(memory).toBe(lost);
      structuredClone(memory, { transfer: [memory.buffer] });
    });
    await withScratch(13, async (memory) => expect(memory).toHaveLength(13));
  });
});
