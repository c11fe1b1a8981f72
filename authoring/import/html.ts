import { linksToFile } from './linked-files.ts';
import { type FoundPicture, HERE, illustrated, type Passage, pictureInAddress } from './passage.ts';
import { pipeTable, type ReadCell, type ReadTable } from './pipe-table.ts';
import { raised } from './raised.ts';

/** Elements of HTML that people write text with. What else stands between < and > is text: U<u1 且 u2>5. */
const TAGS =
  /<\/?(a|abbr|b|big|blockquote|br|caption|center|code|col|colgroup|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|ins|li|ol|p|pre|s|small|span|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)(\s[^<>]*)?\/?>/gi;

const UNSHOWABLE = /<(video|audio|object|svg|math|iframe|embed)\b/i;
/** A picture that lies behind the words. */
const PICTURE_IN_STYLE = /<[a-z][^<>]*\s(style\s*=[^<>]*\burl\s*\(|background\s*=)/i;
const linksIn = (html: string): readonly string[] =>
  (html.match(/<a\s[^<>]*>/gi) ?? []).map((link) => entities(attributeOf(link, 'href')));
const IMG = /<img\b((?:"[^"]*"|'[^']*'|[^<>"'])*)>/gi;

/**
 * What a reader sees of a piece of HTML; nothing where it holds what is neither text nor picture.
 * @param find the picture at an address, where the source has it
 */
export function htmlPassage(html: string, find: (src: string) => Uint8Array | undefined): Passage | undefined {
  if (UNSHOWABLE.test(html) || PICTURE_IN_STYLE.test(html) || linksIn(html).some(linksToFile)) return undefined;
  const pictures: FoundPicture[] = [];
  const marked = withoutComments(html.replaceAll(HERE, '').replaceAll(TABLE, '')).replace(
    IMG,
    (_, attributes: string) => {
      const src = entities(attributeOf(attributes, 'src'));
      pictures.push({ bytes: pictureInAddress(src) ?? find(src), alt: entities(attributeOf(attributes, 'alt')) });
      return HERE;
    },
  );
  // A link to a file, or a picture in a style: not to be shown either.
  if (marked.includes('@@PLUGINFILE@@')) return undefined;
  const { html: around, tables } = withoutTables(marked);
  const texts = tables.flatMap((table) => (table.is === 'table' ? [`\n${table.text}\n`] : []));
  const passage = illustrated(
    htmlText(around).replaceAll(TABLE, () => texts.shift() ?? ''),
    pictures,
  );
  return tables.some(({ is }) => is === 'unreadable') ? { ...passage, tableUnreadable: true } : passage;
}

/** Stands where a table stood, until all around it is text: a character that no file has. */
const TABLE = '\uE101';

/** The tables of a piece of HTML, each taken out of it; what is only laid out as one stays. */
function withoutTables(html: string): { readonly html: string; readonly tables: readonly ReadTable[] } {
  const tables: ReadTable[] = [];
  const around = html.split(/(?=<table[\s>])/i).map((piece) => {
    if (!/^<table[\s>]/i.test(piece)) return piece;
    const end = piece.search(/<\/table\s*>/i);
    // Never closed, or with another table inside of it.
    const table: ReadTable = end < 0 ? { is: 'unreadable' } : pipeTable(cellsOf(piece.slice(0, end)));
    if (table.is === 'layout') return piece;
    tables.push(table);
    if (table.is === 'unreadable') return piece;
    const title = piece.slice(0, Math.max(0, piece.search(/<t(r|body|head)[\s>]/i)));
    return `${title}${TABLE}${piece.slice(end)}`;
  });
  return { html: around.join(''), tables };
}

const cellsOf = (table: string): readonly (readonly ReadCell[])[] =>
  piecesOf(table, 'tr').map((row) =>
    piecesOf(row, 't[dh]').map((cell) => {
      const [opening = ''] = /^<[^<>]*>/.exec(cell) ?? [];
      const over = (name: string): string | undefined => attributeOf(opening, name) || undefined;
      return { text: htmlText(cell), columns: over('colspan'), rows: over('rowspan') };
    }),
  );

/** What begins with an element of that name, up to the next of them. */
const piecesOf = (html: string, name: string): readonly string[] =>
  html.split(new RegExp(`(?=<${name}[\\s>])`, 'i')).slice(1);

const attributeOf = (attributes: string, name: string): string => {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
};

function htmlText(html: string): string {
  const lines = html
    .split(/(?=<sup[\s>])/i)
    .map(withRaised)
    .join('')
    .replace(/<\/t[dh]\b[^<>]*>/gi, ' ')
    .replace(/<(br|\/p|\/div|\/li|\/tr)\b[^<>]*>/gi, '\n');
  return entities(lines.replace(TAGS, ''));
}

/** A piece that begins with a superscript, whatever else is marked inside it. */
function withRaised(piece: string): string {
  const [opening = ''] = /^<sup(?:\s[^<>]*)?>/i.exec(piece) ?? [];
  const end = piece.search(/<\/sup>/i);
  if (opening === '' || end < 0) return piece;
  return raised(piece.slice(opening.length, end).replace(TAGS, '')) + piece.slice(end);
}

/** One that is never closed is none. */
function withoutComments(html: string): string {
  let text = '';
  for (let at = 0; ; ) {
    const start = html.indexOf('<!--', at);
    const end = start < 0 ? -1 : html.indexOf('-->', start + 4);
    if (end < 0) return text + html.slice(at);
    text += html.slice(at, start);
    at = end + 3;
  }
}

const entities = (text: string): string =>
  text.replace(/&(nbsp|lt|gt|quot|amp|apos|#\d{1,7}|#x[\da-f]{1,6});/gi, (_, name: string) =>
    entity(name.toLowerCase()),
  );

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', amp: '&', apos: "'" };

function entity(name: string): string {
  const known = ENTITIES[name];
  if (known !== undefined) return known;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : '';
}
