/**
 * Somebody who makes gestures, made of one picture: a simulation, for measuring. A part of its own, as it runs networks in the
 * thread that asks.
 */
export { openActor } from './actor.ts';
export { calmPictures } from './calm.ts';
export { AT_REST, type Performer, type Pose, readPerformer } from './performer.ts';
