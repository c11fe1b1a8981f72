import { type Edit, ramp, together } from '../edit.ts';
import { aroundFace, placesOn } from '../on-face.ts';
import { lids } from './lids.ts';

/** Between these the face is drawn closer together. */
const [TOP, CHIN] = [-2.2, 2];

/**
 * Looking at the keyboard: eyes, nose and mouth come down and closer to each other, as where a head is lowered, and the lids
 * with them.
 * @param by so far down come the eyes, in distances from the eyes to the mouth
 */
export const lookingDown = (by: number): Edit =>
  together(lids, (picture, face) => {
    if (!face) return picture;
    const { pixelAt } = placesOn(face);
    const { width, height, pixels } = picture;
    const out = pixels.slice();
    aroundFace(picture, face, (at, { u, v }) => {
      if (v <= TOP || v >= CHIN || Math.abs(u) > 2.4) return;
      // Whole in the middle of the face, nothing beside it: what is around stays where it was.
      const down = by * (1 - ramp(Math.abs(u), 1.7, 2.4));
      const from = v < down ? TOP + ((v - TOP) * -TOP) / (down - TOP) : ((v - down) * CHIN) / (CHIN - down);
      const { x, y } = pixelAt({ u, v: from });
      const [column, row] = [Math.round(x), Math.round(y)];
      if (column < 0 || row < 0 || column >= width || row >= height) return;
      const source = (row * width + column) * 4;
      for (let c = 0; c < 3; c++) out[at + c] = pixels[source + c] as number;
    });
    return { width, height, pixels: out };
  });
