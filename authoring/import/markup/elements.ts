/**
 * What an element is to whoever reads it. What has none of these is not understood, and no item is made of it:
 *
 * - `inline`: its words, in the line; `block`: in lines of their own;
 * - `break`, `rule`: a line ends; `maybe`: where a line may break, which is nothing to read;
 * - `gone`: never seen by anybody; `told`: not seen here, and perhaps elsewhere;
 * - `media`: shows what is neither words nor a picture; `struck`: is there and does not count.
 */
export type Sort =
  | ('inline' | 'block' | 'break' | 'rule' | 'maybe' | 'gone' | 'told' | 'media' | 'struck' | 'quoted')
  | ('bullets' | 'numbers' | 'entry' | 'table' | 'cells' | 'lower' | 'higher' | 'kept' | 'ruby' | 'reading')
  | ('picture' | 'object' | 'link' | 'bidi' | 'math' | 'script' | 'sheet' | 'input');

const NAMES: Readonly<Record<Sort, string>> = {
  inline:
    'abbr acronym b bdi big cite code data dfn em font i ins kbd label mark nobr o:p picture rb samp small span strong time tt u var',
  block:
    'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend main nav p search section summary prompt qti-prompt',
  break: 'br',
  rule: 'hr',
  maybe: 'wbr',
  gone: 'base col colgroup head link meta param rp source template title track xml',
  told: 'noscript noembed noframes',
  media: 'applet audio canvas embed iframe svg video',
  struck: 'del s strike',
  quoted: 'q',
  bullets: 'dir menu ul',
  numbers: 'ol',
  entry: 'li',
  table: 'table',
  cells: 'tbody td tfoot th thead tr',
  lower: 'sub',
  higher: 'sup',
  kept: 'listing plaintext pre xmp',
  ruby: 'ruby',
  reading: 'rt rtc',
  picture: 'img',
  object: 'object',
  link: 'a',
  bidi: 'bdo',
  math: 'math',
  script: 'script',
  sheet: 'style',
  input: 'input',
};

const SORTS = new Map<string, Sort>(
  Object.entries(NAMES).flatMap(([sort, names]) => names.split(' ').map((name) => [name, sort as Sort] as const)),
);

/** Word's smart tags (`st1:chmetcnv`) mark words for programs. */
export const sortOf = (name: string): Sort | undefined =>
  SORTS.get(name) ?? (/^st\d:/.test(name) ? 'inline' : undefined);

/** Elements of HTML that are not understood; a name that is neither here nor above is none of HTML's. */
const OTHERS = new Set(
  (
    'area basefont bgsound button datalist dialog fencedframe frame frameset image keygen map marquee meter optgroup option output ' +
    'progress select slot textarea blink'
  ).split(' '),
);

/** Whether HTML has an element of that name. */
export const isKnown = (name: string): boolean =>
  (SORTS.has(name) && !/^(prompt|qti-prompt|xml)$/.test(name)) || OTHERS.has(name);
