import { useMemo } from 'react';
import { type FoundPerson, personFileEndpoints } from '../../contract/platform/person-files.ts';
import { Main } from '../design/main.tsx';
import { usePlatform } from './context.tsx';
import { Filters, SearchFilter, useFilter } from './filters.tsx';
import { type Column, List } from './list.tsx';
import { addressFor } from './route.ts';

/** People are looked for; nobody lists everybody. */
export function PeoplePage() {
  const { t } = usePlatform();
  const [search] = useFilter('search');
  const asked = useMemo(() => ({ query: { search } }), [search]);
  const columns: readonly Column<FoundPerson>[] = [
    {
      name: 'name',
      title: t('results.name'),
      cell: ({ organisationId, candidateId, name }) => (
        <a href={addressFor('person', `${organisationId} ${candidateId}`)}>{name}</a>
      ),
    },
    { name: 'number', title: t('results.person'), cell: ({ number }) => number },
    { name: 'firms', title: t('people.firms'), cell: ({ firms }) => firms.join('、') },
  ];
  return (
    <Main screen="people" className="page">
      <h1>{t('people.title')}</h1>
      <Filters>
        <SearchFilter label={t('people.search')} />
      </Filters>
      {search === '' ? (
        <p className="muted">{t('people.search-first')}</p>
      ) : (
        <List
          caption={t('people.title')}
          endpoint={personFileEndpoints.list}
          {...{ asked, columns }}
          keyOf={({ organisationId, candidateId }: FoundPerson) => `${organisationId} ${candidateId}`}
          filtered
        />
      )}
    </Main>
  );
}
