import { type Blueprint, difficultyOf } from '../../contract/blueprint.ts';
import type { BankId, ItemId, OptionId, Sha256 } from '../../contract/ids.ts';
import type { Bank, Item } from '../../contract/items.ts';
import { hashOf } from '../../contract/proof/index.ts';
import { Refusal } from '../../contract/reasons.ts';
import { assign, type Demand } from './assign.ts';
import { type Balance, exchangeTowards, type Solver, solveTowards } from './difficulty.ts';
import { describeLack, findLacks, pileOf } from './feasibility.ts';
import { orderOptions } from './option-order.ts';
import { type Pile, pilesOf, placeIn, presenceIn } from './piles.ts';
import { drawsFrom } from './random.ts';
import { openRotation, type Rotation, type Turn, turnOf } from './rotation.ts';

export type DrawnItem = { readonly itemId: ItemId; readonly options: readonly OptionId[]; readonly marks: number };

/** How forms are drawn now. A change that gives another form for the same seed gets another name. */
export const METHOD = 'rotation@1';

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

/** @param solver needed only for blueprints with a target difficulty that is hard to meet */
export function openFormMaker(bank: Bank, blueprint: Blueprint, solver?: Solver): FormMaker {
  const all = pilesOf(bank, blueprint);
  const presence = presenceIn(all);
  const piles = all.map((pile) => {
    const { name, items, share } = pile;
    const here = presence && { presence: (index: number) => presence(items[index] as number) };
    return { ...pile, rotation: openRotation({ name, size: items.length, share, ...here }) };
  });
  const place = placeIn(bank);
  const itemAt = (at: number): Item => bank.items[at] as Item;
  const blueprintHash = hashOf(blueprint);
  const rule = blueprint.rules?.difficulty;
  const balance: Balance | undefined = rule && { rule, place, difficulty: (at) => difficultyOf(itemAt(at)) };

  const tooSmall = (): Refusal => {
    const lacks = findLacks(bank, blueprint).filter(({ why }) => why !== 'exposure');
    return new Refusal('bank-too-small', lacks.map(describeLack).join('; ') || 'too much of it was seen before');
  };
  const demandsAt = (turn: Turn, ahead: number, { seen, beside, only }: Circumstances): readonly Demand[] => {
    const wanted = new Map(
      piles.map((pile) => {
        const limit = Math.max(pile.share * ahead, AT_LEAST);
        return [
          pile.name,
          inOrder(
            pile,
            turn,
            limit,
            (at) => seen?.has(itemAt(at).id) || only?.has(itemAt(at).id) === false,
            (at) => beside?.has(itemAt(at).id),
          ),
        ];
      }),
    );
    return blueprint.rows.map(({ count }, row) => ({ count, wanted: wanted.get(pileOf(piles, row).name) ?? [] }));
  };
  const choose = (
    turn: Turn,
    ahead: number,
    circumstances: Circumstances,
  ): readonly (readonly number[])[] | Refusal => {
    const demands = demandsAt(turn, ahead, circumstances);
    const found = assign(demands, place);
    if (!found.ok) return tooSmall();
    if (!balance) return found.rows;
    const balanced =
      exchangeTowards(found.rows, demands, balance) ?? (solver && solveTowards(demands, balance, solver));
    return balanced ?? new Refusal('difficulty-unreachable', `mean difficulty ${balance.rule.target}`);
  };

  return {
    assemble(seed, circumstances = {}) {
      const turn = turnOf(seed);
      const near = choose(turn, AHEAD, circumstances);
      const rows = near instanceof Refusal ? choose(turn, Number.POSITIVE_INFINITY, circumstances) : near;
      if (rows instanceof Refusal) throw rows;
      const draws = drawsFrom(`${seed}:options`);
      const items = rows.flatMap((chosen, row) =>
        chosen.map((at) => ({
          itemId: itemAt(at).id,
          options: orderOptions(itemAt(at), draws.shuffled),
          marks: blueprint.rows[row]?.marks ?? 0,
        })),
      );
      mustDiffer(items, blueprint, circumstances);
      const withheld = [...(circumstances.seen ?? [])].toSorted();
      const source = { bankId: bank.id, bankHash: bank.hash, blueprintHash, seed, method: METHOD };
      const within = circumstances.only ? { within: [...circumstances.only].toSorted() } : {};
      return { ...source, ...(withheld.length > 0 ? { withheld } : {}), ...within, formHash: hashOf(items), items };
    },
  };
}

/** The form of one seed, for who needs one only. @throws Refusal as {@link FormMaker} */
export const drawForm = (bank: Bank, blueprint: Blueprint, seed: string): DrawnForm =>
  openFormMaker(bank, blueprint).assemble(seed);

/** The items a pile gives in this turn, those of the neighbours last. */
function inOrder(
  { items, rotation }: Pile & { readonly rotation: Rotation },
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

function mustDiffer(items: readonly DrawnItem[], { rules }: Blueprint, { beside }: Circumstances): void {
  const most = (rules?.maxOverlap ?? 1) * items.length + 1e-9;
  const shared = items.filter(({ itemId }) => beside?.has(itemId)).length;
  if (shared > most) throw new Refusal('overlap-too-large', `${shared} of ${items.length} items are a neighbour's too`);
}
