import { UNKNOWN_ENTITY } from '../xml.ts';
import type { Around } from './notes.ts';
import { BREAK, keptBlanks, type Piece, words } from './pieces.ts';
import { Unreadable } from './unread.ts';

/** Bullets of the fonts Symbol and Wingdings, as Word writes them. */
const BULLETS: Readonly<Record<string, string>> = {
  ...{ '\uF0B7': '•', '\uF0A7': '▪', '\uF0D8': '➢', '\uF06C': '●', '\uF06E': '■', '\uF075': '◆' },
};

/** What a font of its own shows, and a mark that turns round what stands behind it; neither is the same elsewhere. */
const STRANGE = /[\uE000-\uF8FF\u{F0000}-\u{10FFFF}\u202E]/u;

/** The words of a run of text. Invisible characters go when lines are tidied. @throws Unreadable */
export function wordsIn(text: string, { kept }: Around): readonly Piece[] {
  if (text.includes(UNKNOWN_ENTITY))
    throw new Unreadable(new RegExp(`${UNKNOWN_ENTITY}(&[^;]*;)`).exec(text)?.[1] ?? '&');
  const known = text.replace(/[\uF06C-\uF0D8]/g, (sign) => BULLETS[sign] ?? sign);
  const [strange] = STRANGE.exec(known) ?? [];
  if (strange) throw new Unreadable(`U+${strange.codePointAt(0)?.toString(16).toUpperCase()}`);
  if (!kept) return [words(known)];
  const lines = known.split(/\r\n?|\n/);
  return lines.flatMap((line, at): readonly Piece[] => {
    // Of a program a line without words is one too.
    const blanks =
      kept === 'all' ? keptBlanks(withoutTabs(line) || (at > 0 && at < lines.length - 1 ? ' ' : '')) : line;
    return at === 0 ? [words(blanks)] : [BREAK, words(blanks)];
  });
}

const TAB = 8;
const withoutTabs = (line: string): string =>
  line.split('\t').reduce((done, part) => `${done}${' '.repeat(TAB - (done.length % TAB))}${part}`);

/** The text of markers (`{mlang en}…{mlang}`) that a plug-in of Moodle reads, as elements with the language. */
export function withLanguages(html: string): string {
  const opening = /\{\s*mlang\s+([\w,\s-]+?)\s*\}/gi;
  const closing = /\{\s*mlang\s*\}/gi;
  if ((html.match(opening)?.length ?? 0) !== (html.match(closing)?.length ?? 0)) return html;
  return withoutOther(html).replace(opening, '<span class="multilang" lang="$1">').replace(closing, '</span>');
}

/** What is said to whoever reads none of the languages that a text is written in: here they read Chinese, or English. */
function withoutOther(html: string): string {
  const isThere = (language: string): boolean =>
    new RegExp(`\\{\\s*mlang\\s[^}]*(?<![\\w-])${language}(?![a-z])`, 'i').test(html);
  const [missing, both] = ['zh', 'en'].filter((language) => !isThere(language));
  const said = both ? '$1' : missing ? `{mlang ${missing}}$1{mlang}` : '';
  return html.replace(/\{\s*mlang\s+other\s*\}(.*?)\{\s*mlang\s*\}/gis, said);
}

/** Whether a text has such markers that are not in pairs. */
export const hasLoneLanguage = (html: string): boolean => /\{\s*mlang\b[\w,\s-]*\}/i.test(html);
