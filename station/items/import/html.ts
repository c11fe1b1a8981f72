import { type FoundPicture, HERE, illustrated, type Passage, pictureInAddress } from './passage.ts';
import { raised } from './raised.ts';

/** Elements of HTML that people write text with. What else stands between < and > is text: U<u1 且 u2>5. */
const TAGS =
  /<\/?(a|abbr|b|big|blockquote|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|ins|li|ol|p|pre|s|small|span|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)(\s[^<>]*)?\/?>|<!--.*?-->/gis;

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
  const lines = html
    .replace(/<sup(?:\s[^<>]*)?>([^<]*)<\/sup>/gi, (_, inner: string) => raised(inner))
    .replace(/<(br|\/p|\/div|\/li)\b[^<>]*>/gi, '\n');
  return entities(lines.replace(TAGS, ''));
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
