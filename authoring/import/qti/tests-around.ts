import { unescapeAddress } from '../passage.ts';
import type { UnreadFile } from '../source.ts';
import { type Shown, shownOf } from './shown.ts';
import { allIn, elements, elementsOf, type QtiNode, tagOf } from './tree.ts';

/** What the tests of a package say about its items. */
export type Tests = {
  /** What sections show with an item of that file; `unclear` where that depends on the test, or is not all understood. */
  readonly above: (file: string) => readonly QtiNode[] | 'unclear';
  /** Tests with rules that are not read: a bank has the questions only. */
  readonly unreadFiles: readonly UnreadFile[];
};

/** Of a test what a bank needs; anything else in it is told. */
const READ = new Set([
  ...['assessmentTest', 'testPart', 'assessmentSection', 'assessmentSectionRef', 'assessmentItemRef'],
  ...['outcomeDeclaration', 'defaultValue', 'value', 'rubricBlock'],
]);

/** @param tests documents with a test or a section, by their names */
export function testsIn(tests: ReadonlyMap<string, QtiNode>, open: (name: string) => QtiNode | undefined): Tests {
  const shown = new Map<string, (readonly Shown[])[]>();
  const unreadFiles: UnreadFile[] = [];
  const walk = (node: QtiNode, above: readonly Shown[], depth: number): void => {
    if (node.name === 'assessmentItemRef') {
      const file = keyOf(node.attributes.href ?? '');
      shown.set(file, [...(shown.get(file) ?? []), above]);
    } else if (node.name === 'assessmentSectionRef') {
      const section = depth > 0 ? open(node.attributes.href ?? '') : undefined;
      if (section) walk(section, above, depth - 1);
      else
        unreadFiles.push({
          file: node.attributes.href ?? '',
          reason: 'section',
          why: 'a section that a test names, and it cannot be read',
        });
    } else {
      const own = node.name === 'assessmentSection' ? rubricsOf(node) : [];
      for (const child of elementsOf(node)) walk(child, [...above, ...own], depth);
    }
  };
  const referenced = new Set(
    [...tests.values()].flatMap((test) => allIn(test, 'assessmentSectionRef')).map(({ attributes }) => attributes.href),
  );
  for (const [file, test] of tests) {
    if (!referenced.has(file)) walk(test, [], MOST_REFERENCES);
    const unread = unreadIn(test);
    if (unread.length > 0) unreadFiles.push(notRead(file, unread));
  }
  return { above: (file) => commonOf(shown.get(keyOf(file)) ?? []), unreadFiles };
}

export function notRead(file: string, tags: readonly string[]): UnreadFile {
  const detail = [...new Set(tags)].join(', ');
  return { file, why: `not read of the test: ${detail}`, reason: 'parts', detail };
}

/** Sections that stand in files of their own, one in the other. */
const MOST_REFERENCES = 3;

/** What a section tells candidates. */
const rubricsOf = (section: QtiNode): readonly Shown[] =>
  elementsOf(section)
    .filter(({ name }) => name === 'rubricBlock')
    .map((rubric) => shownOf(rubric))
    .filter(({ body, unread }) => body.children.length > 0 || unread !== undefined);

/** A file as addresses and lists name it alike. */
const keyOf = (address: string): string => unescapeAddress(address).normalize('NFC').toLowerCase();

/** Elements. */
const MOST_ABOVE = 2_000;

function commonOf(all: readonly (readonly Shown[])[]): readonly QtiNode[] | 'unclear' {
  if (all.flat().some(({ unread }) => unread !== undefined)) return 'unclear';
  const [first = [], ...others] = all.map((one) => one.map(({ body }) => body));
  // What is long and stands above very many items would never come to an end.
  if (first.flatMap(elements).length > MOST_ABOVE) return 'unclear';
  return others.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : 'unclear';
}

/** What is not read of a test; what stands in that goes with it. */
function unreadIn(test: QtiNode): readonly string[] {
  const walk = (node: QtiNode, isWhole: boolean): readonly string[] => {
    // What a whole test tells candidates is no part of a question.
    if (!READ.has(node.name) || (isWhole && node.name === 'rubricBlock')) return [tagOf(node)];
    const inner = elementsOf(node).flatMap((child) => walk(child, node.name !== 'assessmentSection'));
    return node.name === 'rubricBlock' ? [] : inner;
  };
  return walk(test, false);
}
