import { useState } from 'react';
import { type PhotoVerdict, workerEndpoints } from '../../contract/platform/workers.ts';
import { explainPhoto } from '../../messages/photos.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { FileField } from './file-field.tsx';
import { base64Of, jpegOf } from './files.ts';
import { Problem } from './problem.tsx';
import { QrCode } from './qr-code.tsx';
import { ToldOnce } from './told-once.tsx';
import { useDeed } from './use-deed.ts';
import type { WorkerProps } from './worker-props.ts';

/** A photo is put in here, or its owner is sent a link to take it on their own phone. */
export function WorkerPhotoDeeds({ firm, worker, onChanged }: WorkerProps) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [verdict, setVerdict] = useState<PhotoVerdict>();
  const [link, setLink] = useState<string>();
  const params = { firm: firm.id, id: worker.id };
  const send = ([file]: readonly File[]) =>
    run(async () => {
      setVerdict(undefined);
      const jpeg = file && (await jpegOf(file));
      if (!jpeg) return setVerdict({ taken: false, reasons: ['photo-unreadable'] });
      const answered = await ask(workerEndpoints.addPhoto, { params, body: { photo: await base64Of(jpeg) } });
      setVerdict(answered);
      if (answered.taken) onChanged();
    });
  const invite = () =>
    run(async () => {
      const { secret } = await ask(workerEndpoints.invitePhoto, { params });
      setLink(`${location.origin}${location.pathname}#/photo/${encodeURIComponent(secret)}`);
    });
  return (
    <>
      <div className="fields">
        <FileField
          name="photo"
          label={t('worker.photo-put')}
          hint={t('photo.how')}
          accept="image/*"
          disabled={busy}
          onFiles={send}
        />
      </div>
      <div role="status">
        {verdict && !verdict.taken && (
          <p className="notice warn">{verdict.reasons.map((reason) => explainPhoto(reason, locale)).join('、')}</p>
        )}
      </div>
      <Problem {...problem} />
      {link ? (
        <div className="with-code">
          <QrCode text={link} label={t('worker.link-code')} />
          <ToldOnce label={t('worker.link')} secret={link} />
        </div>
      ) : (
        <div>
          <Button action="photo-link" disabled={busy} onPress={invite}>
            {t('worker.link-make')}
          </Button>
        </div>
      )}
    </>
  );
}
