import type { DecisionEntry, Identity, IncidentEntry, Origin } from '../words/entries.ts';
import type { Host } from '../words/hosts.ts';
import type { GrantId } from '../words/ids.ts';
import type { ReasonCode } from '../words/reasons.ts';
import { ACTIONS_SINCE_3, ACTIONS_SINCE_4 } from './blocks-1-to-7.ts';
import { WORDS_1_TO_6 } from './reasons-1-to-6.ts';

/** From the oldest to the newest: one that is later in this list can say more. */
export const RECORD_FORMATS = [
  'exam-station/record@1',
  'exam-station/record@2',
  'exam-station/record@3',
  'exam-station/record@4',
  'exam-station/record@5',
  'exam-station/record@6',
  'exam-station/record@7',
  'exam-station/record@8',
  'exam-station/record@9',
  'exam-station/record@10',
] as const;
export type RecordFormat = (typeof RECORD_FORMATS)[number];

/** By number: as text, `@10` comes before `@2`. Nothing where it is no record's format, known or not. */
export function recordVersion(format: unknown): number | undefined {
  const number = typeof format === 'string' ? /^exam-station\/record@([1-9]\d{0,8})$/.exec(format)?.[1] : undefined;
  return number === undefined ? undefined : Number(number);
}

/** The format of the first of these records that is newer than any known here. */
export function newerFormatIn(records: unknown): string | undefined {
  if (!Array.isArray(records)) return undefined;
  const formats = records.map((record: unknown) => (record as { format?: unknown } | null)?.format);
  return formats.find((format): format is string => (recordVersion(format) ?? 0) > RECORD_FORMATS.length);
}

/** What decides which format a record needs. */
export type Said = {
  readonly identity: Identity;
  readonly answers: readonly {
    readonly typed?: string | undefined;
    readonly gaps?: readonly string[] | undefined;
    readonly pairs?: readonly object[] | undefined;
  }[];
  readonly incidents: readonly Pick<IncidentEntry, 'reason'>[];
  readonly decisions: readonly DecisionEntry[];
  readonly continues?: Origin | undefined;
  readonly hosts?: readonly Host[] | undefined;
  readonly grant?: GrantId | undefined;
  readonly learning?: object | undefined;
  /** Nothing where it is one of the words that every version has. */
  readonly identifiedBy?: string | undefined;
  readonly document?: string | undefined;
  readonly basis?: object | undefined;
  readonly faces?: object | undefined;
  readonly time?: object | undefined;
  readonly claim?: string | undefined;
};

/**
 * The oldest format that can say all this, so that whoever knows only that one can read it: `@2` has answers that are numbers,
 * `@3` decisions of two proctors, more time, and that incidents were judged, `@4` sittings that began at another station, and
 * words of proctors that came from elsewhere, `@5` what a decision was about: fields compared, time given, which incident,
 * `@6` where it was shown, `@7` any word for a reason, and a grant, `@8` a course that was studied, `@9` how it came
 * about: what judged it, the pictures that were compared, its times, and any word for how somebody was known, `@10` answers that
 * are words in gaps, or pairs.
 */
export function recordFormatFor(record: Said): RecordFormat {
  if (record.answers.some(({ gaps, pairs }) => (gaps ?? pairs) !== undefined)) return 'exam-station/record@10';
  if (saysHow(record)) return 'exam-station/record@9';
  if (record.learning) return 'exam-station/record@8';
  if (record.grant || reasonsOf(record).some((word) => !FIRST_WORDS.has(word))) return 'exam-station/record@7';
  if (record.hosts) return 'exam-station/record@6';
  const detailed = ({ compared, ms, verdict }: DecisionEntry): boolean => (compared ?? ms ?? verdict) !== undefined;
  if (record.decisions.some(detailed)) return 'exam-station/record@5';
  const since4 = ({ action, via }: DecisionEntry): boolean =>
    via !== undefined || ACTIONS_SINCE_4.some((one) => one === action);
  if (record.continues || record.decisions.some(since4)) return 'exam-station/record@4';
  const since3 = ({ action, second }: DecisionEntry): boolean =>
    second !== undefined || ACTIONS_SINCE_3.some((one) => one === action);
  if (record.decisions.some(since3)) return 'exam-station/record@3';
  return record.answers.some(({ typed }) => typed !== undefined) ? 'exam-station/record@2' : 'exam-station/record@1';
}

const FIRST_WAYS: readonly string[] = ['card', 'typed', 'enrolled'];

const saysHow = ({ identifiedBy = 'card', document, basis, faces, time, claim }: Said): boolean =>
  (document ?? basis ?? faces ?? time ?? claim) !== undefined || !FIRST_WAYS.includes(identifiedBy);

const FIRST_WORDS: ReadonlySet<string> = new Set(WORDS_1_TO_6);

/** Every reason that a record gives. */
export const reasonsOf = ({ identity, incidents }: Pick<Said, 'identity' | 'incidents'>): readonly ReasonCode[] => [
  ...(identity.how === 'overridden' ? [identity.reason] : []),
  ...incidents.map(({ reason }) => reason),
];
