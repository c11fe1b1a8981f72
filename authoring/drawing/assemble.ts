import { type Blueprint, difficultyOf } from '../../contract/words/blueprint.ts';
import type { BankId, ItemId, OptionId, Sha256 } from '../../contract/words/ids.ts';
import type { Bank, Item } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { hashOf } from '../../proof/index.ts';
import { assign, type Demand } from './assign.ts';
import { assignWhole } from './assign-whole.ts';
import { casesIn, partsIn, passagesIn } from './cases.ts';
import { type Balance, exchangeTowards, type Solver, solveTowards } from './difficulty.ts';
import { describeLack, findLacks, pileOf } from './feasibility.ts';
import { type OrderRule, orderOptions } from './option-order.ts';
import type { Part } from './part.ts';
import { type Pile, pilesOf, placeIn, presenceIn } from './piles.ts';
import { drawsFrom } from './random.ts';
import { openRotation, type Rotation, type Turn, turnOf } from './rotation.ts';
import { together } from './together.ts';

export type DrawnItem = { readonly itemId: ItemId; readonly options: readonly OptionId[]; readonly marks: number };

/**
 * How forms are drawn, and were before, the latest first. A change that gives another form for the same seed gets another name:
 * `rotation@2` and `rotation@1` knew fewer of the words with which options name others.
 */
export const METHODS = ['rotation@3', 'rotation@2', 'rotation@1'] as const;
type Method = (typeof METHODS)[number];
const ORDERS: Readonly<Record<Method, OrderRule>> = {
  'rotation@3': 'now',
  'rotation@2': 'second',
  'rotation@1': 'first',
};

/** A form without its texts: what is written down, and what bank, blueprint and seed give again. */
export type DrawnForm = {
  readonly bankId: BankId;
  readonly bankHash: Sha256;
  readonly blueprintHash: Sha256;
  readonly seed: string;
  readonly method?: string | undefined;
  /** What was kept from this candidate, who had seen it; a form is redrawn with the same. */
  readonly withheld?: readonly ItemId[] | undefined;
  /** The only items it was drawn from, where it was not from the whole bank. */
  readonly within?: readonly ItemId[] | undefined;
  readonly formHash: Sha256;
  readonly items: readonly DrawnItem[];
};

/** What else a form hangs on than bank, blueprint and seed. */
export type Circumstances = {
  /** Items that this candidate has seen lately; none of them is in the form. */
  readonly seen?: ReadonlySet<ItemId>;
  /** Nothing but these. */
  readonly only?: ReadonlySet<ItemId>;
  /** Items of those who sit beside; as few of them as there must be, and no more than the blueprint allows. */
  readonly beside?: ReadonlySet<ItemId>;
  /** How a form of before was drawn, to draw it again. */
  readonly method?: Method;
};

/** Draws forms of one blueprint from one bank. Opening it looks through the bank once; a form then costs little. */
export type FormMaker = {
  /**
   * The form that this seed stands for: each row's items, options in an order of their own.
   * @throws Refusal `bank-too-small` naming the rows that lack items, `difficulty-unreachable`, `overlap-too-large`
   */
  assemble(seed: string, circumstances?: Circumstances): DrawnForm;
};

/** So many items are looked at for each that is needed, before all of a pile is: what is further back is rarely wanted. */
const [AHEAD, AT_LEAST] = [4, 60];

/** How far a form is looked for: the near items of its own part, all of that part, everything. */
const REACHES = [
  { ahead: AHEAD, reserve: false },
  { ahead: Number.POSITIVE_INFINITY, reserve: false },
  { ahead: Number.POSITIVE_INFINITY, reserve: true },
] as const;
type Reach = (typeof REACHES)[number];

/** @param solver needed only for blueprints with a target difficulty that is hard to meet */
export function openFormMaker(bank: Bank, blueprint: Blueprint, solver?: Solver): FormMaker {
  const piles = pilesOf(bank, blueprint);
  const isOfPart = partsIn(bank, blueprint);
  const stacksOf = stacksFrom(bank, piles, isOfPart);
  const place = placeIn(bank);
  const itemAt = (at: number): Item => bank.items[at] as Item;
  const passageOf = passagesIn(bank);
  const caseOf = blueprint.rules?.wholeCases ? casesIn(bank) : undefined;
  const standsAlone = (at: number): boolean => caseOf === undefined || caseOf(at).length === 1;
  const blueprintHash = hashOf(blueprint);
  const rule = blueprint.rules?.difficulty;
  const balance: Balance | undefined = rule && { rule, place, difficulty: (at) => difficultyOf(itemAt(at)) };

  const tooSmall = (): Refusal => {
    const lacks = findLacks(bank, blueprint).filter(({ why }) => why !== 'exposure');
    const whyElse = caseOf ? 'its cases, each whole, do not add up to the rows' : 'too much of it was seen before';
    return new Refusal('bank-too-small', lacks.map(describeLack).join('; ') || whyElse);
  };
  const demandsAt = (turn: Turn, reach: Reach, { seen, beside, only }: Circumstances): readonly Demand[] => {
    const isOut = (at: number) => seen?.has(itemAt(at).id) || only?.has(itemAt(at).id) === false;
    const isBeside = (at: number) => beside?.has(itemAt(at).id);
    const wanted = new Map(
      stacksOf(turn.part).map(({ name, share, own, reserve }) => {
        const limit = Math.max(share * reach.ahead, AT_LEAST);
        const items = inOrder(own, turn, limit, isOut, isBeside);
        return [name, reach.reserve ? [...items, ...inOrder(reserve, turn, limit, isOut, isBeside)] : items];
      }),
    );
    return blueprint.rows.map(({ count }, row) => ({ count, wanted: wanted.get(pileOf(piles, row).name) ?? [] }));
  };
  const rowsOf = (demands: readonly Demand[]): readonly (readonly number[])[] | undefined => {
    if (caseOf) return assignWhole(demands, place, caseOf);
    const found = assign(demands, place);
    return found.ok ? found.rows : undefined;
  };
  const choose = (turn: Turn, reach: Reach, circumstances: Circumstances): readonly (readonly number[])[] | Refusal => {
    const demands = demandsAt(turn, reach, circumstances);
    const rows = rowsOf(demands);
    if (!rows) return tooSmall();
    if (!balance) return rows;
    const balanced =
      exchangeTowards(rows, demands, balance, standsAlone) ??
      (solver && solveTowards(demands, balance, solver, caseOf));
    return balanced ?? new Refusal('difficulty-unreachable', `mean difficulty ${balance.rule.target}`);
  };
  const rowsFor = (turn: Turn, circumstances: Circumstances): readonly (readonly number[])[] => {
    let refusal: Refusal | undefined;
    for (const reach of REACHES) {
      if (reach.reserve && !turn.part) continue;
      // A case may begin among the near items, and go on far behind.
      if (caseOf && reach.ahead === AHEAD) continue;
      const rows = choose(turn, reach, circumstances);
      if (!(rows instanceof Refusal)) return rows;
      refusal = rows;
    }
    throw refusal ?? tooSmall();
  };

  return {
    assemble(seed, circumstances = {}) {
      const turn = turnOf(seed);
      const rows = rowsFor(turn, circumstances);
      const { method = METHODS[0] } = circumstances;
      const draws = drawsFrom(`${seed}:options`);
      const items = rows.flatMap((chosen, row) =>
        together(chosen, passageOf).map((at) => ({
          itemId: itemAt(at).id,
          options: orderOptions(itemAt(at), draws.shuffled, ORDERS[method]),
          marks: blueprint.rows[row]?.marks ?? 0,
        })),
      );
      const outside = items.filter(({ itemId }) => turn.part && !isOfPart(itemId, turn.part)).length;
      mustDiffer(items, blueprint, outside, circumstances);
      const withheld = [...(circumstances.seen ?? [])].toSorted();
      const source = { bankId: bank.id, bankHash: bank.hash, blueprintHash, seed, method };
      const within = circumstances.only ? { within: [...circumstances.only].toSorted() } : {};
      return { ...source, ...(withheld.length > 0 ? { withheld } : {}), ...within, formHash: hashOf(items), items };
    },
  };
}

/** Items, as places in the bank, and the order in which a turn takes them. */
type Circle = { readonly items: readonly number[]; readonly rotation: Rotation };
/** A pile as one part of the bank has it: what is its own, and what is the other parts'. */
type Stack = Pick<Pile, 'name' | 'share'> & { readonly own: Circle; readonly reserve: Circle };

/** The stacks of each part, made when a form of that part is first asked for. */
function stacksFrom(
  bank: Bank,
  piles: readonly Pile[],
  isOfPart: ReturnType<typeof partsIn>,
): (part: Part | undefined) => readonly Stack[] {
  const presence = presenceIn(piles);
  const circleOf = ({ name, share }: Pile, items: readonly number[]): Circle => {
    const here = presence && { presence: (index: number) => presence(items[index] as number) };
    return { items, rotation: openRotation({ name, size: items.length, share, ...here }) };
  };
  const isOwn = (at: number, part: Part): boolean => isOfPart((bank.items[at] as Item).id, part);
  const stackOf = (pile: Pile, part: Part | undefined): Stack => {
    const own = part ? pile.items.filter((at) => isOwn(at, part)) : pile.items;
    const others = part ? pile.items.filter((at) => !isOwn(at, part)) : [];
    return { name: pile.name, share: pile.share, own: circleOf(pile, own), reserve: circleOf(pile, others) };
  };
  const made = new Map<string, readonly Stack[]>();
  return (part) => {
    const key = part ? `${part.at}of${part.of}` : '';
    const stacks = made.get(key) ?? piles.map((pile) => stackOf(pile, part));
    made.set(key, stacks);
    return stacks;
  };
}

/** The form of one seed, for who needs one only. @throws Refusal as {@link FormMaker} */
export const drawForm = (bank: Bank, blueprint: Blueprint, seed: string): DrawnForm =>
  openFormMaker(bank, blueprint).assemble(seed);

/** The first items that a form may have, those of the neighbours last. */
function inOrder(
  { items, rotation }: Circle,
  turn: Turn,
  limit: number,
  isOut: (at: number) => boolean | undefined,
  isBeside: (at: number) => boolean | undefined,
): readonly number[] {
  const [wanted, last]: [number[], number[]] = [[], []];
  for (const index of rotation(turn)) {
    const at = items[index] as number;
    if (isOut(at)) continue;
    (isBeside(at) ? last : wanted).push(at);
    if (wanted.length >= limit) break;
  }
  return [...wanted, ...last];
}

function mustDiffer(
  items: readonly DrawnItem[],
  { rules }: Blueprint,
  outside: number,
  { beside }: Circumstances,
): void {
  if (rules?.maxOverlap === undefined) return;
  const most = rules.maxOverlap * items.length + 1e-9;
  const shared = items.filter(({ itemId }) => beside?.has(itemId)).length;
  if (shared > most) throw new Refusal('overlap-too-large', `${shared} of ${items.length} items are a neighbour's too`);
  // Two neighbours meet where either leaves its part: each may take half of what they may share.
  if (outside > most / 2)
    throw new Refusal('overlap-too-large', `${outside} of ${items.length} items are of other seats' parts`);
}
