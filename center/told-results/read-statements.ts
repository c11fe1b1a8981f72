import { z } from 'zod';
import { MOST_TOLD_ROWS } from '../../contract/platform/told-results.ts';
import { parseIdNumber } from '../../contract/words/id-number.ts';
import { instant } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { isWithinReason } from '../../contract/words/within-reason.ts';
import {
  isProblem,
  isText,
  isToldTime,
  marksProblem,
  type Problem,
  type ReadFile,
  type ReadRow,
  type SaidResult,
  type ToldMode,
} from './said.ts';

const ADL = 'http://adlnet.gov/expapi';
const VERBS = {
  [`${ADL}/verbs/passed`]: true,
  [`${ADL}/verbs/failed`]: false,
  [`${ADL}/verbs/completed`]: null,
} as const;
const TYPES: Readonly<Record<string, ToldMode>> = {
  [`${ADL}/activities/assessment`]: 'formal',
  [`${ADL}/activities/course`]: 'learning',
  [`${ADL}/activities/module`]: 'learning',
  [`${ADL}/activities/lesson`]: 'learning',
  'https://w3id.org/xapi/cmi5/activitytype/course': 'learning',
};

const Text = z.string().max(1_000);
const Score = z.strictObject({
  scaled: z.number().min(0).max(1).optional(),
  raw: z.number().optional(),
  min: z.literal(0).optional(),
  max: z.number().optional(),
});
/** As much of xAPI 1.0.3 as a result needs. What a member that is not named here might say of it, nobody would see: it is refused. */
const Statement = z.strictObject({
  id: z.uuid(),
  actor: z.strictObject({
    objectType: z.literal('Agent').optional(),
    name: Text.optional(),
    /** `name` is the ID number. */
    account: z.strictObject({ homePage: Text, name: Text }),
  }),
  verb: z.strictObject({ id: Text, display: z.unknown().optional() }),
  object: z.strictObject({
    objectType: z.literal('Activity').optional(),
    id: Text,
    definition: z.looseObject({ name: z.record(z.string(), Text).optional(), type: Text.optional() }),
  }),
  result: z.strictObject({
    score: Score,
    success: z.boolean().optional(),
    completion: z.boolean().optional(),
    duration: Text.optional(),
  }),
  timestamp: z.iso.datetime({ offset: true }),
  // Where it was said, by whom and in which form: nothing of the result.
  ...{ version: Text.optional(), stored: Text.optional(), authority: z.unknown().optional() },
  context: z.unknown().optional(),
});
type Statement = z.infer<typeof Statement>;

/**
 * Results as xAPI statements: one, a list of them, or what a learning record store answers.
 * @throws Refusal `bad-message` where it is no JSON, or has too many
 */
export function readStatements(bytes: Uint8Array): ReadFile {
  const said = statementsIn(jsonOf(bytes));
  if (said.length > MOST_TOLD_ROWS) throw new Refusal('bad-message', `more than ${MOST_TOLD_ROWS} statements`);
  return { rows: said.map((one, at) => readOne(one, at + 1)), ignored: [] };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isWithinReason(value)) return value;
  } catch {
    // Said below.
  }
  throw new Refusal('bad-message', 'the file is no JSON');
}

function statementsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const several = z.object({ statements: z.array(z.unknown()) }).safeParse(value);
  return several.success ? several.data.statements : [value];
}

const Known = z.object({
  id: z.string().catch(''),
  actor: z.object({ name: z.string().catch('') }).catch({ name: '' }),
});

function readOne(value: unknown, row: number): ReadRow {
  const { data } = Known.safeParse(value);
  const short = (text = '', most: number) => text.toWellFormed().slice(0, most);
  const known = { row, ownId: short(data?.id, 100), name: short(data?.actor.name, 60) };
  const parsed = Statement.safeParse(value);
  if (!parsed.success) return { ...known, problem: 'statement-unclear', detail: placeOf(parsed.error) };
  const said = saidIn(parsed.data);
  return isProblem(said) ? { ...known, ...said } : { ...known, ownId: parsed.data.id.toLowerCase(), said };
}

/** Which member it is that cannot be read. */
function placeOf({ issues: [issue] }: z.ZodError): string {
  const keys = issue?.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : [];
  return [...(issue?.path ?? []), ...keys].join('.').toWellFormed().slice(0, 100);
}

function saidIn({ actor, verb, object, result, timestamp }: Statement): SaidResult | Problem {
  const { name } = actor;
  if (!name) return { problem: 'name-missing' };
  const parsed = parseIdNumber(actor.account.name);
  if (!parsed.ok) return { problem: parsed.reason };
  const exam = titleIn(object.definition.name ?? {});
  if (!exam) return { problem: 'exam-missing', detail: 'object.definition.name' };
  if (!isText(name, 'name') || !isText(exam, 'title')) return { problem: 'text-unclear' };
  const mode = modeOf(object.definition.type);
  if (!mode) return { problem: 'mode-unclear', detail: 'object.definition.type' };
  const passed = passedOf(verb.id, result);
  if (typeof passed === 'object' && passed !== null) return passed;
  const marks = marksOf(result.score);
  if (isProblem(marks)) return marks;
  const at = new Date(timestamp);
  if (!isToldTime(at)) return { problem: 'time-unclear', detail: 'timestamp' };
  const submittedAt = instant(at);
  return { who: { name, number: parsed.id }, exam, examId: null, mode, ...marks, passed, submittedAt };
}

/** Chinese before English, and either before whatever else it is called. */
function titleIn(names: Readonly<Record<string, string>>): string | undefined {
  const of = (pattern: RegExp) => Object.entries(names).find(([language]) => pattern.test(language))?.[1];
  return (of(/^zh(-|$)/i) ?? of(/^en(-|$)/i) ?? Object.values(names)[0])?.trim();
}

const modeOf = (type: string | undefined): ToldMode | undefined =>
  type === undefined ? 'formal' : Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;

/** What the verb says, which the result must not gainsay; of what was completed, what the result says. */
function passedOf(verb: string, { success, completion }: Statement['result']): boolean | null | Problem {
  if (!Object.hasOwn(VERBS, verb)) return { problem: 'verb-unknown', detail: 'verb.id' };
  const passed = VERBS[verb as keyof typeof VERBS];
  const gainsaid = passed === null ? completion === false : success !== undefined && success !== passed;
  if (gainsaid) return { problem: 'contradiction', detail: passed === null ? 'result.completion' : 'result.success' };
  return passed ?? success ?? null;
}

/** Where only a share is said, it is of a hundred. */
function marksOf({ scaled, raw, max }: z.infer<typeof Score>): { marks: number; fullMarks: number } | Problem {
  if (raw === undefined && max === undefined && scaled !== undefined)
    return { marks: Math.round(scaled * 10_000) / 100, fullMarks: 100 };
  if (raw === undefined || max === undefined) return { problem: 'marks-unclear', detail: 'result.score' };
  const problem = marksProblem(raw, max);
  if (problem) return problem;
  // A share is rounded to two digits at the coarsest; of nothing at all, none can be said.
  const isGainsaid = scaled !== undefined && max > 0 && Math.abs(scaled - raw / max) > COARSEST;
  return isGainsaid ? { problem: 'contradiction', detail: 'result.score.scaled' } : { marks: raw, fullMarks: max };
}
const COARSEST = 0.0051;
