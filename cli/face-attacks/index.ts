/** Presentation attacks by species, as whole check-ins: how often each is let in, and what stops it. */
export { EVERY_SPECIES, filmOf, runCampaign } from './campaign.ts';
export { openPlayedCamera } from './played-camera.ts';
export { type Measured, percent, speciesReport } from './report.ts';
export { stripOf } from './strip.ts';
export { readGenuine } from './subjects.ts';
