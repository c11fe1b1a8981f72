import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Frame } from '../../../contract/page/frame.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import type { Observation } from '../../../native/face/index.ts';
import { aPerson, eyesThat, nobodyUsable } from '../../run/eyes.fixture.ts';
import { type Camera, type LentFrame, look, openCamera, rest } from './index.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const SIDE = 32;
/** A picture of one grey; another `shade` is another picture. */
const frame = (ticket: number, shade = ticket): Frame => ({
  ticket,
  width: SIDE,
  height: SIDE,
  sequence: shade,
  capturedAt: performance.now(),
  pixels: new Uint8Array(SIDE * SIDE * 4).fill(shade % 251),
});

function open() {
  const asked: number[] = [];
  const camera = openCamera((ticket) => void asked.push(ticket));
  const answered = async (shade?: number) => {
    const next = camera.nextFrame();
    camera.deliver(frame(asked.at(-1) as number, shade));
    return next;
  };
  return { asked, camera, answered };
}

describe('the camera', () => {
  it('asks for one frame at a time, each with a ticket of its own', async () => {
    const { asked, answered } = open();
    for (let n = 0; n < 3; n++) await answered();
    expect(asked).toEqual([1, 2, 3]);
  });

  it('gives the frame that answers its ticket', async () => {
    const { camera, asked } = open();
    const next = camera.nextFrame();
    const [ticket] = asked as [number];
    camera.deliver(frame(ticket + 1, 50));
    camera.deliver(frame(ticket - 1, 60));
    camera.deliver(frame(ticket, 70));
    camera.deliver(frame(ticket, 80));
    expect(await next).toMatchObject({ ticket, sequence: 70 });
  });

  it('takes no frame that nobody asked for', async () => {
    const { camera } = open();
    camera.deliver(frame(1));
    const next = camera.nextFrame(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await next).toBe('camera-lost');
  });

  it('is lost once no frame came in time, and a late one is not taken for the next', async () => {
    const { camera, asked } = open();
    const first = camera.nextFrame(1_000);
    await vi.advanceTimersByTimeAsync(999);
    const state = vi.fn();
    void first.then(state);
    await Promise.resolve();
    expect(state).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await first).toBe('camera-lost');
    const second = camera.nextFrame(1_000);
    camera.deliver(frame(asked[0] as number, 99));
    camera.deliver(frame(asked[1] as number, 42));
    expect(await second).toMatchObject({ sequence: 42 });
  });

  it('takes no frame that was taken before one it had, or long before it was asked for', async () => {
    const { camera, asked, answered } = open();
    const { capturedAt } = (await answered(1)) as LentFrame;
    await answered(2);
    const next = camera.nextFrame(1_000);
    // One that is not taken is asked for anew.
    const late = () => ({ ...frame(asked.at(-1) as number), capturedAt });
    expect(camera.deliver(late())).toBe('frame-malformed');
    expect(camera.deliver({ ...late(), capturedAt: performance.now() + 60_000 })).toBe('frame-malformed');
    expect(asked).toHaveLength(5);
    expect(camera.deliver(frame(asked.at(-1) as number))).toBeUndefined();
    expect(await next).toMatchObject({ ticket: asked.at(-1) });
  });

  it('is lost where only such frames come, and then believes a clock that was set', async () => {
    const { camera, asked, answered } = open();
    await answered(1);
    const set = () => ({ ...frame(asked.at(-1) as number), capturedAt: performance.now() - 60_000 });
    const first = camera.nextFrame(1_000);
    camera.deliver(set());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await first).toBe('camera-lost');
    const second = camera.nextFrame(1_000);
    camera.deliver(set());
    expect(await second).toMatchObject({ width: SIDE });
  });

  it('asks the next page anew: what was asked of the one that is gone is answered by nobody', async () => {
    const { camera, asked } = open();
    const next = camera.nextFrame();
    camera.pageGone();
    camera.deliver(frame(asked[0] as number, 10));
    camera.askAgain();
    camera.deliver(frame(asked[0] as number, 11));
    camera.deliver(frame(asked[1] as number, 12));
    expect(await next).toMatchObject({ sequence: 12 });
    expect(new Set(asked).size).toBe(2);
  });

  it('tells of pictures of another size, not of those of another candidate', async () => {
    const resized: string[] = [];
    const asked: number[] = [];
    const camera = openCamera(
      (ticket) => void asked.push(ticket),
      (what) => void resized.push(what),
    );
    const sized = async (width: number) => {
      const next = camera.nextFrame();
      const pixels = new Uint8Array(width * SIDE * 4).fill(asked.length);
      camera.deliver({ ...frame(asked.at(-1) as number), width, pixels });
      await next;
    };
    for (const width of [32, 32, 64, 64]) await sized(width);
    camera.beginAnew();
    await sized(32);
    expect(resized).toEqual(['32 x 32, 64 x 32']);
  });

  it('is frozen once the same picture came nine times, and thaws with another', async () => {
    const { answered } = open();
    const same: unknown[] = [];
    for (let n = 0; n < 10; n++) same.push(await answered(7));
    expect(same.map((got) => (typeof got === 'string' ? got : 'frame'))).toEqual([
      ...Array(8).fill('frame'),
      'camera-frozen',
      'camera-frozen',
    ]);
    expect(await answered(8)).toMatchObject({ sequence: 8 });
  });

  it('is not frozen where pictures differ, though some come twice', async () => {
    const { answered } = open();
    for (let n = 0; n < 40; n++) expect(await answered(Math.floor(n / 4))).toMatchObject({ width: SIDE });
  });

  it('has what was looked at last, once it comes back, and never copies a frame for that', async () => {
    const { camera, answered } = open();
    onTestFinished(() => void vi.restoreAllMocks());
    const copies = [vi.spyOn(Uint8Array.prototype, 'slice'), vi.spyOn(Uint8Array, 'from')];
    const first = (await answered(1)) as LentFrame;
    expect(camera.newest).toBeUndefined();
    first.giveBack?.(first.pixels);
    expect(camera.newest?.picture.pixels).toBe(first.pixels);
    await answered(2);
    expect(camera.newest?.picture.pixels).toBe(first.pixels);
    for (let n = 0; n < 20; n++) expect(await answered(n + 3)).toMatchObject({ sequence: n + 3 });
    expect(copies.map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });

  it('has the picture at which it froze, though nobody looks at that', async () => {
    const { camera, answered } = open();
    for (let n = 0; n < 9; n++) await answered(7);
    expect(camera.newest?.picture.pixels[0]).toBe(7);
  });

  it('leaves no timer behind', async () => {
    const { answered } = open();
    for (let n = 0; n < 5; n++) await answered();
    expect(vi.getTimerCount()).toBe(0);
  });
});

const seen = (reason?: Reason): Observation => (reason ? nobodyUsable(reason) : aPerson(new Float32Array(256)));

/** An engine that sees what it is told to, one after the other, the last again and again. */
function scripted(script: readonly (Reason | undefined)[]) {
  let at = 0;
  let busy = 0;
  return eyesThat(async () => {
    busy += 1;
    expect(busy).toBe(1);
    await Promise.resolve();
    busy -= 1;
    return seen(script[Math.min(at++, script.length - 1)]);
  });
}

async function lookAt(script: readonly (Reason | undefined)[], camera: Camera, signal = new AbortController().signal) {
  const progress: unknown[] = [];
  const result = look(camera, scripted(script), {
    usable: 3,
    frames: 6,
    pauseMs: 100,
    signal,
    onFrame: ({ reason }, usable) => progress.push({ usable, ...(reason ? { advice: reason } : {}) }),
  });
  await vi.advanceTimersByTimeAsync(60_000);
  return { ...(await result), progress };
}

/** A camera that answers at once. */
const ready = (): Camera => {
  const camera = openCamera((ticket) => queueMicrotask(() => camera.deliver(frame(ticket))));
  return camera;
};

describe('a look', () => {
  it('ends once enough frames were usable', async () => {
    const { observations, trouble, progress } = await lookAt([undefined], ready());
    expect([observations.length, trouble]).toEqual([3, undefined]);
    expect(progress).toEqual([{ usable: 1 }, { usable: 2 }, { usable: 3 }]);
  });

  it('goes on while frames are not, and says what to mend', async () => {
    const { observations, progress } = await lookAt(['no-face', undefined, 'too-dark', undefined], ready());
    expect(observations.map(({ reason }) => reason)).toEqual(['no-face', undefined, 'too-dark', undefined, undefined]);
    expect(progress[0]).toEqual({ usable: 0, advice: 'no-face' });
    expect(progress[2]).toEqual({ usable: 1, advice: 'too-dark' });
  });

  it('ends after so many frames whatever they show', async () => {
    expect((await lookAt(['several-faces'], ready())).observations).toHaveLength(6);
  });

  it('ends with the trouble the camera has, and keeps what it saw before', async () => {
    let frames = 0;
    const camera = openCamera((ticket) => {
      if (++frames <= 2) queueMicrotask(() => camera.deliver(frame(ticket)));
    });
    const { observations, trouble } = await lookAt([undefined], camera);
    expect([observations.length, trouble]).toEqual([2, 'camera-lost']);
  });

  it('that was called off sees nothing', async () => {
    expect((await lookAt([undefined], ready(), AbortSignal.abort())).observations).toEqual([]);
  });

  it('fails where the engine fails', async () => {
    const broken = eyesThat(() => Promise.reject(new Error('broken')));
    const signal = new AbortController().signal;
    await expect(look(ready(), broken, { usable: 1, frames: 1, pauseMs: 0, signal })).rejects.toThrow('broken');
  });
});

describe('a rest', () => {
  it('lasts its time, or until it is called off', async () => {
    const controller = new AbortController();
    const order: string[] = [];
    void rest(1_000, controller.signal).then(() => order.push('called off'));
    void rest(300, controller.signal).then(() => order.push('over'));
    await vi.advanceTimersByTimeAsync(300);
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual(['over', 'called off']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no listener behind, however often one rests during an exam', async () => {
    const { signal } = new AbortController();
    for (let n = 0; n < 50; n++) {
      const resting = rest(10, signal);
      await vi.advanceTimersByTimeAsync(10);
      await resting;
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
