import { useCallback } from 'react';
import { toldResultEndpoints } from '../../contract/platform/told-results.ts';
import type { CandidateId, OrganisationId } from '../../contract/words/ids.ts';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { Problem } from './problem.tsx';
import { ToldMark, ToldOutcome } from './told-mark.tsx';

type Props = { readonly organisationId: OrganisationId; readonly candidateId: CandidateId };

/** What vendors told of somebody: beside their file, and no part of what is signed. */
export function ToldOfPerson({ organisationId, candidateId }: Props) {
  const { t, ask, locale } = usePlatform();
  const load = useCallback(
    () => ask(toldResultEndpoints.ofPerson, { params: { organisationId, candidateId } }),
    [ask, organisationId, candidateId],
  );
  const { value, refused } = useLoaded(load);
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return (
    <section className="part" aria-labelledby="told">
      <h2 id="told">{t('told.title')}</h2>
      <p className="notice warn" data-mark="unproven">
        {t('told.beside')}
      </p>
      <Problem refused={refused} />
      {value?.results.length === 0 && <p className="muted">{t('app.none')}</p>}
      <ul className="rows">
        {value?.results.map((one) => (
          <li key={one.id}>
            <span>
              {one.exam.title} <small className="muted">{one.vendor}</small> {one.candidateId === null && one.name}
            </span>
            <span>
              {when.format(new Date(one.submittedAt))} · {one.marks}/{one.fullMarks} · <ToldOutcome {...one} />{' '}
              <ToldMark proven={one.proven} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
