import type { CSSProperties } from 'react';
import type { LightStep } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';
import { FaceView } from '../design/face-view.tsx';
import { Main } from '../design/main.tsx';

/** The whole screen shines in one colour after the other, for the face before it to give back. */
export function LitScreen({ colour, at, of }: LightStep) {
  const { t } = usePage();
  return (
    <Main screen="capturing" className="lit-screen">
      <div className="shine" style={{ '--shining': colour } as CSSProperties} data-shining={colour} />
      <FaceView progress={at / of} />
      <div className="lit-told" role="status" aria-live="polite">
        <h1>{t('capture.light')}</h1>
        <p className="lead">{t('capture.light-hint')}</p>
      </div>
    </Main>
  );
}
