import { z } from 'zod';

/**
 * The schema of records as it was while one schema was for every version, with all it was made of: what it accepted, the
 * frozen ones accept, and nothing else.
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
const [SittingId, IncidentId, ProctorId] = [id<'SittingId'>('si'), id<'IncidentId'>('in'), id<'ProctorId'>('pr')];
const [CommandId, SessionId] = [id<'CommandId'>('cm'), id<'SessionId'>('ss')];
const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();
const Instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>();
const Localized = z.object({ zh: z.string().min(1), en: z.string().min(1).optional() }).readonly();
const CaptureOutcome = z.enum(['match', 'no-face', 'several-faces', 'mismatch', 'not-live', 'uncertain']);
const Typed = z
  .string()
  .max(40)
  .refine((text) => text.isWellFormed());
const Host = z.enum(['kiosk', 'kiosk-unlocked', 'browser']);
type Host = z.infer<typeof Host>;
const Hosts = z
  .array(Host)
  .min(1)
  .refine((hosts) => new Set(hosts).size === hosts.length)
  .readonly();

const WORDS_BEFORE = [
  'card-unreadable',
  'number-malformed',
  'number-checksum',
  'not-on-roster',
  'no-enrolment',
  'no-attempt-left',
  'other-seat',
  'pass-valid',
  'room-too-small',
  'no-exam',
  'host-not-allowed',
  'consent-declined',
  'no-face',
  'several-faces',
  'face-too-small',
  'face-too-close',
  'face-cut-off',
  'face-turned',
  'face-blurred',
  'face-covered',
  'head-tilted',
  'eyes-closed',
  'mouth-open',
  'too-dark',
  'too-bright',
  'light-flat',
  'colour-unnatural',
  'not-live',
  'challenge-late',
  'challenge-wrong',
  'face-changed',
  'mismatch',
  'uncertain',
  'looking-away',
  'phone-seen',
  'photo-unreadable',
  'photos-missing',
  'pairs-unreadable',
  'camera-missing',
  'camera-denied',
  'camera-busy',
  'camera-lost',
  'camera-frozen',
  'camera-covered',
  'camera-unlisted',
  'camera-virtual',
  'feed-looped',
  'reader-missing',
  'reader-lost',
  'models-missing',
  'models-altered',
  'models-failed',
  'download-failed',
  'calibration-unusable',
  'focus-lost',
  'display-added',
  'remote-control',
  'virtual-machine',
  'input-device-added',
  'camera-changed',
  'suspended',
  'debugger-attached',
  'lockdown-failed',
  'lockdown-leftover',
  'electron-other',
  'pin-wrong',
  'pin-wait',
  'pin-locked',
  'pin-taken',
  'second-proctor-needed',
  'badge-unknown',
  'badge-taken',
  'badge-late',
  'code-wrong',
  'code-wait',
  'code-locked',
  'nobody-here',
  'command-expired',
  'command-replayed',
  'station-unknown',
  'moved',
  'rescue-invalid',
  'rescue-foreign',
  'rescue-used',
  'rescue-coming',
  'rescue-taken',
  'begun-elsewhere',
  'sat-twice',
  'not-allowed-now',
  'proctor-decision',
  'station-restarted',
  'screen-lost',
  'time-up',
  'handed-in',
  'candidate-left',
  'not-a-workbook',
  'no-items',
  'bank-too-small',
  'difficulty-unreachable',
  'overlap-too-large',
  'blueprint-unreadable',
  'policy-unreadable',
  'package-invalid',
  'package-foreign',
  'package-older',
  'package-early',
  'package-expired',
  'package-taken',
  'item-unknown',
  'incident-unknown',
  'option-unknown',
  'bad-message',
  'method-unknown',
  'frame-malformed',
  'unauthorised',
  'origin-refused',
  'second-window',
  'address-old',
  'station-running',
  'program-incomplete',
  'key-unreachable',
  'key-missing',
  'data-damaged',
  'data-other-version',
  'data-missing',
  'settings-unreadable',
  'batch-unknown',
  'station-gone',
  'internal',
  'center-down',
  'center-refused',
  'code-unknown',
  'code-used',
  'signature-invalid',
  'center-other',
  'clock-skew',
  'clock-set',
  'batch-invalid',
  'photo-missing',
  'disk-full',
  'disk-readonly',
  'disk-failed',
  'data-locked',
  'picture-missing',
  'evidence-full',
  'picture-unreadable',
  'not-provisioned',
  'center-key-unpinned',
  'already-enrolled',
  'no-administrator',
  'station-not-ready',
  'not-enrolled',
  'certificate-invalid',
  'not-assigned',
  'assignment-old',
  'banks-missing',
  'no-proctors',
  'key-in-file',
  'key-elsewhere',
  'recovery-open',
  'disk-low',
  'disk-slow',
  'camera-unseen',
  'camera-slow',
  'camera-blurred',
  'room-dark',
  'room-bright',
  'recorded-feeds',
  'faces-slow',
  'not-locked',
  'second-display',
  'shell-silent',
  'own-screen',
  'node-old',
  'page-missing',
  'no-kiosk',
  'folder-missing',
  'update-invalid',
  'update-unsigned',
  'update-key-missing',
  'update-foreign',
  'update-older',
  'update-skips',
  'update-early',
  'update-during-exam',
  'update-beside-station',
  'update-not-administrator',
  'update-failed',
  'not-canonical',
  'hash-mismatch',
  'chain-broken',
  'root-mismatch',
  'receipt-invalid',
  'format-unknown',
] as const;
const Reason = z.enum(WORDS_BEFORE);

const IdentifiedBy = z.enum(['card', 'typed', 'enrolled']);

const Identity = z
  .discriminatedUnion('how', [
    z.object({ how: z.literal('verified'), similarity: z.number(), live: z.number(), calibration: z.string() }),
    z.object({ how: z.literal('overridden'), by: ProctorId, note: z.string(), reason: Reason }),
  ])
  .readonly();

const IncidentEntry = z
  .object({ id: IncidentId, reason: Reason, outcome: CaptureOutcome.optional(), at: Instant, paused: z.boolean() })
  .readonly();

const ComparedField = z.enum(['photo', 'name', 'number', 'birth-date']);

const Verdict = z.enum(['confirmed', 'dismissed']);

const [FIRST_ACTIONS, LATER_ACTIONS, LATEST_ACTIONS] = [
  ['overridden', 'unlocked', 'paused', 'resumed', 'submitted', 'closed'],
  ['extended', 'reviewed'],
  ['moved', 'seated'],
] as const;

const Via = z.union([CommandId, SessionId]);

const DecisionEntry = z
  .object({
    action: z.enum([...FIRST_ACTIONS, ...LATER_ACTIONS, ...LATEST_ACTIONS]),
    by: ProctorId,
    at: Instant,
    note: z.string().optional(),
    second: ProctorId.optional(),
    via: Via.optional(),
    compared: z.array(ComparedField).readonly().optional(),
    ms: z.int().min(1).optional(),
    incidentId: IncidentId.optional(),
    verdict: Verdict.optional(),
  })
  .readonly();
type DecisionEntry = z.infer<typeof DecisionEntry>;

const Origin = z
  .strictObject({
    stationId: StationId,
    sittingId: SittingId,
    root: SittingId,
    ledger: z.strictObject({ sequence: z.int().min(1), head: Sha256 }).readonly(),
  })
  .readonly();
type Origin = z.infer<typeof Origin>;

const RECORD_FORMATS = [
  'exam-station/record@1',
  'exam-station/record@2',
  'exam-station/record@3',
  'exam-station/record@4',
  'exam-station/record@5',
  'exam-station/record@6',
] as const;
type RecordFormat = (typeof RECORD_FORMATS)[number];

function recordFormatFor(record: {
  readonly answers: readonly { readonly typed?: string | undefined }[];
  readonly decisions: readonly DecisionEntry[];
  readonly continues?: Origin | undefined;
  readonly hosts?: readonly Host[] | undefined;
}): RecordFormat {
  if (record.hosts) return 'exam-station/record@6';
  const detailed = ({ compared, ms, verdict }: DecisionEntry): boolean => (compared ?? ms ?? verdict) !== undefined;
  if (record.decisions.some(detailed)) return 'exam-station/record@5';
  const latest = ({ action, via }: DecisionEntry): boolean =>
    via !== undefined || LATEST_ACTIONS.some((one) => one === action);
  if (record.continues || record.decisions.some(latest)) return 'exam-station/record@4';
  const later = ({ action, second }: DecisionEntry): boolean =>
    second !== undefined || LATER_ACTIONS.some((one) => one === action);
  if (record.decisions.some(later)) return 'exam-station/record@3';
  return record.answers.some(({ typed }) => typed !== undefined) ? 'exam-station/record@2' : 'exam-station/record@1';
}

const placeOf = (format: RecordFormat): number => RECORD_FORMATS.indexOf(format);

export const RecordBefore = z
  .strictObject({
    format: z.enum(RECORD_FORMATS),
    stationId: StationId,
    tenantId: TenantId,
    sittingId: SittingId,
    candidateId: CandidateId,
    exam: z.strictObject({ id: ExamId, title: Localized, mode: z.enum(['formal', 'mock', 'gate']) }).readonly(),
    form: z
      .strictObject({ bankId: BankId, bankHash: Sha256, blueprintHash: Sha256, seed: z.string(), formHash: Sha256 })
      .readonly(),
    identifiedBy: IdentifiedBy,
    identity: Identity,
    startedAt: Instant,
    submittedAt: Instant,
    cause: z.enum(['handed-in', 'time-up', 'proctor-decision']),
    activeMs: z.int().min(0),
    marks: z.number(),
    fullMarks: z.number(),
    passMarks: z.number(),
    passed: z.boolean(),
    answers: z
      .array(
        z
          .strictObject({
            itemId: ItemId,
            chosen: z.array(OptionId).readonly(),
            typed: Typed.optional(),
            marks: z.number(),
          })
          .readonly(),
      )
      .readonly(),
    incidents: z.array(IncidentEntry).readonly(),
    decisions: z.array(DecisionEntry).readonly(),
    continues: Origin.optional(),
    hosts: Hosts.optional(),
    ledger: z.strictObject({ sequence: z.int().min(1), head: Sha256 }).readonly(),
  })
  .readonly()
  .refine((record) => placeOf(record.format) >= placeOf(recordFormatFor(record)), {
    error: 'it says what its format does not have',
  });
