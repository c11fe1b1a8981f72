import { useMemo } from 'react';
import { type Appeal, appealEndpoints } from '../../contract/platform/appeals.ts';
import { APPEAL_STATES } from '../../contract/words/appeal-words.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Main } from '../design/main.tsx';
import { usePlatform } from './context.tsx';
import { DecideAppeal } from './decide-appeal.tsx';
import { ChoiceFilter, Filters, useFilter } from './filters.tsx';
import { type Column, List } from './list.tsx';
import { addressFor, useRoute } from './route.ts';

/** Appeals against results of all firms within reach; the one in the address is decided on here. */
export function AppealsPage({ id }: { readonly id: string }) {
  const { t } = usePlatform();
  const { filters } = useRoute();
  const [state] = useFilter('state');
  const marks = filters.get('marks') ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once one was decided on, the list is asked anew
  const asked = useMemo(() => ({ query: { state: APPEAL_STATES.find((one) => one === state) } }), [state, id]);
  return (
    <Main screen="appeals" className="page">
      <h1>{t('appeals.title')}</h1>
      {id && <DecideAppeal id={id} proposed={marks} />}
      <Filters>
        <ChoiceFilter
          name="state"
          label={t('appeals.state')}
          choices={APPEAL_STATES.map((one) => ({ value: one, label: t(`appeal.${one}`) }))}
        />
      </Filters>
      <List
        caption={t('appeals.title')}
        endpoint={appealEndpoints.list}
        {...{ asked }}
        columns={useColumns()}
        keyOf={({ id: one }: Appeal) => one}
        filtered={state !== ''}
      />
    </Main>
  );
}

const TONES = { open: 'warn', upheld: 'good', rejected: '' } as const;

function useColumns(): readonly Column<Appeal>[] {
  const { t, locale, me } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const decides = me?.roles.some(({ role }) => role === 'inspector') ?? false;
  return [
    {
      name: 'person',
      title: t('results.name'),
      cell: ({ logIndex, name }) => <a href={addressFor('result', String(logIndex))}>{name ?? t('results.nobody')}</a>,
    },
    { name: 'firm', title: t('results.firm'), cell: ({ firm }) => firm },
    { name: 'exam', title: t('results.exam'), cell: ({ exam }) => inLocale(exam, locale) },
    { name: 'marks', title: t('results.marks'), figures: true, cell: ({ marks }) => marks },
    { name: 'at', title: t('appeals.made'), cell: ({ madeAt }) => when.format(new Date(madeAt)) },
    { name: 'by', title: t('appeals.by'), cell: ({ madeBy }) => madeBy ?? t('appeals.by-candidate') },
    {
      name: 'reason',
      title: t('appeals.reason'),
      cell: ({ reason, forgotten }) => (forgotten ? t('appeals.forgotten') : reason),
    },
    {
      name: 'state',
      title: t('appeals.state'),
      cell: ({ id, state, marks, decided }) => (
        <span>
          <span className={`badge ${TONES[state]}`}>{t(`appeal.${state}`)}</span>{' '}
          {decided && (
            <small>
              {decided.by} · {decided.note}
            </small>
          )}
          {state === 'open' && decides && (
            <a href={addressFor('appeals', id, { marks: String(marks) })}>{t('appeals.decide')}</a>
          )}
        </span>
      ),
    },
  ];
}
