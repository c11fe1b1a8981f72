import { z } from 'zod';
import { SlipPolicy } from './admission-slip.ts';
import { Blueprint } from './blueprint.ts';
import { Course, courseItems } from './course.ts';
import { Hosts } from './hosts.ts';
import { BankId, ExamId } from './ids.ts';
import { Localized } from './localized.ts';

export const CAPTURE_OUTCOMES = ['match', 'no-face', 'several-faces', 'mismatch', 'not-live', 'uncertain'] as const;
export const CaptureOutcome = z.enum(CAPTURE_OUTCOMES);
/** What one capture (a few frames fused) says about who is there. */
export type CaptureOutcome = z.infer<typeof CaptureOutcome>;

/** What active liveness may ask for. Left and right are the person's. */
export const GESTURES = [
  'turn-left',
  'turn-right',
  'blink',
  'open-mouth',
  'turn-left-little',
  'turn-left-far',
  'turn-right-little',
  'turn-right-far',
  'come-closer',
] as const;
export const Gesture = z.enum(GESTURES);
export type Gesture = z.infer<typeof Gesture>;

/**
 * What check-in asks to believe that a face is alive. `passive`: networks that know screens and prints, but take cut-outs
 * and masks for people. `active`: gestures in a random order besides.
 */
export const Liveness = z.enum(['passive', 'active']);
export type Liveness = z.infer<typeof Liveness>;

/**
 * The screen shows colours after the gestures, and the face must give them back. `off`: not asked. `note`: what came of it is
 * written down. `incident`: of a face that did not answer a proctor is told. Nobody is kept from an exam by it.
 */
export const LightPolicy = z.enum(['off', 'note', 'incident']);
export type LightPolicy = z.infer<typeof LightPolicy>;

/**
 * What the station does about a capture that is not a match. Nothing here punishes: `pause` stops the clock until the
 * face is back (`match`) or a proctor decides (`proctor`).
 */
export const IncidentPolicy = z.discriminatedUnion('action', [
  z.object({ action: z.literal('note') }).readonly(),
  z.object({ action: z.literal('incident') }).readonly(),
  z.object({ action: z.literal('pause'), until: z.enum(['match', 'proctor']) }).readonly(),
]);
export type IncidentPolicy = z.infer<typeof IncidentPolicy>;

export const RecapturePolicy = z
  .object({
    /** The next look comes after a time drawn evenly from this range. */
    minSeconds: z.number().positive().max(3600),
    maxSeconds: z.number().positive().max(3600),
    onOutcome: z
      .object({
        'no-face': IncidentPolicy,
        'several-faces': IncidentPolicy,
        mismatch: IncidentPolicy,
        'not-live': IncidentPolicy,
        uncertain: IncidentPolicy,
      })
      .readonly(),
  })
  .readonly()
  .refine((policy) => policy.maxSeconds >= policy.minSeconds, { error: 'maxSeconds is below minSeconds' });
export type RecapturePolicy = z.infer<typeof RecapturePolicy>;

/** What may happen to the machine around a sitting: the kiosk sees it, a proctor decides. */
const AROUND_KIOSK = [
  'focus-lost',
  'display-added',
  'remote-control',
  'virtual-machine',
  'input-device-added',
  'camera-changed',
  'suspended',
  'debugger-attached',
  'clock-set',
  'lockdown-failed',
] as const;
export const AroundKiosk = z.enum(AROUND_KIOSK);
export type AroundKiosk = z.infer<typeof AroundKiosk>;

/** What the camera may see besides who sits there, what may be wrong with the camera itself, and around the kiosk. */
export const WATCHED = [
  'looking-away',
  'eyes-closed',
  'phone-seen',
  'camera-covered',
  'camera-virtual',
  'camera-unmatched',
  'feed-looped',
  ...AROUND_KIOSK,
] as const;
export type Watched = (typeof WATCHED)[number];
const rules = Object.fromEntries(WATCHED.map((what) => [what, IncidentPolicy.optional()])) as {
  readonly [What in Watched]: z.ZodOptional<typeof IncidentPolicy>;
};
/**
 * What is done about each; what it does not name is done as in {@link USUAL_WATCH}. What another version watches is kept, and
 * nothing is done about it.
 */
export const WatchPolicy = z.looseObject(rules).readonly();
export type WatchPolicy = z.infer<typeof WatchPolicy>;

/** A proctor is told; where nothing can be seen the clock stands. Nothing around the kiosk stops a clock by itself. */
const USUAL_WATCH: Readonly<Record<Watched, IncidentPolicy>> = {
  'looking-away': { action: 'incident' },
  'eyes-closed': { action: 'incident' },
  'phone-seen': { action: 'incident' },
  'camera-covered': { action: 'pause', until: 'match' },
  'camera-virtual': { action: 'incident' },
  'camera-unmatched': { action: 'incident' },
  'feed-looped': { action: 'incident' },
  'focus-lost': { action: 'incident' },
  'display-added': { action: 'incident' },
  'remote-control': { action: 'incident' },
  // Many rooms run on them by choice: written down, and nobody is called.
  'virtual-machine': { action: 'note' },
  'input-device-added': { action: 'incident' },
  'camera-changed': { action: 'incident' },
  suspended: { action: 'incident' },
  'debugger-attached': { action: 'incident' },
  'clock-set': { action: 'incident' },
  'lockdown-failed': { action: 'incident' },
};
export const watchRule = ({ watch }: { readonly watch?: WatchPolicy | undefined }, what: Watched): IncidentPolicy =>
  watch?.[what] ?? USUAL_WATCH[what];

/** What a formal exam does unless its policy says otherwise. */
export const USUAL_RECAPTURE: RecapturePolicy = {
  minSeconds: 20,
  maxSeconds: 40,
  onOutcome: {
    'no-face': { action: 'pause', until: 'match' },
    'several-faces': { action: 'incident' },
    mismatch: { action: 'pause', until: 'proctor' },
    'not-live': { action: 'incident' },
    uncertain: { action: 'incident' },
  },
};

export const EvidenceDays = z.int().min(1).max(3_650);
const USUAL_EVIDENCE_DAYS = 90;
export const evidenceDaysOf = ({ evidenceDays }: { readonly evidenceDays?: number | undefined }): number =>
  evidenceDays ?? USUAL_EVIDENCE_DAYS;

export const PassHours = z
  .number()
  .min(0.1)
  .max(24 * 366);
const USUAL_PASS_HOURS = 12;
export const passHoursOf = ({ passHours }: { readonly passHours?: number | undefined }): number =>
  passHours ?? USUAL_PASS_HOURS;

/**
 * Whether a face that checked in without any doubt is compared with too, beside the registered photos: the newest `most` such
 * faces of a person, each for so many days. Where nothing is said, none is.
 */
export const TemplateUpdate = z.union([
  z.literal('off'),
  z.object({ most: z.int().min(1).max(3), days: z.int().min(1).max(365) }).readonly(),
]);
export type TemplateUpdate = z.infer<typeof TemplateUpdate>;
/** How many faces, and for how long. */
export type TemplateRule = Exclude<TemplateUpdate, 'off'>;
export const templateRuleOf = ({
  templateUpdate = 'off',
}: {
  readonly templateUpdate?: TemplateUpdate | undefined;
}): TemplateRule | undefined => (templateUpdate === 'off' ? undefined : templateUpdate);

export const PinDigits = z.int().min(6).max(12);

export const TwoProctors = z.array(z.enum(['override', 'terminate'])).readonly();

/** What a sitting is for. `learning`: a course is studied instead of a paper sat. */
export const ExamMode = z.enum(['formal', 'mock', 'gate', 'learning']);
export type ExamMode = z.infer<typeof ExamMode>;

/** Whether it may also be studied or practised at home, by whoever was invited. Where nothing is said it may not. */
export const HomePolicy = z.literal('allowed');

export const Exam = z
  .object({
    id: ExamId,
    title: Localized,
    mode: ExamMode,
    bankId: BankId,
    blueprint: Blueprint,
    durationSeconds: z
      .int()
      .min(10)
      .max(8 * 3600),
    passMarks: z.number().min(0),
    attempts: z.int().min(1).max(99),
    recapture: RecapturePolicy,
    watch: WatchPolicy.optional(),
    /** At a gate: how many hours nobody is asked again who passed. */
    passHours: PassHours.optional(),
    /** How many days pictures of check-in and incidents are kept. */
    evidenceDays: EvidenceDays.optional(),
    /** What takes two proctors. */
    twoProctors: TwoProctors.optional(),
    /** How many digits the PIN of whoever decides must have; where nothing is said, as in `pinDigitsOf`. */
    pinDigits: PinDigits.optional(),
    /** Where nothing is said, a formal exam is `active` and any other `passive`. */
    liveness: Liveness.optional(),
    /** Where gestures are asked for; where nothing is said, as in `lightPolicyOf`. */
    light: LightPolicy.optional(),
    templateUpdate: TemplateUpdate.optional(),
    /** Where it may be sat; where nothing is said, as in `hostsOf`. */
    hosts: Hosts.optional(),
    /** What is studied. `bankId` is then the bank of its questions, and of them all are asked, each for one mark. */
    course: Course.optional(),
    home: HomePolicy.optional(),
    /** Whether an admission slip that is shown to the camera may stand in for the card. */
    slips: SlipPolicy.optional(),
    /** In practice, in courses and at home: whether right answers are told though an exam that counts may ask the same. */
    revealsKeys: z.boolean().optional(),
  })
  .readonly()
  .refine(({ mode, home }) => home === undefined || mode === 'learning' || mode === 'mock', {
    error: 'home: only a course or a mock exam may be done at home; an exam that counts is sat at a station',
    path: ['home'],
  })
  .refine(({ mode, course }) => (mode === 'learning') === (course !== undefined), {
    error: 'a course is what is learnt, and nothing else is',
  })
  .refine(({ course }) => !course || namesEachOnce(course), { error: 'a lesson or an item is named twice' });
export type Exam = z.infer<typeof Exam>;

function namesEachOnce(course: Course): boolean {
  const [lessons, items] = [course.lessons.map(({ id }) => id), courseItems(course)];
  return new Set(lessons).size === lessons.length && new Set(items).size === items.length;
}

export const livenessOf = ({ liveness, mode }: Pick<Exam, 'liveness' | 'mode'>): Liveness =>
  liveness ?? (mode === 'formal' ? 'active' : 'passive');

/** Only where life must be proven is it asked for. */
export const lightPolicyOf = (exam: Pick<Exam, 'light' | 'liveness' | 'mode'>): LightPolicy =>
  livenessOf(exam) === 'active' ? (exam.light ?? 'incident') : 'off';
