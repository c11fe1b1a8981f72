import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import type { Part } from './part.ts';
import { drawsFrom } from './random.ts';

/**
 * Where a form stands in a series of forms. Forms of one series take turns at the items of a pile: none comes up again
 * before every other has. Forms of different series know nothing of each other.
 */
export type Turn = {
  readonly series: string;
  readonly serial: number;
  /** Where neighbours must not share items. */
  readonly part?: Part;
};

const SERIAL = /^(.+)\/(\d{1,9})(?::(\d{1,2})of(\d{1,2}))?$/s;

/** `SERIES/7` is the form number 7 of a series, `SERIES/7:2of4` from the third of four parts of the bank; any other seed is the first and only form of its own. */
export function turnOf(seed: string): Turn {
  const [, series, serial, at, of] = SERIAL.exec(seed) ?? [];
  if (series === undefined) return { series: seed, serial: 0 };
  const part = at === undefined ? {} : { part: { at: Number(at), of: Number(of) } };
  if (Number(at) >= Number(of)) throw new Refusal('bad-message', `${seed}: there is no part ${at} of ${of}`);
  return { series, serial: Number(serial), ...part };
}

export const seedOf = ({ series, serial, part }: Turn): string =>
  `${series}/${serial}${part ? `:${part.at}of${part.of}` : ''}`;

/**
 * What a record says of a seed. Whoever knows a series and the bank knows the forms to come: the record binds the station
 * to the series without telling it, and whoever is shown the series later can check that it was this one.
 */
export function commitmentTo(seed: string): string {
  const { series, ...turn } = turnOf(seed);
  return seedOf({ series: `sha256:${sha256(series)}`, ...turn });
}

/** The items of a pile in the order in which the form of this turn takes them; it takes `share` of them, or a few more. */
export type Rotation = (turn: Turn) => Generator<number, void>;

/** What a pile is to a rotation. */
export type Circle = {
  readonly name: string;
  readonly size: number;
  /** Items of this pile that every form takes. */
  readonly share: number;
  /**
   * The part of all passes in which an item of the pile comes up in its turn, 0..1: less than one where other piles have it
   * too, so that belonging to many cells is no greater burden. In the other passes it stands at the end.
   */
  readonly presence?: ((index: number) => number) | undefined;
};

/**
 * A pile that is gone through pass after pass, each in another order that only the series tells. Each form has its own
 * stretch of a pass; what is too little for one more form, other items at each pass, waits for the next. So no item comes
 * up twice in a pass, and over many forms each comes up as often as any other, but for what chance leaves over.
 * The order of a pass is a Fisher-Yates shuffle by {@link drawsFrom} `SERIES:pile:NAME:PASS`, after which the same draws say
 * of each item in turn whether it is present. Costs O(size) at the first form of a pass, and nothing but the items taken
 * afterwards.
 */
export function openRotation({ name, size, share, presence }: Circle): Rotation {
  const all = Array.from({ length: size }, (_, at) => at);
  const present = presence ? all.reduce((sum, at) => sum + presence(at), 0) : size;
  const formsPerPass = Math.max(1, Math.floor(present / share + 1e-9));
  let newest: { readonly key: string; readonly order: Uint32Array } | undefined;
  const orderOf = (key: string): Uint32Array => {
    if (newest?.key === key) return newest.order;
    const draws = drawsFrom(key);
    const shuffled = draws.shuffled(all);
    const order = presence ? presentFirst(shuffled, (at) => draws.below(2 ** 32) < presence(at) * 2 ** 32) : shuffled;
    newest = { key, order: Uint32Array.from(order) };
    return newest.order;
  };
  return function* inTurn({ series, serial }) {
    const order = orderOf(`${series}:pile:${name}:${Math.floor(serial / formsPerPass)}`);
    const from = (serial % formsPerPass) * share;
    for (let at = 0; at < size; at++) yield order[(from + at) % size] as number;
  };
}

function presentFirst(order: readonly number[], isPresent: (at: number) => boolean): readonly number[] {
  const [first, last]: [number[], number[]] = [[], []];
  for (const at of order) (isPresent(at) ? first : last).push(at);
  return [...first, ...last];
}
