import { z } from 'zod';
import { SlipPolicy } from '../words/admission-slip.ts';
import { Blueprint } from '../words/blueprint.ts';
import {
  EvidenceDays,
  HomePolicy,
  IncidentPolicy,
  LightPolicy,
  Liveness,
  PassHours,
  PinDigits,
  RecapturePolicy,
  TemplateUpdate,
  TwoProctors,
  WATCHED,
} from '../words/exam.ts';
import { Hosts } from '../words/hosts.ts';
import { ExamId, Instant, Sha256 } from '../words/ids.ts';
import { ItemKind } from '../words/items.ts';
import { Localized } from '../words/localized.ts';
import { ReasonCode } from '../words/reasons.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_PEOPLE, ofFirm, SEE_PEOPLE } from './firms.ts';

/** What is sat, and how: all of it. What is left out is as it usually is. */
export const ExamRules = z
  .strictObject({
    title: Localized,
    mode: z.enum(['formal', 'mock', 'gate']),
    durationSeconds: z
      .int()
      .min(10)
      .max(8 * 3600),
    passMarks: z.number().min(0),
    attempts: z.int().min(1).max(99),
    blueprint: Blueprint,
    recapture: RecapturePolicy,
    /** Nothing where all is done as usual. */
    watch: z.partialRecord(z.enum(WATCHED), IncidentPolicy).optional(),
    liveness: Liveness.optional(),
    light: LightPolicy.optional(),
    templateUpdate: TemplateUpdate.optional(),
    twoProctors: TwoProctors.optional(),
    pinDigits: PinDigits.optional(),
    evidenceDays: EvidenceDays.optional(),
    passHours: PassHours.optional(),
    hosts: Hosts.optional(),
    home: HomePolicy.optional(),
    slips: SlipPolicy.optional(),
    revealsKeys: z.boolean().optional(),
  })
  .readonly();
export type ExamRules = z.infer<typeof ExamRules>;

const LONGEST_TITLE = 100;
const RulesWish = z.strictObject({
  rules: ExamRules.refine(({ title }) => title.zh.trim() !== '' && title.zh.length <= LONGEST_TITLE, {
    error: `a title of at most ${LONGEST_TITLE} letters`,
  }),
});

const ListedExam = z
  .object({
    id: ExamId,
    title: Localized,
    mode: ExamRules.unwrap().shape.mode,
    /** In a form, and in the bank. */
    items: z.int(),
    ofItems: z.int(),
    marks: z.number(),
    passMarks: z.number(),
    durationSeconds: z.int(),
    attempts: z.int(),
  })
  .readonly();
export type ListedExam = z.infer<typeof ListedExam>;

/** How many items of the bank say this of themselves. */
const Counted = z.array(z.object({ name: z.string(), items: z.int() }).readonly()).readonly();
/** What rows of a blueprint may ask for: what its bank has. */
export const BankContents = z
  .object({
    items: z.int(),
    kinds: z.array(z.object({ kind: ItemKind, items: z.int() }).readonly()).readonly(),
    /** Of topics also those above: 用电 has those of 用电/触电. The most frequent first. */
    ...{ topics: Counted, industries: Counted, areas: Counted, categories: Counted },
    /** How many say how difficult they are. */
    withDifficulty: z.int(),
  })
  .readonly();
export type BankContents = z.infer<typeof BankContents>;

export const ExamVersion = z
  .object({ version: Sha256, putAt: Instant, current: z.boolean(), rules: ExamRules })
  .readonly();
export type ExamVersion = z.infer<typeof ExamVersion>;

export const ExamDetails = z
  .object({
    id: ExamId,
    rules: ExamRules,
    /** What a change is made to: whoever saves says which version they saw. */
    version: Sha256,
    /** It was given for a turn, and is changed by whoever gave it. */
    handed: z.boolean(),
    bank: BankContents,
    /** The newest fifty, those that were never put again. */
    versions: z.array(ExamVersion).readonly(),
  })
  .readonly();
export type ExamDetails = z.infer<typeof ExamDetails>;

/** What rows ask for and the bank has not got. Rows count from 1. */
const Lack = z
  .object({
    rows: z.array(z.int()).readonly(),
    missing: z.int(),
    why: z.enum(['items', 'overlapping-rows', 'exposure']),
  })
  .readonly();
/** Forms that were drawn to see what comes of it, as a station draws them. */
const DrawnForms = z
  .object({
    forms: z.int(),
    /** That break a rule. */
    violations: z.int(),
    /** The part of a form that the next one has too. */
    overlap: z.object({ mean: z.number(), max: z.number() }).readonly(),
    /** By pile that rows draw from: in what part of all forms an item was, and the most frequent; how many were in none. */
    piles: z
      .array(
        z
          .object({
            ...{ rows: z.array(z.int()).readonly(), items: z.int(), mean: z.number(), mostOften: z.number() },
            unused: z.int(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export const RulesLook = z
  .object({
    /** Full marks of a form. */
    marks: z.number(),
    lacks: z.array(Lack).readonly(),
    /** Why they cannot be saved. */
    problem: z.object({ reason: ReasonCode, detail: z.string().optional() }).readonly().nullable(),
    drawn: DrawnForms.nullable(),
  })
  .readonly();
export type RulesLook = z.infer<typeof RulesLook>;

const firm = z.object(ofFirm);
const one = z.object({ ...ofFirm, id: ExamId });
const at = '/v1/platform/firms/:firm/exam-rules';

export const examEndpoints = {
  list: endpoint({
    method: 'GET',
    path: at,
    who: SEE_PEOPLE,
    says: 'Exams of a firm, without its courses.',
    params: firm,
    reply: z.object({ exams: z.array(ListedExam).readonly() }).readonly(),
  }),
  read: endpoint({
    method: 'GET',
    path: `${at}/:id`,
    who: SEE_PEOPLE,
    says: 'The rules of an exam, its blueprint, what its bank has, and the versions it was put in.',
    params: one,
    reply: ExamDetails,
  }),
  look: endpoint({
    method: 'POST',
    path: `${at}/:id/look`,
    who: KEEP_PEOPLE,
    says: 'What rules would come to: what the bank lacks for them, and forms drawn by them. Changes nothing.',
    params: one,
    body: RulesWish,
    reply: RulesLook,
  }),
  change: endpoint({
    method: 'PUT',
    path: `${at}/:id`,
    who: KEEP_PEOPLE,
    says: 'Changes the rules of an exam. Who has begun goes on by the former ones; a turn keeps its version.',
    params: one,
    body: RulesWish.extend({ version: Sha256 }),
    reply: z.object({ version: Sha256 }).readonly(),
  }),
  add: endpoint({
    method: 'POST',
    path: `${at}/:id/another`,
    who: KEEP_PEOPLE,
    says: 'Another exam from the bank of this one, with rules of its own.',
    params: one,
    body: RulesWish,
    reply: z.object({ id: ExamId }).readonly(),
  }),
} as const;
