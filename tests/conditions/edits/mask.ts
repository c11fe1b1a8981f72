import { type Edit, type Rgb, ramp } from '../edit.ts';
import { darker, type FacePlace, onFace } from '../on-face.ts';

/** A medical mask: from the bridge of the nose over the cheeks to below the chin, with folds, and its loops to the ears. */
export const mask = (colour: Rgb): Edit =>
  onFace(() => [
    { colour: darker(colour, 0.9), cover: loopsAt },
    { colour: ({ v }) => darker(colour, 0.9 + 0.1 * Math.cos(v * FOLDS)), cover: clothAt },
  ]);

const FOLDS = 14;

const loopsAt = ({ u, v }: FacePlace): number =>
  Math.abs(u) < 2.1 ? 1 - ramp(Math.abs(v - 0.42 + 0.12 * Math.abs(u)), 0.04, 0.08) : 0;

function clothAt({ u, v }: FacePlace): number {
  const top = 0.28 + 0.09 * u * u;
  const side = Math.abs(u) / (1.85 - 0.28 * Math.max(v - 0.9, 0) ** 2);
  const within = Math.abs(u) < 2.1 && v < 2.1 ? 1 - ramp(side, 0.96, 1.03) : 0;
  return ramp(v, top - 0.04, top + 0.04) * (1 - ramp(v, 1.95, 2.05)) * within;
}

export const SURGICAL: Rgb = [150, 190, 205];
export const WHITE: Rgb = [225, 225, 222];
export const BLACK: Rgb = [32, 32, 36];
