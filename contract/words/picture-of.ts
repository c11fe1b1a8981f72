import { z } from 'zod';
import { IncidentId } from './ids.ts';

/** What a picture is of: how check-in ended, or an incident. */
export const PictureOf = z.union([z.literal('check-in'), IncidentId]);
export type PictureOf = z.infer<typeof PictureOf>;
