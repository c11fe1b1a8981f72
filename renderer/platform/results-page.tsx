import { useMemo } from 'react';
import { type ListedResult, RESULT_MODES, resultEndpoints } from '../../contract/platform/results.ts';
import { WATCHED } from '../../contract/words/exam.ts';
import { ExamId, OrganisationId, StationId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { ReasonCode } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useHasRole, usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';
import { ChoiceFilter, Filters, SearchFilter, useFilter } from './filters.tsx';
import { type Column, List } from './list.tsx';
import { addressFor } from './route.ts';
import { usePlaces } from './use-lists.ts';
import { doubtTone, doubtWord, shortOf } from './words-of.ts';

/** What an incident may be of: of the face, and of what is watched. */
const INCIDENTS = ['no-face', 'several-faces', 'mismatch', 'not-live', ...WATCHED].map((word) =>
  ReasonCode.parse(word),
);

/** Results of all firms within reach. */
export function ResultsPage() {
  const { t, explain } = usePlatform();
  const supervises = useHasRole('bureau', 'inspector');
  return (
    <Main screen="results" className="page">
      <h1>{t('results.title')}</h1>
      <Filters>
        <SearchFilter label={t('results.person')} name="person" />
        {supervises && <SearchFilter label={t('results.firm')} name="firm" />}
        {supervises && <PlaceFilter />}
        <ChoiceFilter
          name="mode"
          label={t('results.mode')}
          choices={RESULT_MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
        />
        <DayFilter name="from" label={t('results.from')} />
        <DayFilter name="until" label={t('results.until')} />
        <ChoiceFilter
          name="incident"
          label={t('results.incident')}
          choices={INCIDENTS.map((reason) => ({ value: reason, label: shortOf(explain(reason)) }))}
        />
        <ChoiceFilter
          name="doubt"
          label={t('results.doubt')}
          choices={[{ value: 'open', label: t('results.doubt-open') }]}
        />
      </Filters>
      <Narrowed name="examId" label={t('results.this-exam')} />
      <Narrowed name="stationId" label={t('results.this-station')} />
      <ResultList />
    </Main>
  );
}

/** What is disputed, and waits for somebody to decide. */
export function DisputesPage() {
  const { t } = usePlatform();
  return (
    <Main screen="disputes" className="page">
      <h1>{t('disputes.title')}</h1>
      <p className="muted">{t('disputes.means')}</p>
      <Filters>
        <SearchFilter label={t('results.person')} name="person" />
        <SearchFilter label={t('results.firm')} name="firm" />
        <PlaceFilter />
      </Filters>
      <ResultList doubt="open" />
    </Main>
  );
}

function PlaceFilter() {
  const { t } = usePlatform();
  return <ChoiceFilter name="below" label={t('results.place')} choices={usePlaces()} />;
}

function DayFilter({ name, label }: { readonly name: string; readonly label: string }) {
  const [day, setDay] = useFilter(name);
  return <TextField type="date" {...{ name, label }} value={day} onChange={setDay} />;
}

/** A filter that was set from a result: shown while it is, and taken off. */
function Narrowed({ name, label }: { readonly name: string; readonly label: string }) {
  const { t } = usePlatform();
  const [value, setValue] = useFilter(name);
  if (value === '') return null;
  return (
    <p className="deeds">
      <span className="badge">
        {label} {value}
      </span>
      <Button look="quiet" small action={`all-${name}`} onPress={() => setValue('')}>
        {t('results.show-all')}
      </Button>
    </p>
  );
}

function useAsked(doubt: 'open' | undefined) {
  const [person] = useFilter('person');
  const [firm] = useFilter('firm');
  const [below] = useFilter('below');
  const [examId] = useFilter('examId');
  const [stationId] = useFilter('stationId');
  const [mode] = useFilter('mode');
  const [from] = useFilter('from');
  const [until] = useFilter('until');
  const [incident] = useFilter('incident');
  const [chosen] = useFilter('doubt');
  const asked = useMemo(
    () => ({
      query: {
        ...{ person: person || undefined, firm: firm || undefined, from: from || undefined, until: until || undefined },
        below: OrganisationId.safeParse(below).data,
        examId: ExamId.safeParse(examId).data,
        stationId: StationId.safeParse(stationId).data,
        mode: RESULT_MODES.find((one) => one === mode),
        incident: ReasonCode.safeParse(incident).data,
        doubt: doubt ?? (chosen === 'open' ? ('open' as const) : undefined),
      },
    }),
    [person, firm, below, examId, stationId, mode, from, until, incident, chosen, doubt],
  );
  const set = [person, firm, below, examId, stationId, mode, from, until, incident, chosen];
  return { asked, filtered: set.some((one) => one !== '') };
}

/** @param doubt those alone that wait for a decision */
function ResultList({ doubt }: { readonly doubt?: 'open' }) {
  const { t } = usePlatform();
  return (
    <List
      caption={t(doubt ? 'disputes.title' : 'results.title')}
      endpoint={resultEndpoints.list}
      {...useAsked(doubt)}
      columns={useColumns()}
      keyOf={({ logIndex }: ListedResult) => String(logIndex)}
    />
  );
}

function useColumns(): readonly Column<ListedResult>[] {
  const { t, locale } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return [
    {
      name: 'person',
      title: t('results.name'),
      cell: ({ logIndex, name, number }) => (
        <span>
          <a href={addressFor('result', String(logIndex))}>{name ?? t('results.nobody')}</a>
          {number && <small className="muted"> {number}</small>}
        </span>
      ),
    },
    { name: 'firm', title: t('results.firm'), cell: ({ firm }) => firm },
    {
      name: 'exam',
      title: t('results.exam'),
      cell: ({ exam }) => (
        <span>
          {inLocale(exam.title, locale)} <small className="muted">{t(`mode.${exam.mode}`)}</small>
        </span>
      ),
    },
    { name: 'at', title: t('results.at'), cell: ({ submittedAt }) => when.format(new Date(submittedAt)) },
    { name: 'marks', title: t('results.marks'), figures: true, cell: ({ marks, corrected }) => corrected ?? marks },
    {
      name: 'passed',
      title: t('results.outcome'),
      cell: (one) => (
        <span>
          <span className={`badge ${one.passed ? 'good' : ''}`}>
            {t(one.passed ? 'results.passed' : 'results.failed')}
          </span>{' '}
          {one.verdict !== 'sound' && <span className={`badge ${doubtTone(one)}`}>{t(doubtWord(one))}</span>}
        </span>
      ),
    },
    { name: 'incidents', title: t('results.incidents'), figures: true, cell: ({ incidents }) => incidents || '' },
    { name: 'station', title: t('results.station'), cell: ({ station }) => station.name },
  ];
}
