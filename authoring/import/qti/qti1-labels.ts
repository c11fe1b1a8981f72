import { elementsOf, type QtiNode } from './tree.ts';

/** The names of options; nothing where they do not tell them apart. */
export function labelNames(labels: readonly QtiNode[]): readonly string[] | undefined {
  const names = labels.map(({ attributes }) => attributes.ident?.trim() ?? '');
  return names.includes('') || new Set(names).size < names.length ? undefined : names;
}

/** Material among the options that belongs to none of them. */
export const strayIn = (node: QtiNode): QtiNode | undefined =>
  elementsOf(node).flatMap((child) => {
    if (child.name === 'response_label') return [];
    return child.name === 'flow_label' ? (strayIn(child) ?? []) : [child];
  })[0];
