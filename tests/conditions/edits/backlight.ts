import { type Edit, ramp, repainted } from '../edit.ts';

/**
 * A window behind: what is in front is darker, the upper part of the picture bright, most of all on one side, and the lens
 * spreads some of that over everything.
 */
export const backlight =
  (strength: number): Edit =>
  (picture, face) => {
    const { width, height } = picture;
    const shade = 1 - 0.65 * strength;
    return repainted(picture, (out, at, x, y) => {
      const window = ramp(1 - y / height, 0.25, 0.8) * (0.4 + (0.6 * x) / width);
      const inFront = face ? inFrontOf(face, x, y) : 0;
      const lit = window * (1 - inFront) * 230 * strength + 14 * strength;
      for (let c = 0; c < 3; c++) out[at + c] = (out[at + c] as number) * shade + lit;
    });
  };

/** Head and shoulders. */
function inFrontOf(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  u: number,
  v: number,
) {
  const head = Math.hypot((u - x - width / 2) / (width * 0.75), (v - y - height / 2) / (height * 0.75));
  const body = Math.abs(u - x - width / 2) / (width * 1.5);
  return v > y + height * 1.1 ? 1 - ramp(body, 0.9, 1.1) : 1 - ramp(head, 0.95, 1.05);
}
