/** The center as a program: where its parts are joined, and nowhere else. */
export { stderrLogger } from './logger.ts';
export { type CenterOptions, type OpenCenter, openCenter } from './service.ts';
export { readSettings, type Settings, USAGE } from './settings.ts';
