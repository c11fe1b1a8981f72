import type { PlacedPicture } from './drawing.ts';
import { NO_PICTURE } from './drawn-picture.ts';
import { allNamed, childNamed, textOf, type XmlNode } from './xml.ts';

/**
 * What lies on a sheet in the way of old: pictures, embedded objects, buttons. What it shows is not read; each stands as a picture of
 * which it cannot be told. Notes (批注) are no part of it, nor what is printed at the head of pages. Source: ECMA-376 part 4, 14.
 */
export function readOldDrawing(drawing: XmlNode): readonly PlacedPicture[] {
  return allNamed(drawing, 'shape', 'rect', 'roundrect', 'oval', 'line', 'image', 'group').flatMap((shape) => {
    const data = childNamed(shape, 'ClientData');
    const anchor = childNamed(data, 'Anchor');
    if (!data || !anchor || data.attributes.ObjectType === 'Note') return [];
    if (/visibility\s*:\s*hidden/i.test(shape.attributes.style ?? '')) return [];
    const [column = 0, , first = 0, , , , last = 0, below = 0] = textOf(anchor).split(',').map(Number);
    if (![column, first, last, below].every(Number.isInteger)) return [];
    const rows = { first, last: Math.max(first, below === 0 ? last - 1 : last) };
    const name = allNamed(shape, 'imagedata').length > 0 ? 'imagedata' : shape.name;
    return [{ ...NO_PICTURE, unclear: `<v:${name}>`, rows, column, inCell: false }];
  });
}
