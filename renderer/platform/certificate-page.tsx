import { useCallback, useState } from 'react';
import { certificateEndpoints, type WholeCertificate } from '../../contract/platform/certificates.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { addressOf } from './api.ts';
import { usePlatform } from './context.tsx';
import { FactList } from './fact-list.tsx';
import { Form, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { addressFor } from './route.ts';
import { useDeed } from './use-deed.ts';
import { standingTone } from './words-of.ts';

/** One certificate: whether it holds, why not, and what it rests on. */
export function CertificatePage({ id }: { readonly id: string }) {
  const { ask, t } = usePlatform();
  const load = useCallback(() => ask(certificateEndpoints.read, { params: { number: id } }), [ask, id]);
  const { value, refused, again } = useLoaded(load);
  return (
    <Main screen="certificate" className="page">
      {!value && <h1>{t('certificates.one')}</h1>}
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value && <Shown certificate={value} onRevoked={again} />}
    </Main>
  );
}

type Part = { readonly certificate: WholeCertificate };

function Shown({ certificate, onRevoked }: Part & { readonly onRevoked: () => void }) {
  const { t, locale } = usePlatform();
  const { name, ending, standing, title, number, revoked } = certificate;
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <div className="head">
        <h1>{name}</h1>
        <span className="muted">{t('certificates.ending', { ending })}</span>
        <span className={`badge ${standingTone(standing)}`} data-standing={standing}>
          {t(`standing.${standing}`)}
        </span>
      </div>
      <p>
        {inLocale(title, locale)} · <code>{number}</code>
      </p>
      {standing !== 'valid' && (
        <p className="notice warn">
          <span>
            {revoked
              ? t('certificates.why-revoked', { at: when.format(new Date(revoked.at)), cause: revoked.cause })
              : t(standing === 'suspended' ? 'certificates.why-suspended' : 'certificates.why-expired')}
          </span>
        </p>
      )}
      <Facts certificate={certificate} />
      <Files certificate={certificate} />
      {certificate.mayRevoke && <Revoke certificate={certificate} onRevoked={onRevoked} />}
    </>
  );
}

function Facts({ certificate }: Part) {
  const { t, locale } = usePlatform();
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const { firm, passedAt, issuedAt, expiresAt, salt, logIndex } = certificate;
  const rows = [
    [t('results.firm'), firm],
    [t('certificates.passed'), day.format(new Date(passedAt))],
    [t('certificates.issued'), day.format(new Date(issuedAt))],
    [t('certificates.until'), expiresAt ? day.format(new Date(expiresAt)) : t('certificates.never')],
  ] as const;
  return (
    <section className="part" aria-labelledby="facts">
      <h2 id="facts">{t('certificates.facts')}</h2>
      <FactList facts={rows} />
      <p>
        <a href={addressFor('result', String(logIndex))}>{t('certificates.result')}</a>
      </p>
      {salt && (
        <details>
          <summary>{t('certificates.salt')}</summary>
          <p className="muted">{t('certificates.salt-means')}</p>
          <code style={{ overflowWrap: 'anywhere' }}>{salt}</code>
        </details>
      )}
    </section>
  );
}

function Files({ certificate: { number, page, standing } }: Part) {
  const { t } = usePlatform();
  const asked = { params: { number } };
  return (
    <section className="part" aria-labelledby="files">
      <h2 id="files">{t('certificates.files')}</h2>
      {standing === 'revoked' ? (
        <p className="muted">{t('certificates.no-files')}</p>
      ) : (
        <p className="deeds">
          <a download href={addressOf(certificateEndpoints.paper, asked)}>
            {t('certificates.paper')}
          </a>
          <a download href={addressOf(certificateEndpoints.file, asked)}>
            {t('certificates.file')}
          </a>
        </p>
      )}
      <p>
        {t('certificates.public')}{' '}
        <a href={page} target="_blank" rel="noreferrer" style={{ overflowWrap: 'anywhere' }}>
          {new URL(page, location.href).href}
        </a>
      </p>
    </section>
  );
}

/** For good: so it is asked for twice, with a cause. */
function Revoke({ certificate: { number, name }, onRevoked }: Part & { readonly onRevoked: () => void }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [asks, setAsks] = useState(false);
  const [cause, setCause] = useState('');
  const revoke = async () => {
    const body = { cause: cause.trim() };
    if (await run(() => ask(certificateEndpoints.revoke, { params: { number }, body }))) onRevoked();
  };
  return (
    <div className="deeds">
      <Button look="danger" action="revoke" onPress={() => setAsks(true)}>
        {t('certificates.revoke')}
      </Button>
      {asks && (
        <Dialog title={t('certificates.revoke-of', { name })} onClose={() => setAsks(false)}>
          <Form onSend={revoke}>
            <p>{t('certificates.revoke-means')}</p>
            <TextField name="cause" label={t('certificates.cause')} value={cause} onChange={setCause} required />
            <Problem {...problem} />
            <div className="sheet-deeds">
              <Button action="cancel" onPress={() => setAsks(false)}>
                {t('app.cancel')}
              </Button>
              <Button look="danger" submits action="confirm-revoke" disabled={busy || cause.trim().length < 2}>
                {t('certificates.revoke')}
              </Button>
            </div>
          </Form>
        </Dialog>
      )}
    </div>
  );
}
