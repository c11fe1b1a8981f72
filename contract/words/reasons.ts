import { z } from 'zod';

/** What the center alone says, on its own pages and to programs: no station hears it, and none carries the words for it. */
export const CENTER_REASONS = [
  'organisation-unknown',
  'organisation-there',
  'organisation-misplaced',
  'organisation-settled',
  'turn-unknown',
  'turn-settled',
  'exam-other',
  'exam-changed',
  'registration-unknown',
  'job-unknown',
  'hook-unknown',
  'hook-address-refused',
  'sector-unknown',
  'login-wrong',
  'factor-wrong',
  'ticket-over',
  'log-in-again',
  'login-taken',
  'password-easy',
  'secret-unknown',
  'passkey-refused',
  'role-beyond',
  'roles-none',
  'account-unknown',
  'set-up-wrong',
  'set-up-over',
  'oidc-refused',
  'appeal-open',
  'appeal-settled',
  'person-unknown',
  'person-erased',
  'person-sitting',
  'person-appeals',
  'person-disputed',
  'person-certified',
  'retention-looser',
  'result-unknown',
  'bank-upload-unknown',
  'bank-upload-unread',
  'bank-upload-changed',
  'bank-row-moved',
  'bank-uploads-many',
  'bank-file-size',
  'told-import-unknown',
  'told-import-withdrawn',
  'center-key-unknown',
  'center-key-taken',
  'center-key-ours',
  'certificate-unknown',
  'certificate-revoked',
  'certificate-suspended',
  'certificate-expired',
  'certificate-not-theirs',
  'status-list-other',
  'roster-changed',
  'candidate-other',
  'photos-many',
  'photo-unusable',
  'schedule-unknown',
  'folder-unusable',
  'mail-missing',
  'mail-failed',
  // A station tells the center these of a wish, and shows them to nobody.
  'evidence-expired',
  'evidence-foreign',
  'evidence-unknown',
  'inspector-key-missing',
] as const;
export type CenterReason = (typeof CENTER_REASONS)[number];

/**
 * Every way in which this product says no, waits or warns. One list, so that a screen, a log line, a ledger event and an
 * inspector's report all use the same word; the sentences for people are in `messages/`.
 */
export const REASONS = [
  ...CENTER_REASONS,
  // identifying
  'card-unreadable',
  'number-malformed',
  'number-checksum',
  'number-kind-unclear',
  'card-name-differs',
  'card-name-unsure',
  'card-birth-differs',
  'card-expired',
  'card-not-yet-valid',
  'not-on-roster',
  'no-enrolment',
  'no-attempt-left',
  'other-seat',
  'pass-valid',
  'room-too-small',
  'no-exam',
  'host-not-allowed',
  // consent
  'consent-declined',
  // looking at a face
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
  // devices
  'camera-missing',
  'camera-denied',
  'camera-busy',
  'camera-lost',
  'camera-frozen',
  'camera-covered',
  'camera-unlisted',
  'camera-virtual',
  'camera-unmatched',
  'feed-looped',
  'light-unanswered',
  'light-everywhere',
  'light-weak',
  'light-unsteady',
  'light-too-few',
  'reader-missing',
  'reader-lost',
  'models-missing',
  'models-altered',
  'models-failed',
  'download-failed',
  'calibration-unusable',
  // the machine around the kiosk
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
  // proctoring
  'pin-wrong',
  'pin-wait',
  'pin-locked',
  'pin-taken',
  'pin-by-proctor',
  'pin-easy',
  'pin-short',
  'badge-by-proctor',
  'proctor-unknown',
  'proctor-code-unknown',
  'second-proctor-needed',
  'badge-unknown',
  'badge-taken',
  'badge-late',
  'desk-closed',
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
  'sits-elsewhere',
  'not-allowed-now',
  'proctor-decision',
  'station-restarted',
  'screen-lost',
  'time-up',
  'handed-in',
  'candidate-left',
  // items
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
  'lesson-unknown',
  'media-missing',
  // at home
  'not-at-home',
  'invitation-unknown',
  'mocks-too-many',
  // wire
  'bad-message',
  'method-unknown',
  'frame-malformed',
  'unauthorised',
  'try-later',
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
  // center
  'center-down',
  'center-unheard',
  'center-refused',
  'center-busy',
  'code-unknown',
  'code-used',
  'code-expired',
  'key-weak',
  'key-unproven',
  'station-revoked',
  'station-key-old',
  'signature-invalid',
  'center-other',
  'center-certificate-other',
  'center-plain',
  'center-plain-allowed',
  'clock-skew',
  'clock-set',
  'clock-behind',
  'time-contradicted',
  'record-late',
  'ledger-broken',
  'ledger-rewritten',
  'batch-invalid',
  'results-refused',
  'photo-missing',
  'disk-full',
  'disk-readonly',
  'disk-failed',
  'data-locked',
  'picture-missing',
  'evidence-full',
  'picture-unreadable',
  'media-type-unknown',
  'media-too-large',
  'course-unreadable',
  // provisioning
  'not-provisioned',
  'center-key-unpinned',
  'already-enrolled',
  'no-administrator',
  // readiness
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
  // updating
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
  // proof
  'not-canonical',
  'hash-mismatch',
  'chain-broken',
  'root-mismatch',
  'receipt-invalid',
  'format-unknown',
  'statement-unclear',
  'sitting-repeated',
  'answer-repeated',
  'marks-inconsistent',
  'passed-inconsistent',
  'study-inconsistent',
  'times-inconsistent',
  'equivocation',
  'grant-missing',
  'grant-invalid',
  // the log
  'log-empty',
  'log-shorter',
  'log-restored',
  'log-forked',
  'log-time',
  'log-unproven',
  'log-invalid',
  'center-key-ended',
  'center-key-revoked',
  'issuing-key-missing',
  'not-logged',
  'witnesses-missing',
  // the center's database
  'database-away',
  'database-busy',
  // where it keeps films, photos and files
  'objects-away',
] as const;

export const Reason = z.enum(REASONS);
export type Reason = z.infer<typeof Reason>;

/**
 * A reason as another program wrote it: perhaps one that only a later version has. What this program writes is a
 * {@link Reason}; an unknown word is no `ReasonCode` until it was read as one.
 */
export type ReasonCode = Reason | (string & z.$brand<'ReasonCode'>);
export const ReasonCode = z.custom<ReasonCode>(
  (word) => typeof word === 'string' && word.length <= 64 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(word),
  { error: 'no code for a reason' },
);

const KNOWN: ReadonlySet<string> = new Set(REASONS);
export const isKnown = (code: ReasonCode): code is Reason => KNOWN.has(code);

/** A refusal a person must act on: a value where callers handle it, an exception only to cross a boundary. */
export class Refusal extends Error {
  readonly reason: Reason;
  readonly detail: string | undefined;
  constructor(reason: Reason, detail?: string) {
    super(detail ? `${reason}: ${detail}` : reason);
    this.name = 'Refusal';
    this.reason = reason;
    this.detail = detail;
  }
}

/** Too soon after wrong tries: when it may be tried again is said. */
export class TryLater extends Refusal {
  readonly seconds: number;
  constructor(seconds: number) {
    super('try-later', `in ${seconds} s`);
    this.seconds = seconds;
  }
}

/** More than can be done now: nothing of it was done, and when to come again is said. */
export class Busy extends Refusal {
  readonly seconds: number;
  constructor(seconds: number) {
    super('center-busy', `in ${seconds} s`);
    this.seconds = seconds;
  }
}

/** What another program refused, as far as this one has the word; else the word is the detail. */
export const refusalOf = (code: ReasonCode, detail?: string, otherwise: Reason = 'internal'): Refusal =>
  isKnown(code) ? new Refusal(code, detail) : new Refusal(otherwise, detail ? `${code}: ${detail}` : code);

/** For the end of a `switch` over a union: a new member that nobody handles does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unhandled: ${JSON.stringify(value)}`);
}
