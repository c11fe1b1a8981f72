import { type Edit, ramp } from '../edit.ts';
import { type FacePlace, onFace } from '../on-face.ts';

/**
 * Glasses: dark rims around each eye, a bridge and the temples.
 * @param tint how dark the lenses are; @param glare how much of a bright window each mirrors
 */
export const glasses = (tint: number, glare: number): Edit =>
  onFace(() => [
    { colour: [30, 35, 30], cover: (place) => tint * (1 - ramp(fromLens(place), 0.9, 1)) },
    {
      colour: [235, 240, 245],
      cover: (place) =>
        glare * (1 - ramp(fromLens(place), 0.8, 0.9)) * ramp(Math.sin(place.u * 5 + place.v * 4), 0.3, 0.6),
    },
    { colour: [28, 24, 24], cover: (place) => (1 - ramp(Math.abs(fromLens(place) - 1), 0.07, 0.13)) * 0.95 },
    { colour: [28, 24, 24], cover: ({ u, v }) => Number(Math.abs(u) < 0.28) * (1 - ramp(Math.abs(v), 0.04, 0.08)) },
    {
      colour: [28, 24, 24],
      cover: ({ u, v }) => Number(Math.abs(u) > 1.7 && Math.abs(u) < 2.1) * (1 - ramp(Math.abs(v + 0.05), 0.04, 0.08)),
    },
  ]);

/** 1 on the rim of the nearer lens. */
const fromLens = ({ u, v }: FacePlace): number => Math.hypot((Math.abs(u) - 1) / 0.72, (v - 0.05) / 0.4);
