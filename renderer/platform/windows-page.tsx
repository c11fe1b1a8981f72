import { useCallback, useState } from 'react';
import type { Answered } from '../../contract/platform/endpoint.ts';
import { proctoringEndpoints } from '../../contract/platform/proctoring.ts';
import { workerEndpoints } from '../../contract/platform/workers.ts';
import { ExamId, instant, type UnlockWindowId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { useFilter } from './filters.tsx';
import { Problem } from './problem.tsx';
import { ProctorFields } from './proctor-fields.tsx';
import { addressFor } from './route.ts';
import { SpanFields } from './span-fields.tsx';
import { ToldOnce } from './told-once.tsx';
import { momentOf, typedMoment } from './turn-words.ts';
import { useDeed } from './use-deed.ts';
import { useProctored } from './use-proctored.ts';

/** Codes with which candidates unlock an exam, without a proctor who walks from seat to seat. */
export function WindowsPage() {
  const { t } = usePlatform();
  const [wanted, choose] = useFilter('firm');
  // Somebody has several roles at one firm, perhaps.
  const firms = [...new Map(useProctored().map((held) => [held.organisationId, held])).values()];
  const firm = firms.find(({ organisationId }) => organisationId === wanted) ?? firms[0];
  return (
    <Main screen="windows" className="page">
      <a href={addressFor('board')}>{t('board.title')}</a>
      <h1>{t('windows.title')}</h1>
      {firm && firms.length > 1 && (
        <ChoiceField
          name="firm"
          label={t('turns.firm')}
          value={firm.organisationId}
          onChange={choose}
          choices={firms.map(({ organisationId, organisation }) => ({ value: organisationId, label: organisation }))}
        />
      )}
      {firm && <Windows key={firm.organisationId} firm={firm.organisationId} name={firm.organisation} />}
    </Main>
  );
}

type Proctored = ReturnType<typeof useProctored>[number];
const HOURS_MS = 4 * 3_600_000;

function Windows({ firm, name }: { readonly firm: Proctored['organisationId']; readonly name: string }) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const load = useCallback(() => ask(proctoringEndpoints.windows, { params: { firm } }), [ask, firm]);
  const { value, refused, again } = useLoaded(load);
  const [told, setTold] = useState<Answered<typeof proctoringEndpoints.openWindow>>();
  const end = (id: UnlockWindowId) =>
    run(async () => {
      await ask(proctoringEndpoints.endWindow, { params: { firm, id } });
      again();
    });
  return (
    <>
      <p className="muted">
        {name} · {t('windows.means')}
      </p>
      <Open
        firm={firm}
        onOpened={(opened) => {
          setTold(opened);
          again();
        }}
      />
      {told && <ToldOnce label={t('windows.code')} secret={told.code} />}
      <Problem refused={refused} />
      <Problem {...problem} />
      {value?.windows.length === 0 && <p className="empty">{t('list.empty')}</p>}
      <ul className="rows boxed">
        {value?.windows.map(({ id, examId, by, opensAt, closesAt }) => (
          <li key={id} data-window={id}>
            <span className="part">
              <span>
                {momentOf(opensAt, locale)} – {momentOf(closesAt, locale)}
              </span>
              <small className="muted">
                {examId} · {by}
              </small>
            </span>
            <Button small look="danger" action="end-window" disabled={busy} onPress={() => end(id)}>
              {t('windows.end')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

type OpenProps = {
  readonly firm: Proctored['organisationId'];
  readonly onOpened: (opened: Answered<typeof proctoringEndpoints.openWindow>) => void;
};

function Open({ firm, onOpened }: OpenProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [exam, setExam] = useState('');
  const [by, setBy] = useState({ proctor: '', pin: '' });
  const [span, setSpan] = useState(() => ({
    ...{ from: typedMoment(new Date()), until: typedMoment(new Date(Date.now() + HOURS_MS)) },
  }));
  // Whoever only proctors is shown no list of exams, and types the number of theirs.
  const load = useCallback(() => ask(workerEndpoints.exams, { params: { firm } }).catch(() => undefined), [ask, firm]);
  const exams = useLoaded(load).value?.exams;
  const open = () =>
    run(async () => {
      const body = {
        ...{ examId: ExamId.parse(exam || exams?.[0]?.id), pin: by.pin },
        ...(by.proctor.trim() ? { proctor: by.proctor.trim() } : {}),
        ...{ opensAt: instant(new Date(span.from)), closesAt: instant(new Date(span.until)) },
      };
      onOpened(await ask(proctoringEndpoints.openWindow, { params: { firm }, body }));
      setBy({ proctor: '', pin: '' });
    });
  return (
    <Form onSend={open}>
      {exams?.length === 0 && <p className="notice warn">{t('windows.no-exams')}</p>}
      <div className="fields">
        {exams ? (
          <ChoiceField
            name="exam"
            label={t('workers.exam')}
            value={exam}
            onChange={setExam}
            choices={exams.map(({ id, title }) => ({ value: id, label: title.zh }))}
          />
        ) : (
          <TextField name="exam" label={t('windows.exam-id')} value={exam} onChange={setExam} required />
        )}
        <SpanFields span={span} onChange={setSpan} />
        <ProctorFields by={by} onChange={setBy} />
      </div>
      <Problem {...problem} />
      <div>
        <Button look="primary" submits action="open-window" disabled={busy || exams?.length === 0}>
          {t('windows.open')}
        </Button>
      </div>
    </Form>
  );
}
