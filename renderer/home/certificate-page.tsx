import { type OwnCertificate, type OwnFile, ownPaths } from '../../contract/home/own-file.ts';
import type { CertificateNumber } from '../../contract/words/certificate-number.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { QrCode } from '../candidate/receipt-code.tsx';
import { usePage } from '../context.ts';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { Facts } from './facts.tsx';
import { useHome } from './home-context.tsx';
import { Loading } from './loading.tsx';
import { CertificateStanding, TimeLeft } from './own-standings.tsx';
import { useOwnWords } from './own-words.ts';

/** A certificate to show to somebody: what it is, and the code by which they see for themselves that it holds. */
export function CertificatePage({ number }: { readonly number: CertificateNumber }) {
  const { own } = useHome();
  const { value, refused } = useLoaded(own);
  const certificate = value?.certificates.find((one) => one.number === number);
  if (!value || !certificate) return <Loading refused={value ? 'no-exam' : refused} />;
  return <Certificate file={value} certificate={certificate} />;
}

type CertificateProps = { readonly file: OwnFile; readonly certificate: OwnCertificate };

function Certificate({ file, certificate }: CertificateProps) {
  const { locale } = usePage();
  const { w, day } = useOwnWords();
  const { number, title, passedAt, standing } = certificate;
  const page = `/certificates/${number}${locale === 'en' ? '?lang=en' : ''}`;
  const at = (path: string): string => path.replace(':number', number);
  return (
    <Main screen="certificate" className="home-page narrow">
      <article className="card certificate">
        <p className="over">{w('own.certificate')}</p>
        <h1>{inLocale(title, locale)}</h1>
        <p>
          <CertificateStanding standing={standing} />
        </p>
        <Facts
          of={[
            [w('own.holder'), `${file.name} …${file.ending}`],
            [
              w('own.passed-on'),
              <time key="passed" dateTime={passedAt}>
                {day(passedAt)}
              </time>,
            ],
            [
              w('own.number'),
              <span key="number" className="number">
                {number}
              </span>,
            ],
          ]}
        />
        <p>
          <TimeLeft certificate={certificate} />
        </p>
        <figure className="check">
          <QrCode text={new URL(page, file.center ?? location.origin).href} label={w('own.check-code')} />
          <figcaption>{w('own.check-code')}</figcaption>
        </figure>
      </article>
      <a className="button secondary" href={page} target="_blank" rel="noreferrer">
        {w('own.check-page')}
      </a>
      {standing === 'revoked' ? (
        <p className="notice warn">{w('own.cert.revoked-ask')}</p>
      ) : (
        <>
          <a
            className="button primary"
            href={at(ownPaths.certificatePaper)}
            download={`${number}.pdf`}
            data-action="pdf"
          >
            {w('own.pdf')}
          </a>
          <a
            className="button secondary"
            href={at(ownPaths.certificateFile)}
            download={`${number}.json`}
            data-action="json"
          >
            {w('own.json')}
          </a>
        </>
      )}
    </Main>
  );
}
