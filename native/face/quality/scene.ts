import type { Picture } from '../picture/pixels.ts';

const SAMPLES = 1_500;

/** Light and contrast (standard deviation) of the whole picture, from evenly spread pixels. */
export function scene({ pixels }: Picture): { readonly mean: number; readonly contrast: number } {
  const count = pixels.length / 4;
  const step = Math.max(1, Math.floor(count / SAMPLES));
  let [n, sum, squares] = [0, 0, 0];
  for (let at = 0; at < count; at += step) {
    const i = at * 4;
    const grey = 0.299 * (pixels[i] as number) + 0.587 * (pixels[i + 1] as number) + 0.114 * (pixels[i + 2] as number);
    n += 1;
    sum += grey;
    squares += grey * grey;
  }
  const mean = sum / n;
  return { mean, contrast: Math.sqrt(Math.max(squares / n - mean * mean, 0)) };
}
