import { isDeepStrictEqual } from 'node:util';
import type { Locale } from '../../../contract/words/localized.ts';
import { illustrated, type Passage } from '../passage.ts';
import { textNode, type XmlNode } from '../xml.ts';
import { hasLoneLanguage, withLanguages } from './characters.ts';
import { htmlOfMarkdown } from './markdown.ts';
import { type Around, type Find, type Notes, newNotes, PAGE } from './notes.ts';
import { textOfPieces } from './pieces.ts';
import { piecesOf } from './read.ts';
import { type WrittenBy, withoutFalseTags } from './tags.ts';
import { treeOfHtml } from './tree.ts';
import { isUnread, type Unread, Unreadable } from './unread.ts';

export { type Find, isUnread, type Unread };

/** In which a text of Moodle may be written. `moodle` is what people type, with line ends that count and markup among it. */
const FORMATS = ['html', 'moodle', 'plain', 'markdown'] as const;
export type TextFormat = (typeof FORMATS)[number];

/** A format by the name that Moodle XML and GIFT have for it; nothing where there is none of that name. */
export function formatNamed(name: string): TextFormat | undefined {
  if (name === 'moodle_auto_format' || name === '') return 'moodle';
  return name === 'plain_text' ? 'plain' : FORMATS.find((format) => format === name.toLowerCase());
}

/** What a reader sees of an element of XML in which elements of HTML stand, such as a body of QTI; or what in it is not understood. */
export const passageOf = (node: XmlNode, find: Find): Passage | Unread =>
  reading(() => seenIn({ ...node, name: '' }, find, PAGE));

/** What a reader sees of a text, in the format that it is written in; or what in it is not understood. */
export const writtenPassage = (text: string, format: TextFormat, find: Find): Passage | Unread =>
  reading(() => {
    const lined: Around = { ...PAGE, kept: 'lines' };
    if (format === 'plain') return seenIn(textNode(text), find, lined);
    if (format === 'markdown') return seenIn(treeOf(htmlOfMarkdown(text), 'hand'), find, PAGE);
    return format === 'moodle'
      ? seenIn(treeOf(text, 'hand'), find, lined)
      : seenIn(treeOf(text, 'program'), find, PAGE);
  });

/** {@link writtenPassage} of HTML that a program wrote. */
export const htmlPassage = (html: string, find: Find): Passage | Unread => writtenPassage(html, 'html', find);

function reading(read: () => Passage): Passage | Unread {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return error.unread;
    throw error;
  }
}

function treeOf(text: string, by: WrittenBy): XmlNode {
  const written = withLanguages(text.replace(/\r\n?/g, '\n'));
  if (hasLoneLanguage(written)) throw new Unreadable('{mlang}');
  if (by === 'program' && /<!\[CDATA\[/i.test(written)) throw new Unreadable('<![CDATA[');
  if (!/[<&]/.test(written)) return textNode(written);
  const tree = treeOfHtml(withoutFalseTags(written, by));
  if (!tree) throw new Unreadable('elements in elements');
  return tree;
}

/** In Chinese; in English too where a text has both. @throws Unreadable */
function seenIn(node: XmlNode, find: Find, around: Around): Passage {
  const [chinese, passage] = seenInLocale(node, find, around, 'zh');
  const { zh, en } = chinese.parts;
  if (zh + en === 0) return passage;
  const [, english] = seenInLocale(node, find, around, 'en');
  // A part in one language alone would be shown to who reads the other, or to nobody.
  if (zh !== en || !isDeepStrictEqual(passage.pictures, english.pictures)) throw new Unreadable('multilang');
  return { ...passage, en: english.text };
}

function seenInLocale(node: XmlNode, find: Find, around: Around, locale: Locale): readonly [Notes, Passage] {
  const notes = newNotes(find, locale);
  const { text, pictures } = illustrated(textOfPieces(piecesOf(node, around, notes)), notes.pictures);
  const { leftOut, marks, tableUnreadable } = notes;
  return [
    notes,
    {
      // Blanks that count may stand at the beginning of a line.
      ...{ text: text.replace(/^[ \n]+|[ \n]+$/g, ''), pictures },
      ...(tableUnreadable && { tableUnreadable }),
      ...(leftOut.size > 0 && { leftOut: [...leftOut] }),
      ...(marks.size > 0 && { marks }),
    },
  ];
}
