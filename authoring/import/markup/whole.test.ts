import fc from 'fast-check';
import { type DefaultTreeAdapterTypes as Dom, defaultTreeAdapter, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { htmlPassage, isUnread, type TextFormat, writtenPassage } from './index.ts';

const nothing = () => undefined;

/** Elements whose words are all shown, in whatever they stand. */
const SHOWN = (
  'p div span b i u em strong h1 h4 blockquote pre code small mark font center section figure figcaption details summary ' +
  'ul ol li dl dt dd sub sup q cite abbr ruby rt a label table tr td th tbody caption ins kbd address o:p'
).split(' ');
const GONE = ['script', 'style', 'template', 'rp'];

const words = fc.string({ unit: fc.constantFrom(...'安全电压甲乙丙abcxyz \n\u00A0'), maxLength: 6 });
const html = fc.letrec<{ readonly node: string; readonly nodes: string }>((tie) => ({
  nodes: fc.array(tie('node'), { maxLength: 4 }).map((all) => all.join('')),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    words,
    fc.constantFrom('<br>', '<hr>', '<wbr>', '<!-- 无 -->', '&nbsp;', '<p>', '<li>', '</div>', '<td>'),
    fc
      .tuple(
        fc.constantFrom(...SHOWN),
        fc.constantFrom('', ' class="x"', ' style="color: red"', ' hidden'),
        tie('nodes'),
      )
      .map(([name, more, inner]) => `<${name}${more}>${inner}</${name}>`),
    fc.constantFrom(...GONE).map((name) => `<${name}>隐</${name}>`),
  ),
})).nodes;

/** What a browser has in its page that is not hidden. */
const seenIn = (nodes: readonly Dom.ChildNode[]): string =>
  nodes
    .map((node) => {
      if (defaultTreeAdapter.isTextNode(node)) return node.value;
      if (!defaultTreeAdapter.isElementNode(node) || GONE.includes(node.tagName)) return '';
      return node.attrs.some(({ name }) => name === 'hidden') ? '' : seenIn(node.childNodes);
    })
    .join('');

const lettersOf = (text: string): string => text.replace(/\P{L}/gu, '');

describe('markup of elements that are known', () => {
  it('loses no letter, adds none, and leaves all in order', () => {
    let shown = 0;
    fc.assert(
      fc.property(html, (written) => {
        const read = htmlPassage(written, nothing);
        if (isUnread(read)) {
          // Cells without a table, or words between its rows: told by name.
          expect(read.construct).toMatch(/^<(td|th|tr|tbody|table|caption|td hidden|th hidden)>$/);
          return;
        }
        shown += 1;
        expect(lettersOf(read.text)).toBe(lettersOf(seenIn(parseFragment(written).childNodes)));
      }),
      { numRuns: 3_000 },
    );
    expect(shown).toBeGreaterThan(1_000);
  });

  it('is read the same again, and has no blank that nobody asked for', () =>
    fc.assert(
      fc.property(html, (written) => {
        const read = htmlPassage(written, nothing);
        if (isUnread(read) || /pre/.test(written)) return;
        expect(read.text).not.toMatch(/[^\S\n\u00A0]{2}|[^\S\n\u00A0]$|^\n|\n$|[\uE000-\uF8FF]/);
      }),
      { numRuns: 1_000 },
    ));
});

describe('whatever is written, in whatever format,', () => {
  const signs = fc.constantFrom(
    ...[
      '<',
      '>',
      '</',
      '/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&',
      ';',
      '"',
      "'",
      '=',
      ' ',
      '\n',
      '甲',
      'b',
      'p',
      'td',
    ],
    ...[
      'table',
      'math',
      'style',
      'script',
      'hidden',
      '{mlang',
      '}',
      '\\(',
      '\\)',
      '$$',
      '|',
      '*',
      '_',
      '`',
      '#',
      '\uE103',
    ],
  );
  it('is read or refused by name', () =>
    fc.assert(
      fc.property(
        fc.array(signs, { maxLength: 40 }),
        fc.constantFrom<TextFormat>('html', 'moodle', 'plain', 'markdown'),
        (parts, format) => {
          const read = writtenPassage(parts.join(''), format, nothing);
          expect(isUnread(read) ? read.construct : read.text).toBeTypeOf('string');
        },
      ),
      { numRuns: 3_000 },
    ));

  it('by hand, no letter outside of what is a tag is lost', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<', '>', '甲', 'u1', ' ', '=', '"', '</', '<b>', '</b>', '&lt;', 'q<r'), {
          maxLength: 30,
        }),
        (parts) => {
          const written = parts.join('');
          const read = writtenPassage(written, 'moodle', nothing);
          const [tags, letters] = [/<\/?[bq](?=[\s>/])/g, /甲|u1/g];
          if (isUnread(read) || tags.test(written.replace(/<\/?b>/g, ''))) return;
          expect(read.text.match(letters) ?? []).toEqual(written.match(letters) ?? []);
        },
      ),
      { numRuns: 3_000 },
    ));
});
