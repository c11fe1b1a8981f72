import { type Edit, ramp, together } from '../edit.ts';
import { onFace } from '../on-face.ts';
import { lids } from './lids.ts';

/** A yawn: the mouth wide open and dark, the eyes shut. */
export const yawn: Edit = together(
  lids,
  onFace(() => [
    { colour: [150, 80, 80], cover: ({ u, v }) => 1 - ramp(Math.hypot(u / 0.72, (v - 1.2) / 0.62), 0.92, 1.05) },
    { colour: [45, 18, 20], cover: ({ u, v }) => 1 - ramp(Math.hypot(u / 0.58, (v - 1.2) / 0.5), 0.9, 1.05) },
  ]),
);
