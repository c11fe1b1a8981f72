import type { Unread } from '../markup/index.ts';
import type { Passage } from '../passage.ts';
import { type RowReason, refuse, type Why } from '../problems.ts';
import type { Find } from './addresses.ts';
import { INTERACTION } from './shown.ts';
import { childOf, elements, elementsOf, type QtiNode, tagOf } from './tree.ts';

export type Refused = { readonly ok: false; readonly reason: RowReason } & Why;
export const unread = (construct: string): Refused => refuse('construct-unread', { construct });

/** An item with what it asks for, and all that is shown around that. */
export type AskedItem = {
  readonly item: QtiNode;
  /** One, or several gaps. */
  readonly interactions: readonly [QtiNode, ...(readonly QtiNode[])];
  readonly stem: Passage | Unread;
  readonly leftOut: readonly string[];
  readonly find: Find;
};

const ONE = ['choiceInteraction', 'matchInteraction', 'orderInteraction'];
const GAP = 'textEntryInteraction';

/**
 * What is to be answered in a body: one choice, one order, one set of pairs, or words in gaps; or the names of what else is there.
 * @param whole the body with what no candidate sees at first
 */
export function askedIn(
  body: QtiNode,
  whole: QtiNode,
): { readonly ok: true; readonly interactions: AskedItem['interactions'] } | Refused {
  const [interaction, ...others] = elements(body).filter(isInteraction);
  if (!interaction) return refuse('kind-unknown', namesOf(elements(whole).filter(isInteraction)));
  const all = [interaction, ...others] as const;
  const isKnown =
    others.length === 0 ? [...ONE, GAP].includes(interaction.name) : all.every(({ name }) => name === GAP);
  return isKnown ? { ok: true, interactions: all } : refuse('kind-unknown', namesOf(all));
}

const isInteraction = ({ name }: QtiNode): boolean => INTERACTION.test(name);

/** <a>, or <a> × 2 + <b>. */
function namesOf(interactions: readonly QtiNode[]): Why {
  const counts = new Map<string, number>();
  for (const tag of interactions.map(tagOf)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const named = [...counts].map(([tag, count]) => (count > 1 ? `${tag} × ${count}` : tag));
  return named.length > 0 ? { construct: named.join(' + ') } : {};
}

/** Parts of the declaration of a response that are understood. */
const DECLARED = ['correctResponse', 'mapping'];

/** What is declared of the response to an interaction, where a program can mark it. */
export function declarationOf(
  item: QtiNode,
  interaction: QtiNode,
): { readonly ok: true; readonly declaration: QtiNode } | Refused {
  const { responseIdentifier = '' } = interaction.attributes;
  const declaration = elementsOf(item).find(
    ({ name, attributes }) => name === 'responseDeclaration' && attributes.identifier === responseIdentifier,
  );
  if (!declaration) return refuse('key-missing');
  const foreign = elementsOf(declaration).find(({ name }) => !DECLARED.includes(name));
  if (foreign) return unread(tagOf(foreign));
  return isHumanScored(item) ? unread('externalScored') : { ok: true, declaration };
}

const isHumanScored = (item: QtiNode): boolean =>
  elementsOf(item).some(
    ({ name, attributes }) =>
      name === 'outcomeDeclaration' &&
      attributes.identifier === 'SCORE' &&
      (attributes.externalScored ?? 'none') !== 'none',
  );

/** The first part of an interaction that is none of these; words among them are. */
export function strangeIn(interaction: QtiNode, ...known: readonly string[]): string | undefined {
  const foreign = elementsOf(interaction).find(({ name }) => name !== 'prompt' && !known.includes(name));
  const stray = interaction.children.some(({ name, text }) => name === '' && text.trim() !== '');
  return (foreign && tagOf(foreign)) ?? (stray ? tagOf(interaction) : undefined);
}

/** The identifiers of options; nothing where they do not tell them apart. */
export function identifiersOf(options: readonly QtiNode[]): readonly string[] | undefined {
  const names = options.map(({ attributes }) => attributes.identifier?.trim() ?? '');
  return names.includes('') || new Set(names).size < names.length ? undefined : names;
}

const isTrue = (value: string | undefined): boolean => value === 'true' || value === '1';

/** Without a word about it, QTI keeps options where they are. */
export const mayMove = ({ attributes }: QtiNode, options: readonly QtiNode[]): boolean =>
  isTrue(attributes.shuffle) && !options.some((option) => isTrue(option.attributes.fixed));

/** A limit to how many may be chosen, as the file has it. */
export type Limit = { readonly said: string; readonly value: number };

export function limitOf({ attributes }: QtiNode, name: string): Limit | undefined {
  const value = Number(attributes[name]);
  return attributes[name] === undefined || !Number.isInteger(value) ? undefined : { said: `${name}="${value}"`, value };
}

/** The prompt, where there is one. */
export const promptOf = (interaction: QtiNode): QtiNode | undefined => childOf(interaction, 'prompt');
