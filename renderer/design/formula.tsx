import { createElement, type ReactNode, useMemo, useSyncExternalStore } from 'react';
import type { MathElement, mathOf } from '../../contract/content/formula.ts';
import type { Formula } from '../../contract/content/parts.ts';
import { speechOf } from '../../messages/speech.ts';
import { usePage } from '../context.ts';
import { spokenFormula } from './spoken-formula.ts';

type Read = typeof mathOf;

/** What reads TeX is large: it is fetched with the first formula, and no page without one has it. */
let read: Read | undefined;
let fetching = false;
const waiting = new Set<() => void>();

function subscribe(tell: () => void): () => void {
  waiting.add(tell);
  if (!read && !fetching) {
    fetching = true;
    void import('../../contract/content/formula.ts').then(
      ({ mathOf: fetched }) => {
        read = fetched;
        for (const one of waiting) one();
      },
      // The next formula that is shown asks again; this one stays as it was written.
      () => {
        fetching = false;
      },
    );
  }
  return () => waiting.delete(tell);
}

/** A formula as MathML, which the browser draws; until it can be read, and where nobody can, as it was written. */
export function FormulaView({ tex, display }: Pick<Formula, 'tex' | 'display'>) {
  const { contentLocale } = usePage();
  const reader = useSyncExternalStore(
    subscribe,
    () => read,
    () => read,
  );
  const math = useMemo(() => reader && mathFrom(reader, tex, display), [reader, tex, display]);
  const spoken = useMemo(() => spokenFormula(tex, speechOf(contentLocale).t), [tex, contentLocale]);
  if (!math) return <AsWritten tex={tex} />;
  // Chromium names nothing by MathML: without a name of its own, options that differ in a formula would be called the same.
  const named = { ...propsOf(math), alttext: spoken, 'aria-label': spoken };
  return createElement('math', named, ...math.children.map(nodeOf));
}

function AsWritten({ tex }: { readonly tex: string }) {
  const { t } = usePage();
  return (
    <span className="formula-as-written" role="img" aria-label={t('content.formula-as-written', { tex: tex.trim() })}>
      {tex.trim()}
    </span>
  );
}

function mathFrom(reader: Read, tex: string, display: boolean): MathElement | undefined {
  try {
    return reader(tex, display);
  } catch {
    return undefined;
  }
}

const propsOf = ({ attributes, classes, style }: MathElement) => ({
  ...attributes,
  ...(classes === '' ? {} : { className: classes }),
  // Set property by property: styles in the markup are what the page may not take.
  style,
});

const nodeOf = (node: MathElement | string): ReactNode =>
  typeof node === 'string' ? node : createElement(node.name, propsOf(node), ...node.children.map(nodeOf));
