import type { OwnAppeal, OwnResult } from '../../contract/home/own-file.ts';
import type { SittingId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Icon } from '../design/icons.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { AppealForm } from './appeal-form.tsx';
import { Facts } from './facts.tsx';
import { useHome } from './home-context.tsx';
import { Loading } from './loading.tsx';
import { ResultStanding } from './own-standings.tsx';
import { useOwnWords } from './own-words.ts';

/** One's own result, what was made of it since, and the way to say that it is wrong. */
export function ResultPage({ sittingId }: { readonly sittingId: SittingId }) {
  const { own } = useHome();
  const { value, refused, again } = useLoaded(own);
  const result = value?.results.find((one) => one.sittingId === sittingId);
  if (!result) return <Loading refused={value ? 'no-exam' : refused} />;
  return <Result result={result} onAppealed={again} />;
}

function Result({ result, onAppealed }: { readonly result: OwnResult; readonly onAppealed: () => void }) {
  const { locale } = usePage();
  const { w, moment, day, happened } = useOwnWords();
  const { title, mode, submittedAt, marks, fullMarks, passMarks, passed, standing, correction, incidents } = result;
  const good = passed && standing === 'counts';
  return (
    <Main screen="result" className="home-page narrow">
      <p className="over">{w(`own.mode.${mode}`)}</p>
      <h1>{inLocale(title, locale)}</h1>
      <div className={good ? 'outcome passed' : 'outcome'}>
        <Icon name={good ? 'check' : 'info'} />
        <p className="marks">{w('own.marks', { marks: correction?.marks ?? marks })}</p>
        <p>{w('own.of', { full: fullMarks, pass: passMarks })}</p>
        <ResultStanding result={result} />
      </div>
      {correction && (
        <p className="notice info" data-corrected={correction.marks}>
          <span>
            {w('own.corrected-says', { day: day(correction.at), before: marks, after: correction.marks })}{' '}
            {w(`own.cause.${correction.cause}`)}
          </span>
        </p>
      )}
      <Facts
        of={[
          [
            w('own.handed-in'),
            <time key="at" dateTime={submittedAt}>
              {moment(submittedAt)}
            </time>,
          ],
          [
            w('own.incidents'),
            incidents.length === 0
              ? w('own.no-incidents')
              : incidents.map(happened).join(locale === 'zh' ? '；' : '; '),
          ],
        ]}
      />
      <Appeals result={result} onAppealed={onAppealed} />
    </Main>
  );
}

function Appeals({ result, onAppealed }: { readonly result: OwnResult; readonly onAppealed: () => void }) {
  const { w } = useOwnWords();
  const { appeals, sittingId, correction } = result;
  return (
    <section aria-labelledby="appeal">
      <h2 id="appeal">{w('appeal.title')}</h2>
      <div role="status" className="appeals">
        {appeals.map((one) => (
          <AppealNote key={one.madeAt} appeal={one} marks={correction?.marks} />
        ))}
      </div>
      {appeals.some(({ state }) => state === 'open') ? (
        <p className="muted">{w('appeal.how')}</p>
      ) : (
        <AppealForm sittingId={sittingId} onAppealed={onAppealed} />
      )}
    </section>
  );
}

const LOOKS = { open: 'warn', upheld: 'good', rejected: 'bad' } as const;

function AppealNote({ appeal, marks }: { readonly appeal: OwnAppeal; readonly marks: number | undefined }) {
  const { w, day } = useOwnWords();
  const { by, madeAt, state, decided } = appeal;
  return (
    <div className="card" data-appeal={state}>
      <p>
        {w(`appeal.by.${by}`)} · {w('appeal.made', { day: day(madeAt) })}
      </p>
      <p>
        <span className={`badge ${LOOKS[state]}`}>{w(`appeal.state.${state}`)}</span>{' '}
        {state === 'upheld' && marks !== undefined && w('appeal.upheld-marks', { marks })}
      </p>
      {decided && <p className="own-note">{w('appeal.answer', { note: decided.note })}</p>}
    </div>
  );
}
