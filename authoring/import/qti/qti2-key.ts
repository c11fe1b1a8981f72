import { refuse } from '../problems.ts';
import { declarationOf, identifiersOf, type Refused, unread } from './asked.ts';
import { type Choice, cardinalityOf } from './choice.ts';
import { bestResponse, MOST_OPTIONS } from './key.ts';
import { identifierOf, scoringOf, valuesOf } from './scoring.ts';
import type { QtiNode } from './tree.ts';

/** The places of the right options. */
export type Key = {
  readonly ok: true;
  readonly several: boolean;
  readonly right: readonly number[];
  /** Points that tell options apart beyond right and wrong, and limits to how many may be chosen. */
  readonly leftOut: readonly string[];
};

/** What an item of QTI 2 or 3 calls right. What it declares and what it gives points for have to be the same. */
export function keyOf(item: QtiNode, { interaction, options }: Choice): Key | Refused {
  const declared = declarationOf(item, interaction);
  if (!declared.ok) return declared;
  const { declaration } = declared;
  const names = identifiersOf(options);
  if (!names) return refuse('options-unclear');
  if (names.length > MOST_OPTIONS) return refuse('item-refused');
  const places = valuesOf(declaration).map((name) => names.indexOf(name));
  if (places.includes(-1)) return refuse('key-outside-options');
  const right = rightOf(item, declaration, names, places);
  return right.ok ? withCardinality(right, interaction, declaration) : right;
}

type Right = { readonly ok: true; readonly right: readonly number[]; readonly leftOut: readonly string[] };

function rightOf(
  item: QtiNode,
  declaration: QtiNode,
  names: readonly string[],
  declared: readonly number[],
): Right | Refused {
  const scoring = scoringOf(item, [declaration]);
  if (scoring.is === 'unread') return unread(scoring.construct);
  if (scoring.is === 'declared') return { ok: true, right: declared, leftOut: [] };
  const several = declaration.attributes.cardinality === 'multiple';
  const identifier = identifierOf(declaration);
  const best = bestResponse(names.length, several, (chosen) =>
    scoring.worth(new Map([[identifier, chosen.map((at) => names[at] ?? '')]])),
  );
  if (best.is === 'one') {
    const same = declared.length === 0 || new Set(declared).symmetricDifference(new Set(best.key)).size === 0;
    return same ? { ok: true, right: best.key, leftOut: best.even ? [] : [scoring.by] } : unread(scoring.by);
  }
  // Points that are not given decide nothing, and where nothing is declared either there is no key.
  if (best.is === 'none') return declared.length === 0 ? refuse('key-missing') : unread(scoring.by);
  return several ? unread(scoring.by) : refuse('key-count');
}

function withCardinality({ right, leftOut }: Right, interaction: QtiNode, declaration: QtiNode): Key | Refused {
  const cardinality = cardinalityOf(interaction, declaration, right.length);
  if ('unread' in cardinality) return unread(cardinality.unread);
  return { ok: true, several: cardinality.several, right, leftOut: [...leftOut, ...cardinality.leftOut] };
}
