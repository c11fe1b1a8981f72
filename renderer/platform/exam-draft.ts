import { ExamRules } from '../../contract/platform/exams.ts';
import type { BlueprintRow, BlueprintRules } from '../../contract/words/blueprint.ts';
import type { PlatformKey, PlatformTranslate } from '../../messages/platform/index.ts';

/** A number while it is typed: nothing where the field is empty. */
export type Typed = number | undefined;

/** Rules while they are typed. */
export type ExamDraft = Omit<ExamRules, 'title' | 'durationSeconds' | 'passMarks' | 'attempts' | 'blueprint'> & {
  readonly title: string;
  readonly minutes: Typed;
  readonly passMarks: Typed;
  readonly attempts: Typed;
  readonly rows: readonly DraftRow[];
  readonly form: DraftForm;
};

/** @property key of the row on the page, whatever is typed into it */
export type DraftRow = Omit<BlueprintRow, 'count' | 'marks' | 'difficulty'> & {
  readonly key: number;
  readonly count: Typed;
  readonly marks: Typed;
  /** In percent. */
  readonly from: Typed;
  readonly to: Typed;
};

/** What holds for a form as a whole; shares in percent. */
type DraftForm = {
  readonly target: Typed;
  readonly tolerance: Typed;
  readonly maxExposure: Typed;
  readonly maxOverlap: Typed;
  readonly unseenMonths: Typed;
  readonly wholeCases: boolean;
  readonly scoring: 'all-or-nothing' | 'subset';
};

const percent = (share: number | undefined): Typed => (share === undefined ? undefined : Math.round(share * 1e4) / 100);
const share = (typed: Typed): number | undefined => (typed === undefined ? undefined : typed / 100);

export function draftOf({ title, durationSeconds, blueprint, ...rules }: ExamRules): ExamDraft {
  const { difficulty, maxExposure, maxOverlap, unseenMonths, wholeCases = false } = blueprint.rules ?? {};
  return {
    ...rules,
    ...{ title: title.zh, minutes: durationSeconds / 60 },
    rows: blueprint.rows.map(({ difficulty: band, ...row }, key) => ({
      ...row,
      ...{ key, from: percent(band?.from), to: percent(band?.to) },
    })),
    form: {
      ...{ target: percent(difficulty?.target), tolerance: percent(difficulty?.tolerance) },
      ...{ maxExposure: percent(maxExposure), maxOverlap: percent(maxOverlap), unseenMonths, wholeCases },
      scoring: blueprint.scoring ?? 'all-or-nothing',
    },
  };
}

const USUAL_FACES = 2;
type Templates = Pick<ExamDraft, 'templateUpdate'>;
/** How long faces of check-ins are compared with; nothing where none are. How many is kept as it was. */
export const templateDaysOf = ({ templateUpdate = 'off' }: Templates): Typed =>
  templateUpdate === 'off' ? undefined : templateUpdate.days;
export function withTemplateDays({ templateUpdate = 'off' }: Templates, days: Typed): Templates {
  const most = templateUpdate === 'off' ? USUAL_FACES : templateUpdate.most;
  return { templateUpdate: days === undefined ? undefined : { most, days } };
}

/** Full marks of a form, as far as they are typed. */
export const marksOf = ({ rows }: Pick<ExamDraft, 'rows'>): number =>
  rows.reduce((sum, { count = 0, marks = 0 }) => sum + count * marks, 0);

/** Without what says nothing: rules that say nothing are as they usually are. */
const said = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));

/**
 * The rules that were typed, with what belongs to their use only.
 * @param english the English title, which nobody types here
 * @returns nothing where something is missing or out of its range; and which fields
 */
export function rulesOf(
  draft: ExamDraft,
  english: string | undefined,
): { readonly rules: ExamRules } | { readonly wrong: readonly string[] } {
  const { title, minutes, rows, form, home, revealsKeys, passHours, ...rest } = draft;
  const mock = draft.mode === 'mock';
  const { data, error } = ExamRules.safeParse({
    ...said(rest),
    title: said({ zh: title.trim(), en: english }),
    durationSeconds: minutes === undefined ? undefined : Math.round(minutes * 60),
    blueprint: said({
      rows: rows.map(({ key: _, from, to, ...row }) => said({ ...row, difficulty: bandOf(from, to) })),
      rules: formRules(form),
      scoring: form.scoring === 'subset' ? 'subset' : undefined,
    }),
    ...said(mock ? { home, revealsKeys } : {}),
    ...said(draft.mode === 'gate' ? { passHours } : {}),
  });
  if (data) return { rules: data };
  return { wrong: error.issues.map(({ path }) => path.join('.')) };
}

const bandOf = (from: Typed, to: Typed) =>
  from === undefined && to === undefined ? undefined : { from: share(from ?? 0), to: share(to ?? 100) };

function formRules({
  target,
  tolerance,
  maxExposure,
  maxOverlap,
  unseenMonths,
  wholeCases,
}: DraftForm): BlueprintRules | undefined {
  const rules = said({
    difficulty: target === undefined ? undefined : { target: share(target), tolerance: share(tolerance ?? 5) },
    ...{ maxExposure: share(maxExposure), maxOverlap: share(maxOverlap), unseenMonths },
    wholeCases: wholeCases || undefined,
  });
  return Object.keys(rules).length > 0 ? rules : undefined;
}

const WORDS: Readonly<Record<string, PlatformKey>> = {
  ...{ title: 'exams.name', durationSeconds: 'exams.minutes', passMarks: 'exams.pass', attempts: 'exams.attempts' },
  ...{ evidenceDays: 'exams.evidence-days', pinDigits: 'exams.pin-digits', passHours: 'exams.pass-hours' },
  ...{ recapture: 'exams.camera', rules: 'exams.form-rules', templateUpdate: 'exams.template-days' },
  ...{ count: 'exams.count', marks: 'exams.marks', difficulty: 'exams.from' },
};

/** What the fields are called that {@link rulesOf} found wrong, each once. */
export function wordsOf(wrong: readonly string[], t: PlatformTranslate): readonly string[] {
  const words = wrong.map((path) => {
    const [first = '', list, row, field = ''] = path.split('.');
    if (list === 'rows' && row !== undefined)
      return [t('exams.row', { number: Number(row) + 1 }), WORDS[field] && t(WORDS[field])].filter(Boolean).join(' ');
    const key = WORDS[list === 'rules' ? list : first];
    return key ? t(key) : path;
  });
  return [...new Set(words)];
}
