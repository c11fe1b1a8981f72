/** Lets no film and no sound go on in a window and in those inside of it. What cannot be reached goes on. */
export function standStill(window: Window | null): void {
  if (!window) return;
  try {
    for (const media of window.document.querySelectorAll<HTMLMediaElement>('video, audio')) media.pause();
    for (let at = 0; at < window.frames.length; at++) standStill(window.frames[at] ?? null);
  } catch {
    // A frame of another origin.
  }
}
