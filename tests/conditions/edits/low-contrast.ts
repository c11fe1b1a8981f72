import { type Edit, mapped } from '../edit.ts';

/** Haze, a greasy lens: only so much of the contrast is left, about a light grey. */
export const lowContrast =
  (left: number): Edit =>
  (picture) =>
    mapped(picture, (value) => VEIL + (value - VEIL) * left);

const VEIL = 150;
