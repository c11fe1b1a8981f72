import { type Edit, ramp } from '../edit.ts';
import { aroundFace } from '../on-face.ts';

/**
 * Darker skin: what the face reflects is scaled, blue more than green and green more than red, as melanin does; eyes, teeth
 * and brows are left to the same scale, which is more than they would lose.
 */
export const darkSkin =
  (reflectance: number): Edit =>
  (picture, face) => {
    if (!face) return picture;
    const out = new Uint8ClampedArray(picture.pixels);
    const scales = [reflectance ** 0.8, reflectance, reflectance ** 1.15];
    aroundFace(picture, face, (at, { u, v }) => {
      // The oval of the face, and the neck.
      const oval = Math.hypot(u / 2.3, (v - 0.3) / 1.75);
      const neck = v > 1.2 && v < 3 ? Math.abs(u) / 1.3 : 2;
      const part = 1 - ramp(Math.min(oval, neck), 0.85, 1.1);
      if (part === 0) return;
      for (let c = 0; c < 3; c++)
        out[at + c] = (out[at + c] as number) * (1 - part + part * (scales[c] as number) ** (1 / 2.2));
    });
    return { ...picture, pixels: new Uint8Array(out.buffer) };
  };
