import type { OwnCertificate, OwnResult } from '../../contract/home/own-file.ts';
import { daysLeft } from './days.ts';
import { useOwnWords } from './own-words.ts';

/** What a result is by now: each in words, for colours alone tell nobody. */
export function ResultStanding({ result }: { readonly result: OwnResult }) {
  const { w } = useOwnWords();
  const { passed, standing, correction, appeals } = result;
  const counts = standing === 'counts';
  return (
    <span className="badges">
      {counts && <span className={passed ? 'badge good' : 'badge bad'}>{w(passed ? 'own.passed' : 'own.failed')}</span>}
      {!counts && (
        <span className={standing === 'void' ? 'badge bad' : 'badge warn'}>{w(`own.standing.${standing}`)}</span>
      )}
      {correction && <span className="badge mock">{w('own.corrected')}</span>}
      {appeals[0]?.state === 'open' && (
        <span className="badge warn">
          {w('appeal.title')} · {w('appeal.state.open')}
        </span>
      )}
    </span>
  );
}

const LOOKS = { valid: 'good', expired: 'bad', suspended: 'warn', revoked: 'bad' } as const;

export function CertificateStanding({ standing }: Pick<OwnCertificate, 'standing'>) {
  const { w } = useOwnWords();
  return <span className={`badge ${LOOKS[standing]}`}>{w(`own.cert.${standing}`)}</span>;
}

/** How long it is good, and whom to ask when that is not long. */
export function TimeLeft({ certificate }: { readonly certificate: OwnCertificate }) {
  const { w, day } = useOwnWords();
  const { expiresAt } = certificate;
  const left = daysLeft(certificate, new Date());
  return (
    <span className={left?.soon ? 'more soon' : 'more'}>
      {w('own.until')} {expiresAt ? <time dateTime={expiresAt}>{day(expiresAt)}</time> : w('own.never')}
      {left && <span className="nowrap"> · {w('own.days-left', { days: left.days })}</span>}
      {left?.soon && <strong className="ask">{w('own.ends-soon')}</strong>}
    </span>
  );
}
