import { z } from 'zod';

/**
 * What records from `@1` to `@7` are made of, frozen: nothing here is ever changed, and nothing living is imported. What a
 * later version says otherwise it says in blocks of its own.
 */
const id = <B extends string>(prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9-]{1,64}$`))
    .brand<B>();

const [TenantId, StationId, CandidateId] = [id<'TenantId'>('tn'), id<'StationId'>('st'), id<'CandidateId'>('cd')];
const [ExamId, BankId, ItemId, OptionId] = [
  id<'ExamId'>('ex'),
  id<'BankId'>('bk'),
  id<'ItemId'>('it'),
  id<'OptionId'>('op'),
];
const [SittingId, CommandId, SessionId] = [id<'SittingId'>('si'), id<'CommandId'>('cm'), id<'SessionId'>('ss')];
export const [ProctorId, IncidentId] = [id<'ProctorId'>('pr'), id<'IncidentId'>('in')];
export const GrantId = id<'GrantId'>('gr');

const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();
export const Instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>();
const Localized = z.object({ zh: z.string().min(1), en: z.string().min(1).optional() }).readonly();

/** What a version does not have. */
export const Absent = z.undefined({ error: 'it says what its format does not have' }).optional();

export const Outcome = z.enum(['match', 'no-face', 'several-faces', 'mismatch', 'not-live', 'uncertain']);
export const ComparedField = z.enum(['photo', 'name', 'number', 'birth-date']);
export const Verdict = z.enum(['confirmed', 'dismissed']);
export const Via = z.union([CommandId, SessionId]);

/** What proctors did from the first records on, and what since. */
export const FIRST_ACTIONS = ['overridden', 'unlocked', 'paused', 'resumed', 'submitted', 'closed'] as const;
export const ACTIONS_SINCE_3 = ['extended', 'reviewed'] as const;
export const ACTIONS_SINCE_4 = ['moved', 'seated'] as const;

/** Of a decision, in every version. */
export const DECIDED = {
  by: ProctorId,
  at: Instant,
  note: z.string().optional(),
  incidentId: IncidentId.optional(),
} as const;

export const Verified = z.object({
  how: z.literal('verified'),
  similarity: z.number(),
  live: z.number(),
  calibration: z.string(),
});

const Chosen = { itemId: ItemId, chosen: z.array(OptionId).readonly(), marks: z.number() } as const;
/** Answers before any was a number, and since. */
export const ChosenAnswers = z.array(z.strictObject({ ...Chosen, typed: Absent }).readonly()).readonly();
const Typed = z
  .string()
  .max(40)
  .refine((text) => text.isWellFormed(), { error: 'half a character' });
export const Answers = z.array(z.strictObject({ ...Chosen, typed: Typed.optional() }).readonly()).readonly();

const LedgerHead = z.strictObject({ sequence: z.int().min(1), head: Sha256 }).readonly();
export const Origin = z
  .strictObject({ stationId: StationId, sittingId: SittingId, root: SittingId, ledger: LedgerHead })
  .readonly();

export const Hosts = z
  .array(z.enum(['kiosk', 'kiosk-unlocked', 'browser']))
  .min(1)
  .refine((hosts) => new Set(hosts).size === hosts.length, { error: 'a host is named twice' })
  .readonly();

/** Of a record, in every version. */
export const RECORDED = {
  stationId: StationId,
  tenantId: TenantId,
  sittingId: SittingId,
  candidateId: CandidateId,
  exam: z.strictObject({ id: ExamId, title: Localized, mode: z.enum(['formal', 'mock', 'gate']) }).readonly(),
  form: z
    .strictObject({ bankId: BankId, bankHash: Sha256, blueprintHash: Sha256, seed: z.string(), formHash: Sha256 })
    .readonly(),
  identifiedBy: z.enum(['card', 'typed', 'enrolled']),
  startedAt: Instant,
  submittedAt: Instant,
  cause: z.enum(['handed-in', 'time-up', 'proctor-decision']),
  /** Time on the exam clock; pauses and outages are not in it. */
  activeMs: z.int().min(0),
  marks: z.number(),
  fullMarks: z.number(),
  passMarks: z.number(),
  passed: z.boolean(),
  /** Ties the record to everything the station wrote down before it. */
  ledger: LedgerHead,
} as const;
