import { type Edit, ramp, together } from '../edit.ts';
import { darker, onFace, skinOf } from '../on-face.ts';

/** Drinking: a cup before mouth and nose, and the hand that holds it at its side. */
export const cup: Edit = together(
  onFace((picture, face) => {
    const skin = skinOf(picture, face);
    return [
      {
        colour: darker(skin, 0.85),
        cover: ({ u, v }) => 1 - ramp(Math.hypot((u - 1.05) / 0.6, (v - 1.4) / 0.8), 0.92, 1.03),
      },
    ];
  }),
  onFace(() => [
    {
      colour: ({ u }) => darker([228, 226, 220], 0.75 + 0.25 * Math.cos(u)),
      cover: ({ u, v }) =>
        ramp(v, 0.5, 0.56) * (1 - ramp(v, 2.1, 2.2)) * (1 - ramp(Math.abs(u) / (1.05 - 0.12 * v), 0.96, 1.04)),
    },
  ]),
);
