import sharp from 'sharp';
import { DRAWN, drawHead } from '../../renderer/gallery/drawn-head.ts';

/** The drawn head for one round, as JPEG pictures, as a camera would give them. */
export function drawnFrames(): Promise<readonly Uint8Array[]> {
  // Whoever decodes photos lets nothing in but photos.
  sharp.unblock({ operation: ['VipsForeignLoadSvg'] });
  const draw = (at: number) =>
    sharp(Buffer.from(drawHead(at / DRAWN.frames)))
      .jpeg({ quality: 88 })
      .toBuffer();
  return Promise.all(Array.from({ length: DRAWN.frames }, (_, at) => draw(at)));
}
