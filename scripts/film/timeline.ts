/** What was seen, said and touched while a film was taken; times are milliseconds from its beginning. */
export type Taken = {
  readonly pictures: readonly { readonly atMs: number; readonly file: string }[];
  readonly captions: readonly { readonly atMs: number; readonly text: string }[];
  readonly touches: readonly Touch[];
  readonly endMs: number;
};
type Touch = { readonly atMs: number; readonly x: number; readonly y: number };

/** One picture of the film. */
export type Shown = {
  readonly atMs: number;
  readonly file: string;
  readonly caption: string;
  /** Where a finger is, and how long it has been there, from 0 to 1. */
  readonly touch: { readonly x: number; readonly y: number; readonly part: number } | undefined;
};

export const TICK_MS = 80;
export const TOUCH_MS = 640;
/** A picture that does not change is shown again, as some players wait for the next one. */
const STILL_MS = 1_000;

/** What is shown when; a moment at which nothing changed has no picture. */
export function timeline({ pictures, captions, touches, endMs }: Taken): readonly Shown[] {
  const shown: Shown[] = [];
  for (let atMs = pictures[0]?.atMs ?? endMs; atMs < endMs; atMs += TICK_MS) {
    const file = pictures.findLast((one) => one.atMs <= atMs)?.file ?? '';
    const caption = captions.findLast((one) => one.atMs <= atMs)?.text ?? '';
    const touch = touchAt(touches, atMs);
    const last = shown.at(-1);
    const same = last?.file === file && last.caption === caption && !touch && !last.touch;
    if (!last || !same || atMs - last.atMs >= STILL_MS) shown.push({ atMs, file, caption, touch });
  }
  return shown;
}

function touchAt(touches: readonly Touch[], atMs: number): Shown['touch'] {
  const found = touches.findLast((one) => one.atMs <= atMs && atMs < one.atMs + TOUCH_MS);
  return found && { x: found.x, y: found.y, part: (atMs - found.atMs) / TOUCH_MS };
}
