import { type PlacedPicture, readDrawing } from './drawing.ts';
import { type DrawnPicture, type Media, readPicture } from './drawn-picture.ts';
import { type Parts, partOf } from './relations.ts';
import { readValuePictures, type ValuePictures } from './value-pictures.ts';
import { readOldDrawing } from './vml-drawing.ts';
import { allNamed } from './xml.ts';

/** The pictures of a workbook. */
export type BookPictures = {
  /** Those that lie on a sheet, by the name of its part. @throws Error where it is too much */
  on(sheet: string): readonly PlacedPicture[];
  /** Those that cells name. */
  readonly named: ReadonlyMap<string, DrawnPicture>;
  /** Those that are the values of cells. */
  readonly values: ValuePictures;
};

/**
 * Pictures that lie on sheets (ECMA-376 part 1, 20.5, and VML before it), those that WPS Office puts into cells (`cellimages.xml`),
 * and those that Excel does (MS-XLSX 2.6, rich data).
 * @param workbook the name of its part
 * @throws Error where it is too much
 */
export function readBookPictures(parts: Parts, workbook: string): BookPictures {
  return {
    on: (sheet) =>
      parts.relations(sheet).flatMap(({ kind, part }): readonly PlacedPicture[] => {
        const xml = kind === 'drawing' || kind === 'vmlDrawing' ? parts.xml(part) : undefined;
        if (!xml || part === undefined) return [];
        return kind === 'drawing' ? readDrawing(xml, mediaOf(parts, part)) : readOldDrawing(xml);
      }),
    named: namedIn(parts, workbook),
    values: readValuePictures(parts, workbook),
  };
}

const mediaOf =
  (parts: Parts, part: string): Media =>
  (id) =>
    parts.bytes(parts.relations(part).find((relation) => relation.id === id)?.part);

function namedIn(parts: Parts, workbook: string): ReadonlyMap<string, DrawnPicture> {
  const part = partOf(parts, workbook, 'cellImage', 'xl/cellimages.xml');
  const xml = parts.xml(part);
  if (!xml || part === undefined) return new Map();
  return new Map(
    allNamed(xml, 'pic').map((picture) => {
      const [properties] = allNamed(picture, 'cNvPr');
      return [properties?.attributes.name ?? '', readPicture(picture, mediaOf(parts, part))];
    }),
  );
}
