import { useCallback } from 'react';
import { z } from 'zod';
import { type OnePerson, personFileEndpoints } from '../../contract/platform/person-files.ts';
import { CandidateId, OrganisationId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { ReasonCode, Refusal } from '../../contract/words/reasons.ts';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { addressOf } from './api.ts';
import { usePlatform } from './context.tsx';
import { ErasePerson } from './erase-person.tsx';
import { Problem } from './problem.tsx';
import { addressFor, useRoute } from './route.ts';
import { ToldOfPerson } from './told-of-person.tsx';
import { shortOf } from './words-of.ts';

/** @returns who is meant by an address: the firm and the id there, parted by a blank */
function whoIn(id: string) {
  const [firm, person] = id.split(' ');
  const [organisationId, candidateId] = [OrganisationId.safeParse(firm), CandidateId.safeParse(person)];
  if (!organisationId.success || !candidateId.success) throw new Refusal('person-unknown');
  return { params: { organisationId: organisationId.data, candidateId: candidateId.data } };
}

const KEEPERS: readonly string[] = ['firm', 'agency'];

/** One person, one file. */
export function PersonPage({ id }: { readonly id: string }) {
  const { ask, t, locale, me } = usePlatform();
  const isOwn = me?.roles.some(
    ({ role, organisationId }) => KEEPERS.includes(role) && id.startsWith(`${organisationId} `),
  );
  const load = useCallback(async () => ask(personFileEndpoints.read, whoIn(id)), [ask, id]);
  const { value, refused } = useLoaded(load);
  return (
    <Main screen="person" className="page">
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value && 'erasedAt' in value && (
        <p className="notice">{t('people.erased', { at: new Date(value.erasedAt).toLocaleString(locale) })}</p>
      )}
      {value && !('erasedAt' in value) && (
        <>
          <div className="head">
            <h1>{value.name}</h1>
            <span className="muted">{t('people.ending', { ending: value.ending })}</span>
            <a download href={addressOf(personFileEndpoints.file, whoIn(id))}>
              {t('people.file')}
            </a>
            <a download href={addressOf(personFileEndpoints.pdf, { ...whoIn(id), query: { language: locale } })}>
              {t('people.pdf')}
            </a>
          </div>
          <p className="muted">{t('people.scope')}</p>
          <AsOnPaper id={id} />
          <Rosters person={value} />
          <Results person={value} />
          <Violations person={value} />
          <Certificates person={value} />
          <ToldOfPerson {...whoIn(id).params} />
          {isOwn && <ErasePerson {...whoIn(id).params} />}
        </>
      )}
    </Main>
  );
}

/** Whether a paper, whose code leads here with its fingerprint, says what the file says now: the center signs the fingerprint of that. */
function AsOnPaper({ id }: { readonly id: string }) {
  const { ask, t } = usePlatform();
  const onPaper = useRoute().filters.get('facts');
  const load = useCallback(async () => {
    if (!onPaper) return undefined;
    const { signature } = SignedFile.parse(await ask(personFileEndpoints.file, whoIn(id)));
    const said = atob((signature.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    return said.includes(`"facts":"${onPaper}"`);
  }, [ask, id, onPaper]);
  const { value } = useLoaded(load);
  if (value === undefined) return null;
  return (
    <p role="status" className={value ? 'notice' : 'notice warn'}>
      {t(value ? 'people.same' : 'people.changed')}
    </p>
  );
}
const SignedFile = z.object({ signature: z.string() });

type Part = { readonly person: OnePerson };

function Rosters({ person: { firms } }: Part) {
  const { t } = usePlatform();
  return (
    <section className="part" aria-labelledby="rosters">
      <h2 id="rosters">{t('people.on-roster')}</h2>
      <ul className="rows">
        {firms.map(({ tenantId, firm, from, until }) => (
          <li key={`${tenantId} ${from} ${until}`}>
            {firm}
            <span className="muted">
              {from && t('people.from', { day: from })} {until ? t('people.until', { day: until }) : t('people.here')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Results({ person: { results } }: Part) {
  const { t, locale } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return (
    <section className="part" aria-labelledby="results">
      <h2 id="results">{t('people.results')}</h2>
      {results.length === 0 && <p className="muted">{t('app.none')}</p>}
      <ul className="rows">
        {results.map(({ logIndex, exam, submittedAt, marks, corrected, fullMarks, passed }) => (
          <li key={logIndex}>
            <a href={addressFor('result', String(logIndex))}>{inLocale(exam.title, locale)}</a>
            <span>
              {when.format(new Date(submittedAt))} · {corrected ?? marks}/{fullMarks}{' '}
              <span className={`badge ${passed ? 'good' : ''}`}>{t(passed ? 'results.passed' : 'results.failed')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What happened while they sat, and what does not count because of it. */
function Violations({ person: { results } }: Part) {
  const { t, locale, explain } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const bad = results.filter(({ incidents, settled }) => incidents.length > 0 || settled === 'void');
  return (
    <section className="part" aria-labelledby="violations">
      <h2 id="violations">{t('people.violations')}</h2>
      {bad.length === 0 && <p className="muted">{t('app.none')}</p>}
      <ul className="rows">
        {bad.map(({ logIndex, submittedAt, incidents, settled }) => (
          <li key={logIndex}>
            <a href={addressFor('result', String(logIndex))}>{when.format(new Date(submittedAt))}</a>
            <span>
              {[...new Set(incidents)].map((reason) => shortOf(explain(ReasonCode.parse(reason)))).join('；')}
              {settled === 'void' && <span className="badge bad">{t('people.void')}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const TONES = { valid: 'good', suspended: 'warn', revoked: 'bad', expired: '' } as const;

function Certificates({ person: { certificates } }: Part) {
  const { t, locale } = usePlatform();
  return (
    <section className="part" aria-labelledby="certificates">
      <h2 id="certificates">{t('people.certificates')}</h2>
      {certificates.length === 0 && <p className="muted">{t('app.none')}</p>}
      <ul className="rows">
        {certificates.map(({ number, title, standing }) => (
          <li key={number}>
            <a href={`/certificates/${number}`}>{number}</a>
            <span>
              {inLocale(title, locale)} <span className={`badge ${TONES[standing]}`}>{t(`standing.${standing}`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
