import { type FoundPicture, HERE, illustrated, type Passage, pictureInAddress } from './passage.ts';
import { raised } from './raised.ts';

/** Elements of HTML that people write text with. What else stands between < and > is text: U<u1 且 u2>5. */
const TAGS =
  /<\/?(a|abbr|b|big|blockquote|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|ins|li|ol|p|pre|s|small|span|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)(\s[^<>]*)?\/?>/gi;

const UNSHOWABLE = /<(video|audio|object|svg|math|iframe|embed)\b/i;
const IMG = /<img\b((?:"[^"]*"|'[^']*'|[^<>"'])*)>/gi;

/**
 * What a reader sees of a piece of HTML; nothing where it holds what is neither text nor picture.
 * @param find the picture at an address, where the source has it
 */
export function htmlPassage(html: string, find: (src: string) => Uint8Array | undefined): Passage | undefined {
  if (UNSHOWABLE.test(html)) return undefined;
  const pictures: FoundPicture[] = [];
  const marked = html.replaceAll(HERE, '').replace(IMG, (_, attributes: string) => {
    const src = entities(attributeOf(attributes, 'src'));
    pictures.push({ bytes: pictureInAddress(src) ?? find(src), alt: entities(attributeOf(attributes, 'alt')) });
    return HERE;
  });
  // A link to a file, or a picture in a style: not to be shown either.
  return marked.includes('@@PLUGINFILE@@') ? undefined : illustrated(htmlText(marked), pictures);
}

const attributeOf = (attributes: string, name: string): string => {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
};

function htmlText(html: string): string {
  const lines = withoutComments(html)
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
