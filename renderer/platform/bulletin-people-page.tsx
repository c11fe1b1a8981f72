import { useMemo } from 'react';
import {
  BULLETIN_LACKS,
  BulletinLack,
  type BulletinPerson,
  bulletinEndpoints,
} from '../../contract/platform/bulletin.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Main } from '../design/main.tsx';
import { periodChoices, periodOf, usualPeriod } from './bulletin-period.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField } from './fields.tsx';
import { Filters, useFilter } from './filters.tsx';
import { type Column, List } from './list.tsx';
import { addressFor } from './route.ts';

/** Who of a firm has not learned, sat or passed. */
export function BulletinPeoplePage({ id }: { readonly id: string }) {
  const { t, locale } = usePlatform();
  const [chosen, setPeriod] = useFilter('period');
  const [named, setLack] = useFilter('lack');
  const period = chosen || usualPeriod();
  const lack = BulletinLack.safeParse(named).data ?? 'not-learned';
  const firm = OrganisationId.safeParse(id).data;
  const asked = useMemo(
    () => ({ query: { firm: firm ?? OrganisationId.parse('og_none'), lack, ...periodOf(period) } }),
    [firm, lack, period],
  );
  const columns: readonly Column<BulletinPerson>[] = [
    { name: 'name', title: t('bulletin.person'), cell: ({ name }) => name },
    { name: 'ending', title: t('bulletin.ending'), cell: ({ ending }) => ending },
    { name: 'exam', title: t('bulletin.exam'), cell: ({ exam }) => inLocale(exam, locale) },
  ];
  return (
    <Main screen="bulletin-people" className="page">
      <a href={addressFor('bulletin', '', { period })}>{t('app.back')}</a>
      <h1>{t('bulletin.people')}</h1>
      <p className="muted">{t('bulletin.people-mean')}</p>
      <Filters>
        <ChoiceField
          {...{ name: 'lack', label: t('bulletin.lack'), value: lack, onChange: setLack }}
          choices={BULLETIN_LACKS.map((one) => ({ value: one, label: t(`bulletin.${one}`) }))}
        />
        <ChoiceField
          {...{ name: 'period', label: t('bulletin.span'), value: period, onChange: setPeriod }}
          choices={periodChoices(t)}
        />
      </Filters>
      <List
        caption={t('bulletin.people')}
        endpoint={bulletinEndpoints.people}
        {...{ asked, columns }}
        keyOf={({ id: person, examId }: BulletinPerson) => `${person} ${examId}`}
      />
    </Main>
  );
}
