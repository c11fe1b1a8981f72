import { parseFragment } from 'parse5';

const known = new Map<string, string | undefined>();
/** More are not kept: HTML has some 2,200, and a file may make up any number. */
const MOST_KNOWN = 5_000;

/** The character that HTML calls by a name: `le` is ≤; nothing where it knows none. */
export function entityOf(name: string): string | undefined {
  if (known.has(name)) return known.get(name);
  const found = /^[a-z][a-z\d]{1,40}$/i.test(name) ? decoded(name) : undefined;
  if (known.size < MOST_KNOWN) known.set(name, found);
  return found;
}

/** Of a name that is none its beginning may be one, as HTML once had them without the semicolon, which then stays. */
function decoded(name: string): string | undefined {
  const [node] = parseFragment(`&${name};`).childNodes;
  const text = node && 'value' in node ? node.value : ';';
  return text.endsWith(';') && name !== 'semi' ? undefined : text;
}
