/** Attacks on a camera, made of genuine clips: drawn by rules, picture by picture. A simulation, and no attack that was filmed. */
export { EDITS, type Edit, noisy, shifted } from './effects/edits.ts';
export { sensed } from './effects/sensor.ts';
export { type Clip, type Film, inARow, type Moment, playedOnce, type Subject, toAndFro } from './film.ts';
export { randomFrom } from './random.ts';
export { SPECIES, type Species } from './species.ts';
