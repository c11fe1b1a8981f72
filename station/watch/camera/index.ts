/** One camera look at a candidate, at check-in or during a sitting. */

export { type Camera, type LentFrame, openCamera } from './camera.ts';
export { type Counted, lookWhileAsking } from './challenge.ts';
export { looksVirtual } from './feed.ts';
export { lookByLight } from './light.ts';
export { look, rest, type Seen, unlessAborted } from './look.ts';
