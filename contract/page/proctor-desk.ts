import { z } from 'zod';
import { IdentifiedBy } from '../words/entries.ts';
import { Gesture } from '../words/exam.ts';
import { DOCUMENT_KINDS } from '../words/id-number.ts';
import { DeskId } from '../words/ids.ts';
import { LightAnswer } from '../words/light.ts';
import { Reason } from '../words/reasons.ts';
import { SeatLabel } from '../words/seat-label.ts';

/** What a proctor comes for: whoever is at this seat, or the terminal itself. */
export const DeskAbout = z.enum(['seat', 'terminal']);
export type DeskAbout = z.infer<typeof DeskAbout>;

/** An open desk closes by itself: so long after it was last used, and so long after it was opened whatever is done. */
export const DESK_LIMITS = { unusedMs: 60_000, longestMs: 600_000 } as const;

/**
 * What a similarity means, by the calibration: the share of looks of the right people that lie below it, and of strangers' at or
 * above it. By rising similarities.
 */
const ScoreShares = z.object({ at: z.number(), genuineBelow: z.number(), strangersFrom: z.number() }).readonly();

/**
 * What the last look measured, and against what: for a proctor's eyes only, as it would tell an attacker how near he came.
 * No similarity and no liveness where no frame could be compared.
 */
export const Scores = z
  .object({
    similarity: z.number().optional(),
    live: z.number().optional(),
    /** Whether the face answered the light of the screen, where that was asked. */
    light: LightAnswer.optional(),
    /** What was asked for, in its order, and whether it was done. */
    challenge: z
      .object({ gestures: z.array(Gesture).readonly(), passed: z.boolean() })
      .readonly()
      .optional(),
    thresholds: z.object({ accept: z.number(), refuseBelow: z.number(), live: z.number() }).readonly(),
    /** Nothing where the calibration does not say. */
    curve: z.array(ScoreShares).readonly().optional(),
  })
  .readonly();
export type Scores = z.infer<typeof Scores>;

/** What the chip of a card said: the plastic around it can be printed by anybody. */
export const ChipSaid = z
  .object({
    name: z.string(),
    number: z.string(),
    birthDate: z.iso.date(),
    validFrom: z.iso.date(),
    /** The last day. */
    validTo: z.union([z.iso.date(), z.literal('long-term')]),
    /** What of it speaks against its being the card of whoever is on the roster. */
    doubts: z.array(Reason).readonly(),
  })
  .readonly();
export type ChipSaid = z.infer<typeof ChipSaid>;

/** What a proctor holds against the person and the document: in full, and never in the view, which everybody reads. */
export const Dossier = z
  .object({
    person: z
      .object({
        name: z.string(),
        /** Empty for a visitor. */
        number: z.string(),
        birthDate: z.iso.date().optional(),
        identifiedBy: IdentifiedBy,
        /** Of which document the number is. */
        document: z.enum(DOCUMENT_KINDS).optional(),
        seat: SeatLabel.optional(),
        chip: ChipSaid.optional(),
        /** Of their exam; the one that goes on now is not used up yet. */
        attempts: z.object({ used: z.int(), of: z.int() }).readonly().optional(),
      })
      .readonly()
      .optional(),
    /** Only of somebody who sits here. */
    scores: Scores.optional(),
  })
  .readonly();
export type Dossier = z.infer<typeof Dossier>;

/** Faces of the last look, in the order in which they were taken: as it was compared, and as each gesture was made. */
export const SeenFace = z
  .object({
    of: z.union([z.literal('rest'), Gesture]),
    /** The gesture was not made, or something else was seen. */
    failed: z.boolean(),
    /** What could be better about the picture. */
    notes: z.array(Reason).readonly(),
    /** A JPEG. */
    base64: z.base64(),
  })
  .readonly();
export type SeenFace = z.infer<typeof SeenFace>;

export const OpenedDesk = z
  .object({
    desk: DeskId,
    /** Whose it is. */
    name: z.string(),
  })
  .readonly();
export type OpenedDesk = z.infer<typeof OpenedDesk>;
