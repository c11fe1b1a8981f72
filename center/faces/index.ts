/** The networks that stations enrol people with, as the center looks at photos with them. */
export { loadNetworks, openPhotoGate } from './photo-gate.ts';
