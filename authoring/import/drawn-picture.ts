import { pictureSize } from '../../contract/words/picture-size.ts';
import { isTurnedByCamera } from './camera-turn.ts';
import type { FoundPicture } from './passage.ts';
import { type Crop, type PictureEdit, WHOLE } from './picture-edit.ts';
import { childNamed, type XmlNode } from './xml.ts';

/** A picture as an office program draws it. */
export type DrawnPicture = FoundPicture & {
  /** What is done to its pixels before it is seen. */
  readonly edit?: PictureEdit | undefined;
  /** What is done to it, or stands in its place, that is not understood here: what is seen of it cannot be told. */
  readonly unclear?: string | undefined;
};

/** Spoken of, and not in the workbook. */
export const NO_PICTURE: DrawnPicture = { bytes: undefined, alt: '' };

/** Finds what a part calls by an id of its relations. */
export type Media = (id: string) => Uint8Array | undefined;

/** How large something is on a sheet, in EMU. */
export type DrawnSize = { readonly width: number; readonly height: number };

/**
 * A `pic` of DrawingML: turned by right angles, mirrored and cropped as it is seen, plain otherwise. Whatever else is done to it
 * is named. Source: ECMA-376 part 1, 20.1 and 20.5.
 * @param size of its frame, where the sheet says it better than the picture
 */
export function readPicture(pic: XmlNode, media: Media, size?: DrawnSize): DrawnPicture {
  const fill = childNamed(pic, 'blipFill');
  const blip = childNamed(fill, 'blip');
  const shape = childNamed(pic, 'spPr');
  const bytes = media(blip?.attributes.embed ?? '');
  const edit = editOf(childNamed(fill, 'srcRect'), childNamed(shape, 'xfrm'));
  const unclear =
    strangerIn(pic, ['nvPicPr', 'blipFill', 'spPr', 'style', 'extLst'], 'xdr') ??
    strangerIn(blip, ['extLst', ...NO_EFFECT.filter((name) => hasNoEffect(childNamed(blip, name)))]) ??
    fillingOf(fill) ??
    shapeOf(shape) ??
    (edit === undefined ? '<a:xfrm rot> <a:srcRect>' : undefined) ??
    (bytes && edit && isStretched(bytes, edit, size ?? sizeSaid(shape)) ? '<a:ext>' : undefined) ??
    (edit === WHOLE ? turnOf(bytes) : undefined);
  // What a program describes it as (图片 1, Image3) tells nobody anything.
  return { bytes, alt: '', ...(edit && edit !== WHOLE && { edit }), ...(unclear && { unclear }) };
}

/** What is made of a picture anew lies as office programs show it; of one that stays as it is, browsers do not agree with them. */
export const turnOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && isTurnedByCamera(bytes) ? 'Exif Orientation' : undefined;

/** The first element that is none of those that are understood. */
function strangerIn(node: XmlNode | undefined, known: readonly string[], prefix = 'a'): string | undefined {
  const stranger = node?.children.find(({ name }) => name !== '' && !known.includes(name));
  return stranger && `<${prefix}:${stranger.name}>`;
}

/** Effects that programs write with values at which nothing is changed. */
const NO_EFFECT = ['lum', 'alphaModFix'];
const hasNoEffect = (effect: XmlNode | undefined): boolean =>
  effect !== undefined &&
  Object.entries(effect.attributes).every(
    ([name, value]) =>
      percent(value) === (name === 'amt' ? 1 : 0) && effect.children.every(({ name: of }) => of === ''),
  );

/** All of it, once, in all of its frame. */
function fillingOf(fill: XmlNode | undefined): string | undefined {
  const inset = childNamed(childNamed(fill, 'stretch'), 'fillRect');
  if (Object.values(inset?.attributes ?? {}).some((value) => percent(value) !== 0)) return '<a:fillRect>';
  return strangerIn(fill, ['blip', 'srcRect', 'stretch'], 'a');
}

const WHITE = ['FFFFFF', 'bg1', 'lt1'];

function shapeOf(shape: XmlNode | undefined): string | undefined {
  const geometry = childNamed(shape, 'prstGeom');
  if (geometry && geometry.attributes.prst !== 'rect') return `<a:prstGeom prst="${geometry.attributes.prst ?? ''}">`;
  // What lies behind the picture shows through where it is transparent.
  const behind = childNamed(shape, 'solidFill')?.children.find(({ name }) => name !== '');
  if (behind && !WHITE.includes(behind.attributes.val ?? '')) return '<a:solidFill>';
  // Around the picture, not in it.
  const around = ['outerShdw', 'prstShdw', 'glow', 'reflection'];
  return (
    strangerIn(shape, ['xfrm', 'prstGeom', 'noFill', 'solidFill', 'ln', 'effectLst', 'extLst']) ??
    strangerIn(childNamed(shape, 'effectLst'), around)
  );
}

/** Thousandths of a percent, or what strict files write: 50%. */
const percent = (value: string): number =>
  /%$/.test(value) ? Number(value.slice(0, -1)) / 100 : Number(value) / 100_000;

const isOn = (flag: string | undefined): boolean => flag === '1' || flag === 'true';

/** In 60,000ths of a degree; a tenth of one nobody sees, and programs round. */
const [RIGHT_ANGLE, UNSEEN] = [5_400_000, 6_000];

/** Nothing where it is turned by no right angle, or nothing of it is left. */
function editOf(rectangle: XmlNode | undefined, transform: XmlNode | undefined): PictureEdit | undefined {
  const crop = cropOf(rectangle);
  const { rot = '0', flipH, flipV } = transform?.attributes ?? {};
  const turns = Math.round(Number(rot) / RIGHT_ANGLE);
  if (!crop || !(Math.abs(Number(rot) - turns * RIGHT_ANGLE) <= UNSEEN)) return undefined;
  const edit = { crop, mirrored: isOn(flipH), upsideDown: isOn(flipV), turns: ((turns % 4) + 4) % 4 };
  const isWhole = Object.values(crop).every((part) => part === 0) && !edit.mirrored && !edit.upsideDown;
  return isWhole && edit.turns === 0 ? WHOLE : edit;
}

/** More than the picture itself around it is a margin that nobody needs to see. */
const WIDEST_MARGIN = -1;

function cropOf(rectangle: XmlNode | undefined): Crop | undefined {
  const [left, top, right, bottom] = ['l', 't', 'r', 'b'].map((side) =>
    percent(rectangle?.attributes[side] ?? '0'),
  ) as [number, number, number, number];
  const isSound = [left, top, right, bottom].every((part) => part >= WIDEST_MARGIN && part < 1);
  return isSound && left + right < 1 && top + bottom < 1 ? { left, top, right, bottom } : undefined;
}

/** Twice as wide or as high as it would be; less is how people fit pictures into cells, and shown as it was taken. */
const MOST_STRETCHED = 2;

function isStretched(bytes: Uint8Array, { crop, turns }: PictureEdit, drawn: DrawnSize): boolean {
  const [size, shown] = [pictureSize(bytes), drawn.width / drawn.height];
  // Of a picture that lies on its side programs do not agree which of its sides they measure.
  if (!size || turns % 2 === 1 || !(shown > 0) || shown === Number.POSITIVE_INFINITY) return false;
  const own = (size.width * (1 - crop.left - crop.right)) / (size.height * (1 - crop.top - crop.bottom));
  return Math.max(shown / own, own / shown) > MOST_STRETCHED;
}

/** What a program said that its size was, when it wrote it. */
function sizeSaid(shape: XmlNode | undefined): DrawnSize {
  const { cx, cy } = childNamed(childNamed(shape, 'xfrm'), 'ext')?.attributes ?? {};
  return { width: Number(cx), height: Number(cy) };
}
