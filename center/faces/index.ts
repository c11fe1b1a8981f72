/** The networks that stations enrol people with, as the center looks at photos with them. */
export { type GateParts, loadNetworks, openPhotoGate } from './photo-gate.ts';
