import { limitOf, mayMove, strangeIn } from './asked.ts';
import { elementsOf, type QtiNode } from './tree.ts';

/** The one choice that an item asks for. */
export type Choice = {
  readonly interaction: QtiNode;
  readonly options: readonly QtiNode[];
  /** The first part of it that is not understood. */
  readonly unread: string | undefined;
  /** Whether the file asks for its options in another order each time, and for none of them to stay. */
  readonly mayMove: boolean;
};

export function choiceOf(interaction: QtiNode): Choice {
  const options = optionsOf(interaction);
  return {
    ...{ interaction, options, mayMove: mayMove(interaction, options) },
    unread: strangeIn(interaction, 'simpleChoice'),
  };
}

export const optionsOf = (interaction: QtiNode): readonly QtiNode[] =>
  elementsOf(interaction).filter(({ name }) => name === 'simpleChoice');

/** How many options may be chosen: what the file says, or what it has to mean. */
export type Cardinality =
  | { readonly several: boolean; readonly leftOut: readonly string[] }
  | { readonly unread: string };

/**
 * Whether several options may be right. The response says it, and the choice may narrow it.
 * @param right how many are
 */
export function cardinalityOf(interaction: QtiNode, declaration: QtiNode, right: number): Cardinality {
  const { cardinality = 'single' } = declaration.attributes;
  if (cardinality !== 'single' && cardinality !== 'multiple') return { unread: `cardinality="${cardinality}"` };
  const [most, least] = [limitOf(interaction, 'maxChoices'), limitOf(interaction, 'minChoices')];
  if (cardinality === 'single')
    return most === undefined || most.value === 1 ? { several: false, leftOut: [] } : { unread: most.said };
  // No limit is written as 0.
  if (most && most.value > 0 && most.value < right) return { unread: most.said };
  if (least && least.value > right) return { unread: least.said };
  if (most?.value === 1) return { several: false, leftOut: [] };
  const bounded = most && most.value > 0 && most.value < optionsOf(interaction).length;
  return {
    several: true,
    leftOut: [...(bounded ? [most.said] : []), ...(least && least.value > 1 ? [least.said] : [])],
  };
}
