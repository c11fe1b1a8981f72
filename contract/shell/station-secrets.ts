import { z } from 'zod';
import { having, schemasOf } from './settings.ts';

/**
 * What a station is told that nobody else on the machine may read: one JSON line on its standard input, where
 * `EXAM_STATION_SECRETS_STDIN` says that it comes.
 */
export const StationSecrets = z.strictObject(schemasOf(having('stdin'))).readonly();
export type StationSecrets = z.infer<typeof StationSecrets>;
