import { describe, expect, it } from 'vitest';
import { openPty, ptyAvailable } from '../card/emulator/pty.ts';
import { openRelay } from './relay.ts';

describe.skipIf(!ptyAvailable())('a relay (skipped where this machine makes no pseudo-terminal)', () => {
  it('closes its contact for a moment and opens it again', async () => {
    const pty = await openPty();
    const heard: number[] = [];
    const at: number[] = [];
    pty.onData((bytes) => {
      heard.push(...bytes);
      at.push(performance.now());
    });
    await openRelay(pty.path, 200).open();
    for (let n = 0; n < 100 && heard.length < 8; n++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toEqual([0xa0, 1, 1, 0xa2, 0xa0, 1, 0, 0xa1]);
    expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeGreaterThan(150);
    await pty.hangUp();
  });
});

it('a relay that is not there says so', async () => {
  await expect(openRelay('/dev/no-such-relay').open()).rejects.toThrow();
});
