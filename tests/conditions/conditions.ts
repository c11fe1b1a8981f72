import type { Edit } from './edit.ts';
import { backlight } from './edits/backlight.ts';
import { blur } from './edits/blur.ts';
import { cap } from './edits/cap.ts';
import { cup } from './edits/cup.ts';
import { dust } from './edits/dust.ts';
import { glasses } from './edits/glasses.ts';
import { handAtCheek, handAtChin, handOverEyes, handOverMouth } from './edits/hand.ts';
import { light } from './edits/light.ts';
import { lookingDown } from './edits/looking-down.ts';
import { lowContrast } from './edits/low-contrast.ts';
import { BLACK, mask, SURGICAL, WHITE } from './edits/mask.ts';
import { noise } from './edits/noise.ts';
import { personBehind, type Somebody } from './edits/person-behind.ts';
import { darkSkin } from './edits/skin.ts';
import { yawn } from './edits/yawn.ts';
import type { Told } from './told.ts';

/** A room as it is, or what people do in it. */
export type Condition = {
  readonly name: string;
  readonly edit: Edit;
  /** What is done for a while again and again, and not all the time. */
  readonly spell?: { readonly everyMs: number; readonly lastingMs: number };
  /** What may be told of it, because it is so. */
  readonly honest?: readonly Told[];
};

const seconds = (every: number, lasting: number) => ({
  spell: { everyMs: every * 1_000, lastingMs: lasting * 1_000 },
});
/** Of a sensor that sees mostly itself a proctor is told that there is too little light. */
const NOISE = { honest: ['picture-noisy'] } as const;
/** Whoever cannot be compared, or is not seen at all, is said to be so. */
const COVERED = { honest: ['face-covered', 'uncertain', 'no-face'] } as const;

/** @param somebody who is behind */
export const conditionsWith = (somebody: Somebody): readonly Condition[] => [
  { name: 'as filmed', edit: (picture) => picture },
  { name: 'half the light', edit: light(0.5) },
  { name: 'a fifth of the light', edit: light(0.2) },
  { name: 'twice the light', edit: light(2) },
  { name: 'a window behind, weak', edit: backlight(0.5) },
  { name: 'a window behind, strong', edit: backlight(0.9) },
  { name: 'half the contrast', edit: lowContrast(0.5) },
  { name: 'a third of the contrast', edit: lowContrast(0.33) },
  { name: 'lens blurred by 1 pixel', edit: blur(1) },
  { name: 'lens blurred by 2 pixels', edit: blur(2) },
  { name: '12 spots of dust', edit: dust(12, 30) },
  { name: '30 spots of dust', edit: dust(30, 50) },
  { name: 'noise of 8', edit: noise(8), ...NOISE },
  { name: 'noise of 20', edit: noise(20), ...NOISE },
  { name: 'skin half as light', edit: darkSkin(0.5) },
  { name: 'skin a quarter as light', edit: darkSkin(0.25) },
  { name: 'somebody behind, a fifth as wide', edit: personBehind(somebody, 0.2, 1) },
  { name: 'somebody behind, a third as wide', edit: personBehind(somebody, 0.33, 2) },
  { name: 'glasses that mirror', edit: glasses(0, 0.35) },
  { name: 'dark glasses', edit: glasses(0.85, 0.1), honest: ['face-covered', 'uncertain'] },
  { name: 'a cap', edit: cap(-0.6, 0.2) },
  { name: 'a cap down to the brows', edit: cap(-0.4, 0.6) },
  { name: 'a medical mask', edit: mask(SURGICAL), ...COVERED },
  { name: 'a white mask', edit: mask(WHITE), ...COVERED },
  { name: 'a black mask', edit: mask(BLACK), ...COVERED },
  { name: 'the chin on a hand', edit: handAtChin },
  { name: 'the cheek on a hand', edit: handAtCheek },
  { name: 'a hand over the mouth, 3 s of 15', edit: handOverMouth, ...seconds(15, 3) },
  { name: 'rubbing the eyes, 3 s of 15', edit: handOverEyes, ...seconds(15, 3) },
  { name: 'drinking, 4 s of 20', edit: cup, ...seconds(20, 4) },
  { name: 'yawning, 5 s of 30', edit: yawn, ...seconds(30, 5) },
  { name: 'looking at the keyboard, 8 s of 16', edit: lookingDown(0.5), ...seconds(16, 8) },
];
