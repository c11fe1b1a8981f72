import { type Edit, ramp } from '../edit.ts';
import { darker, onFace, skinOf } from '../on-face.ts';

/** Eyes shut: lids of the colour of the skin over both, and the line of the lashes below. */
export const lids: Edit = onFace((picture, face) => {
  const skin = skinOf(picture, face);
  const fromEye = (u: number, v: number): number => Math.hypot((Math.abs(u) - 1) / 0.58, (v - 0.02) / 0.24);
  return [
    { colour: ({ v }) => darker(skin, 0.93 + 0.2 * v), cover: ({ u, v }) => 1 - ramp(fromEye(u, v), 0.75, 1.05) },
    {
      colour: darker(skin, 0.3),
      cover: ({ u, v }) => {
        const along = (Math.abs(u) - 1) / 0.5;
        const line = 0.13 - 0.06 * along * along;
        return Math.abs(along) < 1 ? 0.85 * (1 - ramp(Math.abs(v - line), 0.02, 0.06)) : 0;
      },
    },
  ];
});
