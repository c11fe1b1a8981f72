import * as jsqr from 'jsqr';
import sharp from 'sharp';

/** Its types say where its function is for one way of importing it, and it is there for the other, too. */
const jsQR = jsqr.default as unknown as (
  data: Uint8ClampedArray,
  width: number,
  height: number,
) => { readonly data: string } | null;

/** What a phone reads off a picture with a QR code on it; nothing where it reads none. */
export async function readQr(picture: Uint8Array, width?: number): Promise<string | undefined> {
  const image = sharp(picture);
  const { data, info } = await (width ? image.resize(width) : image)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data;
}
