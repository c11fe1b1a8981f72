import type { ScreenColour } from '../../../contract/words/light.ts';
import { LIGHT_OF, type Light, lightOf, sharesAt } from '../judge/light-steps.ts';
import type { FaceBox } from '../networks/detector.ts';
import type { Picture } from '../picture/pixels.ts';

/**
 * Pictures as if a screen had shone on them: a simulation. What each pixel gives back is taken for its reflectance under the
 * light that was in the room; the screen adds its own, much to the head, less to the shoulders, little to what is behind. Then
 * a cheap camera looks: noise, a gain and a white balance that follow the picture, and eight bits.
 */
export type Relighting = {
  /** Light of a white screen on the face, over that of the room. */
  readonly screen: number;
  /** Parts of it that reach the head, the body and what is behind. */
  readonly reach: { readonly head: number; readonly body: number; readonly behind: number };
  /** How fast the camera makes the picture as bright and as grey as it was, a picture; 0 where both are fixed. */
  readonly gain: number;
  /** Standard deviation, in grey values. */
  readonly noise: number;
  /** Of the skin, over what it is in the recording. */
  readonly reflectance: number;
  /** From the showing to the picture. */
  readonly lagMs: number;
  /** Light of a window behind, over that of the room. */
  readonly window: number;
};

export const ROOM: Relighting = {
  screen: 0.15,
  reach: { head: 1, body: 0.5, behind: 0.08 },
  gain: 0,
  noise: 2,
  reflectance: 1,
  lagMs: 120,
  window: 0,
};

/** Which of them each pixel is of, by the box of the face: what is behind, the body, the head. */
export type Zones = Uint8Array;
const ZONES = ['behind', 'body', 'head'] as const;

/** All of it is of one zone. */
export const zonesAll = ({ width, height }: Picture, zone: (typeof ZONES)[number]): Zones =>
  new Uint8Array(width * height).fill(ZONES.indexOf(zone));

export function zonesOf({ width, height }: Picture, face: FaceBox): Zones {
  const zones = new Uint8Array(width * height);
  const [x, y] = [face.x + face.width / 2, face.y + face.height * 0.45];
  for (let v = 0; v < height; v++)
    for (let u = 0; u < width; u++) {
      const [p, q] = [(u - x) / (face.width * 0.72), (v - y) / (face.height * 0.75)];
      const below = v - (face.y + face.height * 1.05);
      const isBody = below > 0 && Math.abs(u - x) < face.width * 0.6 + below;
      zones[v * width + u] = p * p + q * q < 1 ? 2 : isBody ? 1 : 0;
    }
  return zones;
}

const asByte = (light: number): number =>
  255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
const NOISE = 8_192;

/**
 * What the screen shines at a moment.
 * @param shown one after the other; what comes later than that moment need not be known yet
 * @param at milliseconds since the first of them
 */
export function shoneAt(shown: readonly ScreenColour[], at: number): Light {
  const shares = sharesAt(at);
  const lights = shown.map(lightOf);
  const channel = (c: 0 | 1 | 2): number => lights.reduce((sum, light, n) => sum + light[c] * (shares[n] as number), 0);
  return [channel(0), channel(1), channel(2)];
}

/**
 * Lights pictures one after the other, as a camera sees them.
 * @param random what noise is drawn with, evenly from 0 to below 1
 */
export function relighting(how: Relighting, random: () => number) {
  const noise = Float32Array.from({ length: NOISE }, () => (random() + random() + random() - 1.5) * 2 * how.noise);
  const gains = [1, 1, 1];

  /** What each value of each channel becomes in each zone. */
  const tablesOf = (shone: Light): Float32Array => {
    const tables = new Float32Array(ZONES.length * 3 * 256);
    for (const [zone, name] of ZONES.entries())
      for (let c = 0; c < 3; c++) {
        const reflectance = name === 'head' ? how.reflectance : 1;
        const light = 1 + how.screen * how.reach[name] * (shone[c] as number) + (name === 'behind' ? how.window : 0);
        for (let value = 0; value < 256; value++)
          tables[(zone * 3 + c) * 256 + value] = asByte(
            Math.min((LIGHT_OF[value] as number) * light * reflectance * (gains[c] as number), 1),
          );
      }
    return tables;
  };
  /**
   * @param shone what the screen shines
   * @param only the pixels that are lit, where nobody looks at the others
   */
  return ({ pixels: from, ...size }: Picture, zones: Zones, shone: Light, only?: readonly number[]): Picture => {
    const tables = tablesOf(shone);
    const pixels = new Uint8Array(from.length);
    const [before, after] = [new Float64Array(3), new Float64Array(3)];
    for (const n of only ?? zones.keys()) {
      const table = (zones[n] as number) * 3;
      const grain = Math.floor(random() * (NOISE - 3));
      for (let c = 0; c < 3; c++) {
        const value = from[4 * n + c] as number;
        const seen = (tables[(table + c) * 256 + value] as number) + (noise[grain + c] as number);
        const byte = Math.min(Math.max(Math.round(seen), 0), 255);
        pixels[4 * n + c] = byte;
        before[c] = (before[c] as number) + (LIGHT_OF[value] as number);
        after[c] = (after[c] as number) + (LIGHT_OF[byte] as number);
      }
      pixels[4 * n + 3] = from[4 * n + 3] as number;
    }
    for (let c = 0; c < 3; c++)
      gains[c] = (gains[c] as number) * ((before[c] as number) / Math.max(after[c] as number, TINY)) ** how.gain;
    return { ...size, pixels };
  };
}

const TINY = 1e-9;
