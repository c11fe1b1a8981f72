import { useCallback, useMemo, useState } from 'react';
import { type ExamChoice, type Worker, workerEndpoints } from '../../contract/platform/workers.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { AddWorker } from './add-worker.tsx';
import { usePlatform } from './context.tsx';
import type { Choice } from './fields.tsx';
import { ChoiceFilter, Filters, SearchFilter, useFilter } from './filters.tsx';
import { type Column, List } from './list.tsx';
import { OfFirm } from './of-firm.tsx';
import { go } from './route.ts';
import type { Firm } from './use-firm.ts';

/** The people of a firm. */
export function WorkersPage() {
  return (
    <OfFirm screen="workers" heading="workers.title">
      {(firm) => <Workers firm={firm} />}
    </OfFirm>
  );
}

/** What the people of a firm can be put in for. */
function useExams(firm: Firm): readonly ExamChoice[] | undefined {
  const { ask } = usePlatform();
  const load = useCallback(() => ask(workerEndpoints.exams, { params: { firm: firm.id } }), [ask, firm.id]);
  return useLoaded(load).value?.exams;
}

export function useExamChoices(firm: Firm): readonly Choice[] {
  const { locale } = usePlatform();
  return (useExams(firm) ?? []).map(({ id, title }) => ({ value: id, label: title[locale] ?? title.zh ?? id }));
}

function Workers({ firm }: { readonly firm: Firm }) {
  const { t } = usePlatform();
  const exams = useExamChoices(firm);
  const [adding, setAdding] = useState(false);
  return (
    <>
      {firm.isOwn && (
        <div className="deeds">
          <Button look="primary" action="add-worker" onPress={() => setAdding(true)}>
            {t('workers.add')}
          </Button>
          <Button action="to-roster" onPress={() => go(firm.address('roster'))}>
            {t('roster.title')}
          </Button>
        </div>
      )}
      <Filters>
        <SearchFilter label={t('workers.search')} />
        <ChoiceFilter name="exam" label={t('workers.exam')} choices={exams} />
        <ChoiceFilter
          name="photo"
          label={t('workers.photo')}
          choices={[
            { value: 'with', label: t('workers.photo-with') },
            { value: 'without', label: t('workers.photo-without') },
          ]}
        />
        <ChoiceFilter
          name="left"
          label={t('workers.left')}
          choices={[
            { value: 'no', label: t('workers.left-no') },
            { value: 'yes', label: t('workers.left-yes') },
          ]}
        />
      </Filters>
      <WorkerList firm={firm} exams={exams} />
      {adding && (
        <AddWorker
          firm={firm}
          exams={exams}
          onClose={() => setAdding(false)}
          onAdded={(id) => go(firm.address('worker', id))}
        />
      )}
    </>
  );
}

function WorkerList({ firm, exams }: { readonly firm: Firm; readonly exams: readonly Choice[] }) {
  const { t } = usePlatform();
  const [search] = useFilter('search');
  const [exam] = useFilter('exam');
  const [photo] = useFilter('photo');
  const [left] = useFilter('left');
  const asked = useMemo(
    () => ({
      params: { firm: firm.id },
      query: {
        ...{ search: search || undefined, examId: ExamId.safeParse(exam).data },
        photo: photo === 'with' || photo === 'without' ? photo : undefined,
        left: left === 'no' || left === 'yes' ? left : 'all',
      } as const,
    }),
    [firm.id, search, exam, photo, left],
  );
  const columns: readonly Column<Worker>[] = [
    { name: 'name', title: t('workers.name'), cell: ({ id, name }) => <a href={firm.address('worker', id)}>{name}</a> },
    { name: 'number', title: t('workers.number'), cell: ({ number }) => number },
    {
      name: 'exam',
      title: t('workers.exam'),
      cell: ({ examId }) => exams.find(({ value }) => value === examId)?.label ?? '',
    },
    { name: 'post', title: t('workers.post'), cell: ({ post }) => post ?? '' },
    {
      name: 'photo',
      title: t('workers.photo'),
      cell: ({ photos, left: gone }) =>
        !gone && (
          <span className={photos > 0 ? 'badge good' : 'badge warn'}>
            {t(photos > 0 ? 'workers.photo-with' : 'workers.photo-without')}
          </span>
        ),
    },
    {
      name: 'left',
      title: t('workers.left'),
      cell: ({ left: gone }) => <span className="badge">{t(gone ? 'workers.left-yes' : 'workers.left-no')}</span>,
    },
  ];
  return (
    <List
      caption={t('workers.title')}
      endpoint={workerEndpoints.list}
      {...{ asked, columns }}
      keyOf={({ id }: Worker) => id}
      filtered={[search, exam, photo, left].some((one) => one !== '')}
      empty={firm.isOwn && <a href={firm.address('roster')}>{t('roster.title')}</a>}
    />
  );
}
