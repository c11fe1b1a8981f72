import { join, resolve } from 'node:path';

/** Feeds, photos and banks that lie beside the repository: what needs them says so where they are missing. */
export const sharedData = resolve(process.env.EXAM_STATION_DATA ?? join(import.meta.dirname, '../../../shared/data'));
