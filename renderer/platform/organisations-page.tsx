import { useMemo, useState } from 'react';
import {
  ORGANISATION_KINDS,
  type Organisation,
  OrganisationKind,
  OrganisationState,
  organisationEndpoints,
} from '../../contract/platform/organisations.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { AddOrganisation } from './add-organisation.tsx';
import { useHasRole, usePlatform } from './context.tsx';
import { ChoiceFilter, Filters, SearchFilter, useFilter } from './filters.tsx';
import { type Column, List } from './list.tsx';
import { addressFor, go } from './route.ts';
import { kindWord, stateWord, toneOf } from './words-of.ts';

/** All organisations within reach. */
export function OrganisationsPage() {
  const { t } = usePlatform();
  const supervises = useHasRole('platform', 'bureau');
  const [adding, setAdding] = useState(false);
  return (
    <Main screen="organisations" className="page">
      <div className="head">
        <h1>{t('organisations.title')}</h1>
        {supervises && (
          <Button look="primary" action="add-organisation" onPress={() => setAdding(true)}>
            {t('organisations.add')}
          </Button>
        )}
      </div>
      <Filters>
        <SearchFilter label={t('organisations.search')} />
        <ChoiceFilter
          name="kind"
          label={t('organisations.kind')}
          choices={ORGANISATION_KINDS.map((kind) => ({ value: kind, label: t(kindWord(kind)) }))}
        />
        <ChoiceFilter
          name="state"
          label={t('organisations.state')}
          choices={OrganisationState.options.map((state) => ({ value: state, label: t(stateWord(state)) }))}
        />
      </Filters>
      <OrganisationList />
      {adding && (
        <AddOrganisation
          onClose={() => setAdding(false)}
          onAdded={({ id }) => {
            setAdding(false);
            go(addressFor('organisation', id));
          }}
        />
      )}
    </Main>
  );
}

/** @param below whose; of all within reach without it */
export function OrganisationList({ below }: { readonly below?: Organisation['id'] }) {
  const { t } = usePlatform();
  const [search] = useFilter('search');
  const [kind] = useFilter('kind');
  const [state] = useFilter('state');
  const asked = useMemo(() => {
    const chosen = {
      kind: OrganisationKind.safeParse(kind).data,
      state: OrganisationState.safeParse(state).data,
      search: search || undefined,
    };
    return { query: { below, ...chosen } };
  }, [below, search, kind, state]);
  const columns: readonly Column<Organisation>[] = [
    {
      name: 'name',
      title: t('organisations.name'),
      cell: ({ id, name }) => <a href={addressFor('organisation', id)}>{name}</a>,
    },
    { name: 'kind', title: t('organisations.kind'), cell: (one) => t(kindWord(one.kind)) },
    { name: 'licence', title: t('organisations.licence'), cell: ({ licence }) => licence ?? '' },
    { name: 'sector', title: t('organisations.sector'), cell: ({ sector }) => sector ?? '' },
    {
      name: 'state',
      title: t('organisations.state'),
      cell: (one) => <span className={`badge ${toneOf(one.state)}`}>{t(stateWord(one.state))}</span>,
    },
    { name: 'children', title: t('organisations.children'), figures: true, cell: ({ children }) => children || '' },
  ];
  return (
    <List
      caption={t('organisations.title')}
      endpoint={organisationEndpoints.list}
      {...{ asked, columns }}
      keyOf={({ id }: Organisation) => id}
      filtered={[search, kind, state].some((one) => one !== '')}
    />
  );
}
