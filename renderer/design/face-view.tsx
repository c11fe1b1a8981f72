import { useEffect, useRef } from 'react';
import { useCameraStream, usePage } from '../context.ts';

/** The live picture, mirrored as people know themselves, with an oval to put the face in. */
export function FaceView({ progress = 0, small = false }: { readonly progress?: number; readonly small?: boolean }) {
  const { camera, t } = usePage();
  const stream = useCameraStream(camera);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null;
  }, [stream]);
  return (
    <div className={small ? 'face-view small' : 'face-view'}>
      <video ref={video} autoPlay muted playsInline aria-label={t('device.camera')} />
      {!small && (
        <svg viewBox="0 0 640 480" aria-hidden="true">
          <defs>
            <mask id="outside">
              <rect width="640" height="480" fill="white" />
              <ellipse cx="320" cy="225" rx="130" ry="172" fill="black" />
            </mask>
          </defs>
          <rect width="640" height="480" className="shade" mask="url(#outside)" />
          <ellipse cx="320" cy="225" rx="130" ry="172" className="guide" />
          <ellipse
            cx="320"
            cy="225"
            rx="130"
            ry="172"
            className="guide-progress"
            pathLength={100}
            strokeDasharray={`${progress * 100} 100`}
          />
        </svg>
      )}
    </div>
  );
}
