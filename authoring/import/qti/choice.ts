import { type RowReason, refuse, type Why } from '../problems.ts';
import { INTERACTION } from './shown.ts';
import { childOf, elements, elementsOf, type QtiNode, tagOf } from './tree.ts';

/** The one choice that an item asks for. */
export type Choice = {
  readonly interaction: QtiNode;
  readonly options: readonly QtiNode[];
  /** The first part of it that is not understood. */
  readonly unread: string | undefined;
  /** Whether the file asks for its options in another order each time, and for none of them to stay. */
  readonly mayMove: boolean;
};

type Refused = { readonly ok: false; readonly reason: RowReason } & Why;

/**
 * What is to be answered in a body: one choice, or the names of what else is there.
 * @param whole the body with what no candidate sees at first
 */
export function choiceIn(body: QtiNode, whole: QtiNode): ({ readonly ok: true } & Choice) | Refused {
  const interactions = elements(body).filter(({ name }) => INTERACTION.test(name));
  const [interaction] = interactions;
  if (!interaction)
    return refuse('kind-unknown', namesOf(elements(whole).filter(({ name }) => INTERACTION.test(name))));
  if (interactions.length > 1 || interaction.name !== 'choiceInteraction')
    return refuse('kind-unknown', namesOf(interactions));
  const parts = elementsOf(interaction);
  const options = parts.filter(({ name }) => name === 'simpleChoice');
  const foreign = parts.find(({ name }) => name !== 'prompt' && name !== 'simpleChoice');
  const stray = interaction.children.some(({ name, text }) => name === '' && text.trim() !== '');
  const unread = (foreign && tagOf(foreign)) ?? (stray ? tagOf(interaction) : undefined);
  return { ok: true, interaction, options, unread, mayMove: mayMove(interaction, options) };
}

/** <a>, or <a> × 2 + <b>. */
function namesOf(interactions: readonly QtiNode[]): Why {
  const counts = new Map<string, number>();
  for (const tag of interactions.map(tagOf)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const named = [...counts].map(([tag, count]) => (count > 1 ? `${tag} × ${count}` : tag));
  return named.length > 0 ? { construct: named.join(' + ') } : {};
}

/** Without a word about it, QTI keeps options where they are. */
const mayMove = ({ attributes }: QtiNode, options: readonly QtiNode[]): boolean =>
  isTrue(attributes.shuffle) && !options.some((option) => isTrue(option.attributes.fixed));

const isTrue = (value: string | undefined): boolean => value === 'true' || value === '1';

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
  const limits = [...limitOf(interaction, 'maxChoices'), ...limitOf(interaction, 'minChoices')];
  const limit = (name: string): number | undefined => limits.find((one) => one.name === name)?.value;
  const [most, least = 0] = [limit('maxChoices'), limit('minChoices')];
  const said = (name: string): string => `${name}="${limit(name)}"`;
  if (cardinality === 'single')
    return most === undefined || most === 1 ? { several: false, leftOut: [] } : { unread: said('maxChoices') };
  // No limit is written as 0.
  if (most !== undefined && most > 0 && most < right) return { unread: said('maxChoices') };
  if (least > right) return { unread: said('minChoices') };
  if (most === 1) return { several: false, leftOut: [] };
  const bounded = most !== undefined && most > 0 && most < optionCount(interaction);
  return {
    several: true,
    leftOut: [...(bounded ? [said('maxChoices')] : []), ...(least > 1 ? [said('minChoices')] : [])],
  };
}

const optionCount = (interaction: QtiNode): number =>
  elementsOf(interaction).filter(({ name }) => name === 'simpleChoice').length;

function limitOf({ attributes }: QtiNode, name: string): readonly { readonly name: string; readonly value: number }[] {
  const value = Number(attributes[name]);
  return attributes[name] === undefined || !Number.isInteger(value) ? [] : [{ name, value }];
}

/** The prompt, where there is one. */
export const promptOf = (interaction: QtiNode): QtiNode | undefined => childOf(interaction, 'prompt');
