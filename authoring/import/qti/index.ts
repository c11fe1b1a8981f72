import { type ItemReading, refuse } from '../problems.ts';
import type { ReadRow, Source } from '../source.ts';
import { rootName } from '../xml.ts';
import { decodeXml } from '../xml-text.ts';
import { openPackage, type Package, packageOfOne } from './package.ts';
import { readQti1 } from './qti1.ts';
import { readQti2Item } from './qti2-item.ts';
import { notRead, type Tests, testsIn } from './tests-around.ts';
import { allIn, outermostIn, type QtiNode } from './tree.ts';

/**
 * QTI 1.2, 2.x and 3.0: items that are one choice, and of 1.2 one number, alone or in a package. Any other kind is rejected
 * as `kind-unknown`, and what is not understood of an item as `construct-unread`, by name. A row is one item; its place is the file in
 * the package. Sources: imsglobal.org/question, and what Canvas and Blackboard export as QTI 1.2.
 * @throws Refusal `not-a-workbook` where it is no package, or one that is too large
 */
export function readQti(bytes: Uint8Array): Source {
  const pack = bytes[0] === 0x50 && bytes[1] === 0x4b ? openPackage(bytes) : packageOfOne(bytes);
  return { rows: rowsOf(pack), skippedSheets: [], unreadFiles: pack.unreadFiles };
}

function* rowsOf(pack: Package): Iterable<ReadRow> {
  const testFiles = pack.names.filter((name) => pack.says(name, /<([\w.-]+:)?(qti-)?assessment-?(test|section)\b/i));
  const tests = testsIn(new Map(testFiles.flatMap((name) => testAt(pack, name))), pack.open);
  pack.unreadFiles.push(...tests.unreadFiles);
  for (const name of pack.names) {
    const document = pack.open(name);
    const readings = document ? readingsIn(document, name, pack, tests) : [];
    for (const [at, reading] of readings.entries()) yield { sheet: name, row: at + 1, reading };
  }
}

const testAt = (pack: Package, name: string): readonly (readonly [string, QtiNode])[] => {
  const document = pack.open(name);
  const [test] = document ? outermostIn(document, 'assessmentTest', 'assessmentSection') : [];
  return test ? [[name, test]] : [];
};

function readingsIn(document: QtiNode, name: string, pack: Package, tests: Tests): readonly ItemReading[] {
  const old = allIn(document, 'questestinterop')[0];
  if (old) {
    const { readings, unread } = readQti1(old, name, pack.find);
    if (unread.length > 0) pack.unreadFiles.push(notRead(name, unread));
    return readings;
  }
  const above = tests.above(name);
  return outermostIn(document, 'assessmentItem').map((item) =>
    above === 'unclear'
      ? refuse('construct-unread', { construct: '<rubricBlock>' })
      : readQti2Item(item, { find: pack.find, documents: pack.documents, above }),
  );
}

/** Whether an XML document has questions of QTI in it; a Moodle quiz may speak of them. */
export function isQti(bytes: Uint8Array): boolean {
  const text = decodeXml(bytes);
  return rootName(text) !== 'quiz' && /<([\w.-]+:)?((qti-)?assessment-?item|questestinterop)\b/i.test(text);
}
