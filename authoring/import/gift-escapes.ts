import { tokensOf } from '../../contract/content/tokens.ts';

/** In a formula \neq is a command, and no line that ends before eq. */
function withoutLineEnds(text: string): string {
  const formulas = tokensOf(text).filter(({ is }) => is === 'formula');
  let done = 0;
  let hidden = '';
  for (const { from, to } of formulas) {
    hidden += text.slice(done, from) + text.slice(from, to).replace(/\\(?=n[a-z])/g, BACKSLASH);
    done = to;
  }
  return hidden + text.slice(done);
}
const BACKSLASH = '\uE006';

/** Marks that a backslash makes ordinary, as characters no file has, until everything is cut apart. */
const ESCAPES = '~=#{}:\\n';
export const hide = (text: string): string =>
  withoutLineEnds(text).replace(/\\([~=#{}:\\n])/g, (_, mark: string) =>
    String.fromCharCode(0xe000 + ESCAPES.indexOf(mark)),
  );
export const show = (text: string): string =>
  text.replace(/[\uE000-\uE007]/g, (mark) =>
    mark === '\uE007' ? '\n' : (ESCAPES[mark.charCodeAt(0) - 0xe000] as string),
  );
