/** The tree of the platform: whose place is where. */
export { idsWithin } from './ids-within.ts';
export { migrations } from './migrations.ts';
export { namePlatform, PLATFORM } from './name-platform.ts';
export { type Place, placesOf } from './places.ts';
