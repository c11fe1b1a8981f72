import { useCallback } from 'react';
import type { HomeOverview } from '../../contract/home/home-api.ts';
import type { OwnCertificate, OwnFile, OwnResult } from '../../contract/home/own-file.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Icon } from '../design/icons.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { useHome } from './home-context.tsx';
import { Loading } from './loading.tsx';
import { OwnRecord } from './own-record.tsx';
import { CertificateStanding, ResultStanding, TimeLeft } from './own-standings.tsx';
import { useOwnWords } from './own-words.ts';
import { certificateAt, resultAt } from './route.ts';
import { TurnCard } from './turn-card.tsx';

/** All that there is of oneself: exams to come, results, certificates, and how it adds up. */
export function ExamsPage() {
  const { own, overview } = useHome();
  const load = useCallback(async () => ({ file: await own(), learnt: await overview() }), [own, overview]);
  const { value, refused, again } = useLoaded(load);
  return value ? <Exams {...value} onChanged={again} /> : <Loading refused={refused} />;
}

type ExamsProps = { readonly file: OwnFile; readonly learnt: HomeOverview; readonly onChanged: () => void };

function Exams({ file, learnt, onChanged }: ExamsProps) {
  const { w } = useOwnWords();
  const { turns, results, certificates } = file;
  return (
    <Main screen="exams" className="home-page">
      <h1>{w('own.title')}</h1>
      <section aria-labelledby="turns">
        <h2 id="turns">{w('own.next')}</h2>
        {turns.length === 0 && <p className="muted">{w('own.none-next')}</p>}
        <ul className="cards">
          {turns.map((turn) => (
            <li key={turn.id}>
              <TurnCard turn={turn} onChanged={onChanged} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="results">
        <h2 id="results">{w('own.results')}</h2>
        {results.length === 0 && <p className="muted">{w('own.no-results')}</p>}
        <ul className="own-list">
          {results.map((result) => (
            <ResultLine key={result.sittingId} result={result} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="certificates">
        <h2 id="certificates">{w('own.certificates')}</h2>
        {certificates.length === 0 && <p className="muted">{w('own.no-certificates')}</p>}
        <ul className="own-list">
          {certificates.map((certificate) => (
            <CertificateLine key={certificate.number} certificate={certificate} />
          ))}
        </ul>
      </section>
      <OwnRecord file={file} learnt={learnt} />
    </Main>
  );
}

function ResultLine({ result }: { readonly result: OwnResult }) {
  const { locale } = usePage();
  const { w, moment } = useOwnWords();
  const { sittingId, title, mode, submittedAt, marks, correction } = result;
  return (
    <li>
      <a href={resultAt(sittingId)} data-result={sittingId}>
        <strong className="what">{inLocale(title, locale)}</strong>
        <span className="more">
          {w(`own.mode.${mode}`)} · <time dateTime={submittedAt}>{moment(submittedAt)}</time>
        </span>
        <span className="more">
          <strong>{w('own.marks', { marks: correction?.marks ?? marks })}</strong> <ResultStanding result={result} />
        </span>
        <Icon name="next" />
      </a>
    </li>
  );
}

function CertificateLine({ certificate }: { readonly certificate: OwnCertificate }) {
  const { locale } = usePage();
  return (
    <li>
      <a href={certificateAt(certificate.number)} data-certificate={certificate.number}>
        <strong className="what">{inLocale(certificate.title, locale)}</strong>
        <span className="more">
          <CertificateStanding standing={certificate.standing} />
        </span>
        <TimeLeft certificate={certificate} />
        <Icon name="next" />
      </a>
    </li>
  );
}
