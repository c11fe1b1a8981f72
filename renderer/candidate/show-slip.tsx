import { useEffect, useRef } from 'react';
import { useCameraStream, usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { FaceView } from '../design/face-view.tsx';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { readSlips } from '../link/slip-reader.ts';

/** Nobody is looked at for longer who only went by. */
const LOOKS_MS = 60_000;

/** Whoever has an admission slip holds its code before the camera, in place of the card. It is read here, and nowhere else. */
export function ShowSlip({ onBack }: { readonly onBack: () => void }) {
  const { t, station } = usePage();
  const { refused, run } = useCall();
  useSlips((code) => run(() => station.call('identify.slip', { code })));
  useEffect(() => {
    const timer = setTimeout(onBack, LOOKS_MS);
    return () => clearTimeout(timer);
  }, [onBack]);
  return (
    <Scene screen="slip" picture={<FaceView small />}>
      <h1>{t('slip-reading.title')}</h1>
      <p className="lead">{t('slip-reading.hint')}</p>
      <Notice reason={refused} />
      <p className="muted">{t('slip-reading.privacy')}</p>
      <div className="deeds">
        <Button look="quiet" icon="back" onPress={onBack} action="slip-back">
          {t('common.back')}
        </Button>
      </div>
    </Scene>
  );
}

/** Each slip that is shown, once: one that was refused is not asked about again for as long as it is held there. */
function useSlips(onSlip: (code: string) => void): void {
  const { camera } = usePage();
  const stream = useCameraStream(camera);
  const told = useRef(onSlip);
  told.current = onSlip;
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (!stream) return undefined;
    return readSlips(stream, (code) => {
      if (code === last.current) return;
      last.current = code;
      told.current(code);
    });
  }, [stream]);
}
