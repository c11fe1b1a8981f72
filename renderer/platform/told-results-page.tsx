import { useMemo } from 'react';
import { TELL_RESULTS, type ToldResult, toldResultEndpoints } from '../../contract/platform/told-results.ts';
import { OrganisationId, ToldImportId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useHasRole, usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';
import { ChoiceFilter, Filters, SearchFilter, useFilter } from './filters.tsx';
import { type Column, List } from './list.tsx';
import { addressFor } from './route.ts';
import { ToldMark, ToldOutcome } from './told-mark.tsx';
import { usePlaces } from './use-lists.ts';
import { useVendors } from './use-vendors.ts';

/** Results that vendors told of, apart from those that stations signed. */
export function ToldResultsPage() {
  const { t } = usePlatform();
  const supervises = useHasRole('bureau', 'inspector');
  const tells = useHasRole(...TELL_RESULTS);
  const [importId, setImport] = useFilter('importId');
  return (
    <Main screen="told-results" className="page">
      <div className="head">
        <h1>{t('told.title')}</h1>
        <a href={addressFor('told-imports')}>{t(tells ? 'told.bring' : 'told.imports')}</a>
      </div>
      <p className="notice warn" data-mark="unproven">
        {t('told.means')}
      </p>
      <Filters>
        <SearchFilter label={t('told.person')} name="person" />
        {supervises && <SearchFilter label={t('results.firm')} name="firm" />}
        {supervises && <PlaceFilter />}
        {tells && <VendorFilter />}
        <SearchFilter label={t('results.exam')} name="exam" />
        <DayFilter name="from" label={t('results.from')} />
        <DayFilter name="until" label={t('results.until')} />
        <ChoiceFilter
          name="proof"
          label={t('told.proof')}
          choices={[
            { value: 'unproven', label: t('told.unproven') },
            { value: 'proven', label: t('told.proven') },
          ]}
        />
        <ChoiceFilter
          name="withdrawn"
          label={t('told.withdrawn-filter')}
          choices={[
            { value: 'yes', label: t('told.withdrawn') },
            { value: 'no', label: t('told.standing') },
          ]}
        />
      </Filters>
      {importId && (
        <p className="deeds">
          <span className="badge">{t('told.this-import')}</span>
          <Button look="quiet" small action="all-importId" onPress={() => setImport('')}>
            {t('results.show-all')}
          </Button>
        </p>
      )}
      <List
        caption={t('told.title')}
        endpoint={toldResultEndpoints.list}
        {...useAsked()}
        columns={useColumns()}
        keyOf={({ id }: ToldResult) => id}
      />
    </Main>
  );
}

function PlaceFilter() {
  const { t } = usePlatform();
  return <ChoiceFilter name="below" label={t('results.place')} choices={usePlaces()} />;
}

function VendorFilter() {
  const { t } = usePlatform();
  return <ChoiceFilter name="vendorId" label={t('told.vendor')} choices={useVendors()} />;
}

function DayFilter({ name, label }: { readonly name: string; readonly label: string }) {
  const [day, setDay] = useFilter(name);
  return <TextField type="date" {...{ name, label }} value={day} onChange={setDay} />;
}

function useAsked() {
  const [person] = useFilter('person');
  const [firm] = useFilter('firm');
  const [below] = useFilter('below');
  const [vendorId] = useFilter('vendorId');
  const [exam] = useFilter('exam');
  const [importId] = useFilter('importId');
  const [from] = useFilter('from');
  const [until] = useFilter('until');
  const [proof] = useFilter('proof');
  const [withdrawn] = useFilter('withdrawn');
  const asked = useMemo(
    () => ({
      query: {
        ...{ person: person || undefined, firm: firm || undefined, exam: exam || undefined },
        ...{ from: from || undefined, until: until || undefined },
        below: OrganisationId.safeParse(below).data,
        vendorId: OrganisationId.safeParse(vendorId).data,
        importId: ToldImportId.safeParse(importId).data,
        proof: PROOFS.find((one) => one === proof),
        withdrawn: WITHDRAWN.find((one) => one === withdrawn) ?? ('all' as const),
      },
    }),
    [person, firm, below, vendorId, exam, importId, from, until, proof, withdrawn],
  );
  const set = [person, firm, below, vendorId, exam, importId, from, until, proof, withdrawn];
  return { asked, filtered: set.some((one) => one !== '') };
}
const PROOFS = ['proven', 'unproven'] as const;
const WITHDRAWN = ['yes', 'no'] as const;

function useColumns(): readonly Column<ToldResult>[] {
  const { t, locale } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return [
    {
      name: 'mark',
      title: t('told.proof'),
      cell: ({ proven, withdrawnAt }) => (
        <span>
          <ToldMark proven={proven} /> {withdrawnAt && <span className="badge">{t('told.withdrawn')}</span>}
        </span>
      ),
    },
    {
      name: 'person',
      title: t('results.name'),
      cell: ({ name, number, candidateId, organisationId }) => (
        <span>
          {candidateId ? (
            <a href={addressFor('person', `${organisationId} ${candidateId}`)}>{name}</a>
          ) : (
            (name ?? t('results.nobody'))
          )}
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
          {exam.title} <small className="muted">{t(`mode.${exam.mode}`)}</small>
        </span>
      ),
    },
    { name: 'at', title: t('results.at'), cell: ({ submittedAt }) => when.format(new Date(submittedAt)) },
    {
      name: 'marks',
      title: t('results.marks'),
      figures: true,
      cell: ({ marks, fullMarks }) => `${marks}/${fullMarks}`,
    },
    { name: 'passed', title: t('results.outcome'), cell: (one) => <ToldOutcome {...one} /> },
    {
      name: 'vendor',
      title: t('told.vendor'),
      cell: ({ vendor, ownId }) => (
        <span>
          {vendor} <small className="muted">{ownId}</small>
        </span>
      ),
    },
  ];
}
