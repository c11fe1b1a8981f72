import { judge } from './declarations.ts';
import type { Style } from './style.ts';

const NO_STYLE: Style = {
  ...{ hidden: false, white: false, struck: false, block: false, lineUnder: false, lineOver: false, marks: [] },
  ...{ kept: undefined, raised: undefined, numbering: undefined, unread: undefined },
};

/** What a `style` attribute, or what stands between the braces of a style sheet, says. */
export function styleOf(css: string): Style {
  if (css === '') return NO_STYLE;
  let style = NO_STYLE;
  const declarations = declarationsIn(css);
  for (const { name, value, source } of declarations) {
    const judged = judge(name, value);
    style =
      judged === 'unread'
        ? { ...style, unread: style.unread ?? source }
        : { ...style, ...judged, marks: [...style.marks, ...(judged.marks ?? [])] };
  }
  const hidden = style.hidden || hasNoRoom(declarations);
  // Where it is put matters to nobody who cannot see it.
  return hidden ? { ...style, hidden, unread: undefined } : style;
}

type Declaration = { readonly name: string; readonly value: string; readonly source: string };

/** As those read them who hide words from others: no height, and nothing is shown beyond it. */
function hasNoRoom(declarations: readonly Declaration[]): boolean {
  const says = (name: RegExp, value: RegExp): boolean =>
    declarations.some((one) => name.test(one.name) && value.test(one.value));
  return says(/^overflow/, /hidden|clip/) && says(/^(max-)?(height|width)$/, /^[01](\.0+)?(px|pt|em|%)?$/);
}

/** Name and value in small letters, and both as they were written. */
const declarationsIn = (css: string): readonly Declaration[] =>
  (css.replace(/\/\*[\s\S]*?\*\//g, '').match(/(?:"[^"]*"|'[^']*'|\([^()]*\)|[^;])+/g) ?? []).flatMap((written) => {
    const [, name, value] = /^\s*([\w-]+)\s*:([\s\S]*)$/.exec(written) ?? [];
    if (name === undefined || value === undefined) return [];
    const said = value.replace(/!\s*important/i, '').trim();
    return [{ name: name.toLowerCase(), value: said.toLowerCase(), source: `${name}: ${said}` }];
  });

/** The first declaration of a style sheet that could change what somebody reads. */
export function unreadInSheet(css: string): string | undefined {
  for (const [, block = ''] of css.replace(/\/\*[\s\S]*?\*\/|<!--|-->/g, '').matchAll(/\{([^{}]*)\}/g)) {
    const { hidden, white, struck, kept, raised, numbering, unread } = styleOf(block);
    if (hidden || white || struck || kept || raised || numbering || unread) return unread ?? block.trim();
  }
  return undefined;
}

/** Whether a style puts a ground of a colour under what is written. */
export const hasGround = (css: string): boolean => styleOf(css).marks.includes('highlight');
