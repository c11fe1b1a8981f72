import { useMemo, useState } from 'react';
import {
  exportEndpoints,
  type Job,
  jobEndpoints,
  RESULT_READERS,
  ResultsExport,
} from '../../contract/platform/jobs.ts';
import type { PlatformKey } from '../../messages/platform/index.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useHasRole, usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { JobProgress } from './job-progress.tsx';
import { type Column, List } from './list.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

const KINDS: Readonly<Record<string, PlatformKey>> = {
  'results-export': 'jobs.results-export',
  'bulletin-export': 'jobs.bulletin-export',
};

/** Long work that somebody asked for, and what came of it. */
export function JobsPage() {
  const { t, locale } = usePlatform();
  const mayExport = useHasRole(...RESULT_READERS);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  const asked = useMemo(() => ({ query: {} }), [round]);
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const columns: readonly Column<Job>[] = [
    {
      name: 'kind',
      title: t('jobs.kind'),
      cell: ({ kind }) => t(KINDS[kind] ?? 'jobs.other'),
    },
    { name: 'made', title: t('jobs.made'), cell: ({ madeAt }) => when.format(new Date(madeAt)) },
    { name: 'state', title: t('jobs.state'), cell: (job) => <JobProgress job={job} /> },
  ];
  return (
    <Main screen="jobs" className="page">
      <h1>{t('jobs.title')}</h1>
      <p className="muted">{t('jobs.means')}</p>
      {mayExport && <AskForResults onAsked={() => setRound((before) => before + 1)} />}
      <List
        caption={t('jobs.title')}
        endpoint={jobEndpoints.list}
        {...{ asked, columns }}
        keyOf={({ id }: Job) => id}
      />
    </Main>
  );
}

const DAY_MS = 86_400_000;

function AskForResults({ onAsked }: { readonly onAsked: () => void }) {
  const { t, ask, me, locale } = usePlatform();
  const deed = useDeed();
  const places = (me?.roles ?? []).filter(({ role }) => RESULT_READERS.some((one) => one === role));
  const [organisationId, setOrganisationId] = useState<string>(places[0]?.organisationId ?? '');
  const [as, setAs] = useState('xlsx');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const send = () =>
    deed.run(async () => {
      const body = ResultsExport.parse({
        ...{ organisationId, as, language: locale },
        ...(from ? { from: new Date(`${from}T00:00:00`).toISOString() } : {}),
        ...(to ? { to: new Date(Date.parse(`${to}T00:00:00`) + DAY_MS).toISOString() } : {}),
      });
      await ask(exportEndpoints.results, { body });
      onAsked();
    });
  return (
    <section aria-label={t('jobs.export')}>
      <Form onSend={send}>
        <ChoiceField
          {...{ name: 'organisation', label: t('jobs.where'), value: organisationId, onChange: setOrganisationId }}
          choices={places.map((held) => ({ value: held.organisationId, label: held.organisation }))}
        />
        <ChoiceField
          {...{ name: 'as', label: t('jobs.as'), value: as, onChange: setAs }}
          choices={[
            { value: 'xlsx', label: t('jobs.xlsx') },
            { value: 'csv', label: t('jobs.csv') },
          ]}
        />
        <TextField {...{ name: 'from', type: 'date', label: t('jobs.from'), value: from, onChange: setFrom }} />
        <TextField {...{ name: 'to', type: 'date', label: t('jobs.to'), value: to, onChange: setTo }} />
        <Problem refused={deed.refused} detail={deed.detail} />
        <Button look="primary" action="export-results" submits disabled={deed.busy}>
          {t('jobs.start')}
        </Button>
      </Form>
    </section>
  );
}
