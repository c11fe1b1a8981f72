import type { ScreenColour } from '../../../contract/words/light.ts';

/** Red, green and blue as light, 0..1: twice the number is twice the light. */
export type Light = readonly [red: number, green: number, blue: number];

/**
 * What the screen shows: whites, darks and colours that differ in brightness as well. None of them is saturated red as WCAG
 * 2.3.1 has it, which is what harms whoever is sensitive to light.
 */
export const LIGHT_COLOURS = [
  '#ffffff',
  '#ffb84d',
  '#ff7ab0',
  '#9a66ff',
  '#3f6bff',
  '#35c9dd',
  '#3fc46b',
  '#39414f',
] as const satisfies readonly ScreenColour[];

/** How many there are, and how long each stays: two changes a second are far from what flashes (three flashes, six changes). */
export const LIGHT_STEPS = 9;
export const STEP_MS = 500;
/** The screen goes from one to the next within this, so that nothing jumps at whoever sits there. */
export const FADE_MS = 150;
export const LIGHT_MS = LIGHT_STEPS * STEP_MS;

/** Each colour another one than before it. */
export function drawLight(randomBelow: (limit: number) => number): readonly ScreenColour[] {
  const drawn: ScreenColour[] = [];
  while (drawn.length < LIGHT_STEPS) {
    const others = LIGHT_COLOURS.filter((colour) => colour !== drawn.at(-1));
    drawn.push(others[randomBelow(others.length)] as ScreenColour);
  }
  return drawn;
}

const BRIGHTER = 1.055;
const asLight = (byte: number): number =>
  byte <= 0.04045 * 255 ? byte / 255 / 12.92 : ((byte / 255 + BRIGHTER - 1) / BRIGHTER) ** 2.4;

/** What each value of a channel is as light (sRGB). */
export const LIGHT_OF: Float64Array = Float64Array.from({ length: 256 }, (_, byte) => asLight(byte));

export const lightOf = (colour: ScreenColour): Light => {
  const word = Number.parseInt(colour.slice(1), 16);
  return [LIGHT_OF[word >> 16], LIGHT_OF[(word >> 8) & 255], LIGHT_OF[word & 255]] as unknown as Light;
};

/** A colour as its light; what is more than all or less than none is cut off. */
export function colourOf(light: Light): ScreenColour {
  const bytes = light.map((value) => {
    const clear = Math.min(Math.max(value, 0), 1);
    return Math.round(255 * (clear <= 0.0031308 ? 12.92 * clear : BRIGHTER * clear ** (1 / 2.4) - (BRIGHTER - 1)));
  });
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** How much of what shines at a moment since the first colour is of which step; the first and the last last for ever. */
export function sharesAt(at: number): Float64Array {
  const shares = new Float64Array(LIGHT_STEPS);
  const step = Math.min(Math.max(Math.floor(at / STEP_MS), 0), LIGHT_STEPS - 1);
  const part = step === 0 ? 1 : Math.min(Math.max((at - step * STEP_MS) / FADE_MS, 0), 1);
  if (step > 0) shares[step - 1] = 1 - part;
  shares[step] = part;
  return shares;
}
