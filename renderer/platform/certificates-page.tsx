import { useMemo, useState } from 'react';
import { certificateEndpoints, type SeenCertificate, STANDINGS } from '../../contract/platform/certificates.ts';
import { type CertificatesExport, exportEndpoints, type Job, RESULT_READERS } from '../../contract/platform/jobs.ts';
import { ExamId, OrganisationId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useHasRole, usePlatform } from './context.tsx';
import { ChoiceFilter, Filters, SearchFilter, useFilter } from './filters.tsx';
import { JobProgress } from './job-progress.tsx';
import { type Column, List } from './list.tsx';
import { Problem } from './problem.tsx';
import { addressFor } from './route.ts';
import { useDeed } from './use-deed.ts';
import { type Firm, useFirm } from './use-firm.ts';
import { usePlaces } from './use-lists.ts';
import { standingTone } from './words-of.ts';
import { useExamChoices } from './workers-page.tsx';

/** Within so many days a certificate ends soon. */
const SOON = ['30', '60', '90', '180'] as const;

/** Certificates of all firms within reach: the newest, or those that end soon. */
export function CertificatesPage() {
  const { t } = usePlatform();
  const supervises = useHasRole('bureau', 'inspector');
  const firm = useFirm();
  return (
    <Main screen="certificates" className="page">
      {firm && !firm.isOwn && (
        <nav aria-label={t('organisations.above')} className="above">
          <a href={addressFor('organisation', firm.id)}>{firm.name}</a>
        </nav>
      )}
      <h1>{t('certificates.title')}</h1>
      {firm && (
        <p className="deeds">
          <a href={firm.address('certificate-terms')}>{t('certificates.terms')}</a>
        </p>
      )}
      <Filters>
        <SearchFilter label={t('certificates.search')} name="q" />
        {supervises && !firm && <SearchFilter label={t('results.firm')} name="named" />}
        {supervises && !firm && <PlaceFilter />}
        {firm && <ExamFilter firm={firm} />}
        <ChoiceFilter
          name="standing"
          label={t('certificates.standing')}
          choices={STANDINGS.map((value) => ({ value, label: t(`standing.${value}`) }))}
        />
        <ChoiceFilter
          name="within"
          label={t('certificates.ends')}
          choices={SOON.map((days) => ({ value: days, label: t('certificates.within', { days: Number(days) }) }))}
        />
      </Filters>
      {firm !== undefined && <Found firm={firm} supervises={supervises} />}
    </Main>
  );
}

function PlaceFilter() {
  const { t } = usePlatform();
  return <ChoiceFilter name="below" label={t('results.place')} choices={usePlaces()} />;
}

function ExamFilter({ firm }: { readonly firm: Firm }) {
  const { t } = usePlatform();
  return <ChoiceFilter name="exam" label={t('results.exam')} choices={useExamChoices(firm)} />;
}

type FoundProps = { readonly firm: Firm | null; readonly supervises: boolean };

function Found({ firm, supervises }: FoundProps) {
  const { t } = usePlatform();
  const [q] = useFilter('q');
  const [named] = useFilter('named');
  const [place] = useFilter('below');
  const [exam] = useFilter('exam');
  const [stands] = useFilter('standing');
  const [soon] = useFilter('within');
  const below = firm?.id ?? OrganisationId.safeParse(place).data;
  const within = SOON.some((days) => days === soon) ? Number(soon) : undefined;
  const examId = ExamId.safeParse(exam).data;
  const asked = useMemo(
    () => ({
      query: {
        ...{ q: q || undefined, firm: named || undefined, below, examId, within },
        standing: STANDINGS.find((one) => one === stands),
      },
    }),
    [q, named, below, examId, within, stands],
  );
  return (
    <>
      <Export organisationId={below} wish={asked.query} />
      <List
        caption={t('certificates.title')}
        endpoint={certificateEndpoints.list}
        {...{ asked }}
        columns={useColumns(supervises && !firm)}
        keyOf={({ number }: SeenCertificate) => number}
        filtered={[q, named, place, exam, stands, soon].some((one) => one !== '')}
      />
    </>
  );
}

function useColumns(ofMany: boolean): readonly Column<SeenCertificate>[] {
  const { t, locale } = usePlatform();
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const firm: Column<SeenCertificate> = { name: 'firm', title: t('results.firm'), cell: (one) => one.firm };
  return [
    {
      name: 'person',
      title: t('results.name'),
      cell: ({ number, name, ending }) => (
        <span>
          <a href={addressFor('certificate', number)}>{name}</a>{' '}
          <small className="muted">{t('certificates.ending', { ending })}</small>
        </span>
      ),
    },
    ...(ofMany ? [firm] : []),
    { name: 'exam', title: t('results.exam'), cell: ({ title }) => inLocale(title, locale) },
    { name: 'number', title: t('certificates.number'), cell: ({ number }) => <code>{number}</code> },
    { name: 'passed', title: t('certificates.passed'), cell: ({ passedAt }) => day.format(new Date(passedAt)) },
    {
      name: 'expires',
      title: t('certificates.until'),
      cell: ({ expiresAt }) => (expiresAt ? day.format(new Date(expiresAt)) : t('certificates.never')),
    },
    {
      name: 'standing',
      title: t('certificates.standing'),
      cell: ({ standing }) => <span className={`badge ${standingTone(standing)}`}>{t(`standing.${standing}`)}</span>,
    },
  ];
}

type ExportProps = {
  readonly organisationId: OrganisationId | undefined;
  readonly wish: Omit<CertificatesExport, 'organisationId' | 'as' | 'language'>;
};

/** A file of those that the list shows: of the place that is chosen, or of one’s own. */
function Export({ organisationId: below, wish: { q, firm, examId, within, standing } }: ExportProps) {
  const { t, ask, me, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [job, setJob] = useState<Job>();
  const own = me?.roles.find(({ role }) => RESULT_READERS.some((one) => one === role))?.organisationId;
  const organisationId = below ?? own;
  if (!organisationId) return null;
  const make = (as: 'csv' | 'xlsx') =>
    run(async () => {
      const body = { organisationId, as, language: locale, q, firm, examId, within, standing };
      setJob(await ask(exportEndpoints.certificates, { body }));
    });
  return (
    <section aria-label={t('certificates.export')}>
      <div className="deeds">
        <span className="muted">{t(within ? 'certificates.export-soon' : 'certificates.export')}</span>
        <Button small action="export-xlsx" disabled={busy} onPress={() => make('xlsx')}>
          {t('jobs.xlsx')}
        </Button>
        <Button small action="export-csv" disabled={busy} onPress={() => make('csv')}>
          {t('jobs.csv')}
        </Button>
      </div>
      <Problem {...problem} />
      {job && <JobProgress key={job.id} job={job} />}
    </section>
  );
}
