import { DRAWN, drawHead } from './drawn-head.ts';

/** The drawn head as a camera would see it, for looking at a screen without a camera. */
export function drawnCamera(): MediaStream {
  const { canvas, pen } = sheet();
  const rounds = Promise.all(Array.from({ length: DRAWN.frames }, (_, at) => drawn(at / DRAWN.frames)));
  void rounds.then((frames) => {
    let at = 0;
    setInterval(() => pen?.drawImage(frames[at++ % frames.length] as HTMLImageElement, 0, 0), 1000 / DRAWN.fps);
  });
  return canvas.captureStream(DRAWN.fps);
}

/** The same head in a picture that stands still, as a photo of an office: JPEG in base64. */
export async function drawnPhoto(): Promise<string> {
  const { canvas, pen } = sheet();
  pen?.drawImage(await drawn(0), 0, 0);
  return canvas.toDataURL('image/jpeg', 0.8).split(',')[1] ?? '';
}

function sheet() {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [DRAWN.width, DRAWN.height];
  return { canvas, pen: canvas.getContext('2d') };
}

async function drawn(part: number): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(drawHead(part))}`;
  await image.decode();
  return image;
}
