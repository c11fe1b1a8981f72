import type { Picture } from '../../native/face/index.ts';
import { openCamera } from '../../station/watch/index.ts';

/**
 * A station's camera of which the other end is no page: whatever is played is what comes, each picture at the moment it is asked
 * for.
 * @param show nothing where it is over: then nothing comes any more
 */
export function openPlayedCamera(show: () => Promise<Picture | undefined> | Picture | undefined) {
  const camera = openCamera((ticket) => void answer(ticket));
  async function answer(ticket: number): Promise<void> {
    const picture = await show();
    if (!picture) return;
    const { width, height, pixels } = picture;
    // Two pictures of one moment are none of a camera: on a clock that is turned by hand they would be.
    const capturedAt = performance.now() + ticket / 1_000;
    camera.deliver({ ...{ ticket, width, height, capturedAt }, sequence: ticket, pixels: pixels.slice() });
  }
  return camera;
}
