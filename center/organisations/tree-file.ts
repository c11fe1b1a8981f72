import { readCsvCells } from '../../authoring/import/index.ts';

/** A line of a file of counties and streets. */
export type TreeLine = {
  readonly row: number;
  readonly county: string;
  readonly street: string;
  /** Something stands in a third column: it would be lost. */
  readonly isWider: boolean;
};

/** Headings as offices write them, without blanks, slashes and brackets. */
const COUNTY = /^(县区?|区县?|(所属|所在)?(县区|区县)(名称)?|county|district)$/i;
const STREET = /^((街道|乡镇|街镇|镇街|街道乡镇|乡镇街道|街道镇)(名称)?|street|town|)$/i;

/**
 * Two columns, with headings or without; blank lines are left out.
 * @throws Refusal `not-a-workbook`
 */
export function readTreeFile(bytes: Uint8Array): readonly TreeLine[] {
  const rows = readCsvCells(bytes).map((cells, at) => ({
    row: at + 1,
    county: cells[0]?.trim() ?? '',
    street: cells[1]?.trim() ?? '',
    isWider: cells.slice(2).some((cell) => cell.trim() !== ''),
  }));
  const filled = rows.filter(({ county, street, isWider }) => county || street || isWider);
  return filled[0] && isHeading(filled[0]) ? filled.slice(1) : filled;
}

const isHeading = ({ county, street }: TreeLine): boolean => COUNTY.test(bare(county)) && STREET.test(bare(street));
const bare = (cell: string): string => cell.replaceAll(/[\s/\\、()（）]/g, '');
