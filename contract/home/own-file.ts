import { z } from 'zod';
import { CorrectionCause } from '../records/corrections.ts';
import { SlipCode } from '../words/admission-slip.ts';
import { APPEAL_STATES, AppealWords } from '../words/appeal-words.ts';
import { CertificateNumber } from '../words/certificate-number.ts';
import { Instant, SittingId, TurnId } from '../words/ids.ts';
import { Locale, Localized } from '../words/localized.ts';

/** Of one person alone: exams that are still to come, what they sat, their certificates, and since when they are on the roster. */
export const ownPaths = {
  /** GET {@link OwnFile}. */
  file: '/home/api/own',
  /** POST {@link OwnAppealWish}. */
  appeals: '/home/api/results/:sittingId/appeals',
  /** POST {@link AbsenceWish}. */
  absences: '/home/api/turns/:turnId/absence',
  /** GET {@link OwnSlip}. */
  slip: '/home/api/turns/:turnId/slip',
  /** GET: a verifiable credential, and the same on paper. */
  certificateFile: '/home/api/certificates/:number/certificate.json',
  certificatePaper: '/home/api/certificates/:number/certificate.pdf',
} as const;

/** An exam that somebody is signed up for: when and where. */
export const OwnTurn = z
  .object({
    id: TurnId,
    title: Localized,
    begins: Instant,
    ends: Instant,
    room: z.string(),
    /** `waiting`: they come only where somebody else does not. `cancelled`: nobody comes. */
    standing: z.enum(['coming', 'waiting', 'cancelled']),
    /** What whoever planned it says to those who come. */
    note: z.string(),
    /** Why they said that they cannot come. */
    absence: z.string().nullable(),
    /** Whether they may still say so. */
    mayCancel: z.boolean(),
  })
  .readonly();
export type OwnTurn = z.infer<typeof OwnTurn>;

/** The code of one's own admission slip; nothing where the exam takes none. */
export const OwnSlip = z.object({ code: SlipCode.nullable() }).readonly();

/** That somebody cannot come, and why. */
export const AbsenceWish = z.strictObject({ reason: z.string().trim().min(2).max(200) }).readonly();
export type AbsenceWish = z.infer<typeof AbsenceWish>;

/** That a result was called wrong, and what was made of it; not who decided. */
export const OwnAppeal = z
  .object({
    by: z.enum(['oneself', 'firm']),
    madeAt: Instant,
    state: z.enum(APPEAL_STATES),
    decided: z.object({ at: Instant, note: z.string() }).readonly().nullable(),
  })
  .readonly();
export type OwnAppeal = z.infer<typeof OwnAppeal>;

/** How a result counts since, as the center signed it. */
export const OwnCorrection = z
  .object({ marks: z.number(), passed: z.boolean(), cause: CorrectionCause, at: Instant })
  .readonly();
export type OwnCorrection = z.infer<typeof OwnCorrection>;

export const OwnResult = z
  .object({
    sittingId: SittingId,
    title: Localized,
    mode: z.enum(['formal', 'mock', 'gate']),
    submittedAt: Instant,
    /** As the station marked it. */
    marks: z.number(),
    fullMarks: z.number(),
    passMarks: z.number(),
    /** As it counts by now. */
    passed: z.boolean(),
    /** Somebody may have still to decide on it, or have decided that it does not count. */
    standing: z.enum(['counts', 'disputed', 'void']),
    correction: OwnCorrection.nullable(),
    /** What happened meanwhile, each by its reason. */
    incidents: z.array(z.string()).readonly(),
    /** The newest first. */
    appeals: z.array(OwnAppeal).readonly(),
  })
  .readonly();
export type OwnResult = z.infer<typeof OwnResult>;

export const OwnCertificate = z
  .object({
    number: CertificateNumber,
    title: Localized,
    passedAt: Instant,
    expiresAt: Instant.nullable(),
    standing: z.enum(['valid', 'suspended', 'revoked', 'expired']),
  })
  .readonly();
export type OwnCertificate = z.infer<typeof OwnCertificate>;

export const OwnFile = z
  .object({
    name: z.string(),
    firm: z.string(),
    /** The last four of the ID number. */
    ending: z.string().max(4),
    /** Since when, and until when, they were on this roster; days. */
    memberships: z.array(z.object({ from: z.string().nullable(), until: z.string().nullable() }).readonly()).readonly(),
    /** Those that are still to come, the next one first. */
    turns: z.array(OwnTurn).readonly(),
    /** The newest first. */
    results: z.array(OwnResult).readonly(),
    certificates: z.array(OwnCertificate).readonly(),
    /** The center's address as everybody reaches it, where it has one. */
    center: z.string().nullable(),
  })
  .readonly();
export type OwnFile = z.infer<typeof OwnFile>;

/** An appeal, and the language in which whoever decides reads its ground: that of whoever makes it. */
export const OwnAppealWish = z.strictObject({ words: AppealWords, locale: Locale }).readonly();
export type OwnAppealWish = z.infer<typeof OwnAppealWish>;
