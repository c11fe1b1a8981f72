/**
 * Somebody who makes gestures and is lit by a screen, made of one picture: a simulation, for measuring. A part of its own, as it
 * runs networks in the thread that asks.
 */
export type { Light } from '../judge/light-steps.ts';
export { openActor } from './actor.ts';
export { calmPictures } from './calm.ts';
export { AT_REST, type Performer, type Pose, readPerformer } from './performer.ts';
export { ROOM, relighting, shoneAt, zonesAll, zonesOf } from './relighting.ts';
