import { type Edit, ramp } from '../edit.ts';
import { type FacePlace, onFace } from '../on-face.ts';

/**
 * A cap: its crown over the hair, its brim down to `brim` on the face (the brows are at about -0.45), and the shadow that
 * it throws below.
 */
export const cap = (brim: number, shadow: number): Edit =>
  onFace(() => [
    { colour: [25, 25, 30], cover: (place) => shadow * shadowAt(place, brim) },
    {
      colour: [35, 50, 105],
      cover: ({ u, v }) => Number(v < brim - 0.25) * inside(Math.hypot(u / 2.35, (v + 0.9) / 1.5)),
    },
    { colour: [28, 40, 88], cover: ({ u, v }) => inside(Math.hypot(u / 2.5, (v - brim + 0.22) / 0.24)) },
  ]);

const inside = (distance: number): number => 1 - ramp(distance, 0.94, 1.03);
const shadowAt = ({ u, v }: FacePlace, brim: number): number =>
  v < brim ? 0 : (1 - ramp(v - brim, 0.2, 0.8)) * inside(Math.abs(u) / 2);
