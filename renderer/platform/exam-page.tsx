import { useCallback, useState } from 'react';
import { type ExamDetails, type ExamRules, examEndpoints, type RulesLook } from '../../contract/platform/exams.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { BlueprintFields } from './blueprint-fields.tsx';
import { usePlatform } from './context.tsx';
import { draftOf, type ExamDraft, marksOf, rulesOf, wordsOf } from './exam-draft.ts';
import { MoreRules, RulesFields } from './exam-fields.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { go } from './route.ts';
import { RulesEffect } from './rules-effect.tsx';
import { momentOf } from './turn-words.ts';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** One exam: its rules, and what it was before. */
export function ExamPage({ id }: { readonly id: string }) {
  return (
    <OfFirm screen="exam" heading="exams.title">
      {(firm) => <OneExam key={id} firm={firm} id={id} />}
    </OfFirm>
  );
}

function OneExam({ firm, id }: { readonly firm: Firm; readonly id: string }) {
  const { t, ask, locale } = usePlatform();
  const load = useCallback(async () => {
    const { data } = ExamId.safeParse(id);
    if (!data) throw new Refusal('no-exam');
    return ask(examEndpoints.read, { params: { firm: firm.id, id: data } });
  }, [ask, firm.id, id]);
  const { value, refused, again } = useLoaded(load);
  const [taken, setTaken] = useState<ExamRules>();
  const mayChange = firm.isOwn && value?.handed === false;
  return (
    <>
      <a href={firm.address('exams')}>{t('exams.all')}</a>
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value && (
        <>
          <div className="head">
            <h2>{inLocale(value.rules.title, locale)}</h2>
            <a href={firm.address('seats', id)}>{t('seats.title')}</a>
          </div>
          {value.handed && <p className="notice">{t('exams.handed')}</p>}
          <RulesForm
            key={`${value.version} ${JSON.stringify(taken)}`}
            {...{ firm, exam: value, mayChange }}
            start={taken ?? value.rules}
            onSaved={() => {
              setTaken(undefined);
              again();
            }}
          />
          <Versions exam={value} onTake={mayChange ? setTaken : undefined} />
        </>
      )}
    </>
  );
}

type RulesFormProps = {
  readonly firm: Firm;
  readonly exam: ExamDetails;
  readonly start: ExamRules;
  readonly mayChange: boolean;
  readonly onSaved: () => void;
};

function RulesForm({ firm, exam, start, mayChange, onSaved }: RulesFormProps) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [draft, setDraft] = useState(() => draftOf(start));
  const [seen, setSeen] = useState<{ readonly rules: ExamRules; readonly look: RulesLook }>();
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const change = (typed: Partial<ExamDraft>) => {
    setDraft((before) => ({ ...before, ...typed }));
    setSeen(undefined);
    setWrong([]);
  };
  const params = { firm: firm.id, id: exam.id };
  const look = () => {
    const read = rulesOf(draft, start.title.zh === draft.title.trim() ? start.title.en : undefined);
    if ('wrong' in read) return setWrong(read.wrong);
    const { rules } = read;
    return run(async () => setSeen({ rules, look: await ask(examEndpoints.look, { params, body: { rules } }) }));
  };
  const save = ({ rules }: { readonly rules: ExamRules }) =>
    run(async () => {
      await ask(examEndpoints.change, { params, body: { version: exam.version, rules } });
      onSaved();
    });
  const saveAsOther = ({ rules }: { readonly rules: ExamRules }) =>
    run(async () => {
      const { id } = await ask(examEndpoints.add, { params, body: { rules } });
      go(firm.address('exam', id));
    });
  return (
    <form
      className="form"
      aria-label={t('exams.rules')}
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <fieldset className="bare part" disabled={!mayChange}>
        <RulesFields draft={draft} marks={marksOf(draft)} onChange={change} />
        <BlueprintFields draft={draft} bank={exam.bank} onChange={change} lacks={seen?.look.lacks ?? []} />
        <MoreRules draft={draft} onChange={change} />
      </fieldset>
      {wrong.length > 0 && (
        <p className="notice warn" role="alert" data-wrong={wrong.join(' ')}>
          {t('exams.wrong', { fields: wordsOf(wrong, t).join(locale === 'zh' ? '、' : ', ') })}
        </p>
      )}
      <Problem {...problem} />
      {mayChange && (
        <div>
          <Button look={seen ? 'secondary' : 'primary'} submits action="look-at-rules" disabled={busy}>
            {t('exams.look')}
          </Button>
        </div>
      )}
      <p role="status">{busy && t('exams.looking')}</p>
      {seen && <RulesEffect {...seen} />}
      {seen && !seen.look.problem && (
        <div className="part">
          <p>{t('exams.from-when')}</p>
          <div className="deeds">
            <Button look="primary" action="save-rules" disabled={busy} onPress={() => save(seen)}>
              {t('exams.save')}
            </Button>
            <Button action="save-as-other" disabled={busy} onPress={() => saveAsOther(seen)}>
              {t('exams.save-as-other')}
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}

type VersionsProps = { readonly exam: ExamDetails; readonly onTake: ((rules: ExamRules) => void) | undefined };

/** What it was before. Taken up again, it is looked at and saved as any other change. */
function Versions({ exam, onTake }: VersionsProps) {
  const { t, locale } = usePlatform();
  return (
    <section className="part" aria-labelledby="versions">
      <h2 id="versions">{t('exams.versions')}</h2>
      <ul className="rows boxed">
        {exam.versions.map(({ version, putAt, current, rules }) => (
          <li key={version} data-version={version}>
            <span>
              {momentOf(putAt, locale)}{' '}
              <small className="muted">
                {t('exams.version', {
                  ...{ minutes: Math.round(rules.durationSeconds / 6) / 10, pass: rules.passMarks },
                  ...{ marks: marksOf(draftOf(rules)), attempts: rules.attempts },
                })}
              </small>
            </span>
            {current ? (
              <span className="badge good">{t('banks.current')}</span>
            ) : (
              onTake && (
                <Button small action="take-version" onPress={() => onTake(rules)}>
                  {t('exams.take')}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
