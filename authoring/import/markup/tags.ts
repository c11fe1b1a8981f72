import { type Token, type TokenHandler, Tokenizer, TokenizerMode } from 'parse5';
import { isKnown } from './elements.ts';

/** Whether people write the tags by hand, among signs of less and more, or a program does that knows what it says by them. */
export type WrittenBy = 'hand' | 'program';

type Tag = { readonly name: string; readonly attributes: readonly string[] };

/** Names of attributes: what stands in a comparison, or in Chinese, is none. */
const isAttribute = (name: string): boolean => /^[a-z@:_][\w:.@-]*$/i.test(name);

/** By hand also what is written with a colon: Word and others put elements of their own into HTML. */
const isTag = ({ name, attributes }: Tag, by: WrittenBy): boolean =>
  attributes.every(isAttribute) &&
  (by === 'program' ? /^[a-z][\w:.-]*$/.test(name) : isKnown(name) || /^[a-z]\w*:[a-z]/.test(name));

/** In what only looked like a longer tag no other is searched for: whoever writes thousands of signs of less would be read for hours. */
const LONGEST_SEARCHED = 500;

/**
 * A text with each `<` that opens no tag written as `&lt;`, so that a parser of HTML shows what people read: U<u1 且 u2>5, a<b, <甲>.
 * By hand a tag is what has a name that HTML knows, and attributes that could be some; a program means all that HTML calls a tag. What
 * begins as a tag or a comment and never ends is text in both.
 */
export function withoutFalseTags(text: string, by: WrittenBy): string {
  const parts: string[] = [];
  let done = 0;
  const take = (to: number): void => {
    parts.push(text.slice(done, to));
    done = to;
  };
  const asText = (from: number, to: number): void => {
    take(from);
    const shown = text.slice(from, to);
    const isSearched = shown.startsWith('<') && shown.length <= LONGEST_SEARCHED;
    parts.push(isSearched ? `&lt;${withoutFalseTags(shown.slice(1), by)}` : shown.replaceAll('<', '&lt;'));
    done = to;
  };
  let seen = 0;
  for (const { from, to, isText } of tokensIn(text, by)) {
    if (isText) asText(from, to);
    seen = to;
  }
  // The beginning of a tag, which a browser leaves out with all that is behind it.
  asText(seen, text.length);
  return parts.join('');
}

type Found = { readonly from: number; readonly to: number; readonly isText: boolean };

/** Elements in which a tokenizer reads text alone until they end, as a parser would tell it. */
const MODES: Readonly<Record<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]>> = {
  ...{ script: TokenizerMode.SCRIPT_DATA, title: TokenizerMode.RCDATA, textarea: TokenizerMode.RCDATA },
  ...{ style: TokenizerMode.RAWTEXT, xmp: TokenizerMode.RAWTEXT, iframe: TokenizerMode.RAWTEXT },
  ...{ noembed: TokenizerMode.RAWTEXT, noframes: TokenizerMode.RAWTEXT, noscript: TokenizerMode.RAWTEXT },
};

function tokensIn(text: string, by: WrittenBy): readonly Found[] {
  const found: Found[] = [];
  const add = (location: Token.Location | null, isText = false): void => {
    if (location) found.push({ from: location.startOffset, to: location.endOffset, isText });
  };
  const tag = ({ tagName, attrs, location }: Token.TagToken): boolean => {
    const isText = !isTag({ name: tagName, attributes: attrs.map(({ name }) => name) }, by);
    add(location, isText);
    return !isText;
  };
  const handler: TokenHandler = {
    onStartTag: (token) => {
      const mode = tag(token) ? MODES[token.tagName] : undefined;
      if (mode !== undefined) tokenizer.state = mode;
    },
    onEndTag: (token) => void tag(token),
    onComment: ({ location }) => add(location, location !== null && !isComment(written(location), by)),
    onDoctype: ({ location }) => add(location),
    ...{ onCharacter: ({ location }) => add(location), onWhitespaceCharacter: ({ location }) => add(location) },
    ...{ onNullCharacter: ({ location }) => add(location), onEof: () => {} },
  };
  const written = ({ startOffset, endOffset }: Token.Location): string => text.slice(startOffset, endOffset);
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: true }, handler);
  tokenizer.write(text, true);
  return found;
}

/** One that ends; besides, a program's remarks to itself. */
const isComment = (written: string, by: WrittenBy): boolean =>
  /^<!--[\s\S]*-->$/.test(written) ||
  (by === 'program' && /^(<!\[(end)?if\b|<\?xml\b|<!doctype\b)[\s\S]*>$/i.test(written));
