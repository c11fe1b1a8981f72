import { useCallback, useState } from 'react';
import { type PhotoVerdict, workerEndpoints } from '../../contract/platform/workers.ts';
import { explainPhoto } from '../../messages/photos.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { FileField } from './file-field.tsx';
import { base64Of, jpegOf } from './files.ts';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

/** Somebody takes their own photo, on their phone. What it is for is said first; nothing is taken before they agree. */
export function PhotoLinkPage({ secret }: { readonly secret: string }) {
  const { t, ask } = usePlatform();
  const load = useCallback(() => ask(workerEndpoints.readPhotoLink, { body: { secret } }), [ask, secret]);
  const { value, refused } = useLoaded(load);
  const [consents, setConsents] = useState<boolean>();
  const [done, setDone] = useState(false);
  return (
    <Main screen="photo-link" className="page narrow">
      <h1>{t('photo.title')}</h1>
      <Problem refused={refused} />
      {value && done && <p role="status">{t('photo.done')}</p>}
      {value && !done && (
        <>
          <p>{t('photo.for', { name: value.name, firm: value.firm })}</p>
          {consents === undefined && (
            <>
              <p>{t('photo.consent')}</p>
              <div className="deeds">
                <Button look="primary" action="consent" onPress={() => setConsents(true)}>
                  {t('photo.agree')}
                </Button>
                <Button action="decline" onPress={() => setConsents(false)}>
                  {t('photo.decline')}
                </Button>
              </div>
            </>
          )}
          {consents === false && (
            <>
              <p role="status">{t('photo.declined')}</p>
              <Button look="quiet" action="think-again" onPress={() => setConsents(undefined)}>
                {t('app.back')}
              </Button>
            </>
          )}
          {consents && <TakePhoto secret={secret} onDone={() => setDone(true)} />}
        </>
      )}
    </Main>
  );
}

function TakePhoto({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [verdict, setVerdict] = useState<PhotoVerdict>();
  const [shown, setShown] = useState<string>();
  const send = ([file]: readonly File[]) =>
    run(async () => {
      setVerdict(undefined);
      const jpeg = file && (await jpegOf(file));
      if (!jpeg) return setVerdict({ taken: false, reasons: ['photo-unreadable'] });
      const photo = await base64Of(jpeg);
      setShown(`data:image/jpeg;base64,${photo}`);
      const answered = await ask(workerEndpoints.sendPhoto, { body: { secret, consents: true, photo } });
      setVerdict(answered);
      if (answered.taken) onDone();
    });
  return (
    <>
      <p>{t('photo.how')}</p>
      {shown && <img className="portrait" src={shown} alt={t('photo.yours')} />}
      <div role="status">
        {busy && <p>{t('photo.looking')}</p>}
        {verdict && !verdict.taken && (
          <p className="notice warn" data-verdict="no">
            {verdict.reasons.map((reason) => explainPhoto(reason, locale)).join('、')} · {t('photo.again')}
          </p>
        )}
      </div>
      <Problem {...problem} />
      <FileField name="own-photo" label={t('photo.take')} accept="image/*" camera disabled={busy} onFiles={send} />
    </>
  );
}
