import { sha256 } from '../../contract/proof/index.ts';
import { drawsFrom } from './random.ts';

/**
 * Where a form stands in a series of forms. Forms of one series take turns at the items of a pile: none comes up again
 * before every other has. Forms of different series know nothing of each other.
 */
export type Turn = { readonly series: string; readonly serial: number };

const SERIAL = /^(.+)\/(\d{1,9})$/s;

/** `SERIES/7` is the form number 7 of a series; any other seed is the first and only form of its own. */
export function turnOf(seed: string): Turn {
  const [, series, serial] = SERIAL.exec(seed) ?? [];
  return series === undefined ? { series: seed, serial: 0 } : { series, serial: Number(serial) };
}

export const seedOf = ({ series, serial }: Turn): string => `${series}/${serial}`;

/**
 * What a record says of a seed. Whoever knows a series and the bank knows the forms to come: the record binds the station
 * to the series without telling it, and whoever is shown the series later can check that it was this one.
 */
export function commitmentTo(seed: string): string {
  const { series, serial } = turnOf(seed);
  return `sha256:${sha256(series)}/${serial}`;
}

/** The items of a pile in the order in which the form of this turn takes them; it takes `share` of them, or a few more. */
export type Rotation = (turn: Turn) => Generator<number, void>;

/**
 * A pile of `size` items that is gone through pass after pass, each in another order that only the series tells. Each form
 * has its own stretch of a pass; what is too little for one more form, other items at each pass, waits for the next. So no
 * item comes up twice in a pass, and over many forms each comes up as often as any other, but for what chance leaves over.
 * The order of a pass is a Fisher-Yates shuffle by {@link drawsFrom} `SERIES:pile:NAME:PASS`. Costs O(size) at the first
 * form of a pass, and nothing but the items taken afterwards.
 * @param share items of this pile that every form takes
 */
export function openRotation(name: string, size: number, share: number): Rotation {
  const formsPerPass = Math.max(1, Math.floor(size / share));
  let newest: { readonly key: string; readonly order: Uint32Array } | undefined;
  const orderOf = (key: string): Uint32Array => {
    if (newest?.key === key) return newest.order;
    const order = Uint32Array.from(drawsFrom(key).shuffled(Array.from({ length: size }, (_, at) => at)));
    newest = { key, order };
    return order;
  };
  return function* inTurn({ series, serial }) {
    const order = orderOf(`${series}:pile:${name}:${Math.floor(serial / formsPerPass)}`);
    const from = (serial % formsPerPass) * share;
    for (let at = 0; at < size; at++) yield order[(from + at) % size] as number;
  };
}
