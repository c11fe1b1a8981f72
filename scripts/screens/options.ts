import { parseArgs } from 'node:util';
import { isMeant, type ScreenName, screenNames } from './screens.ts';
import { fullMatrix, QUICK, type Variant } from './variants.ts';

export type ScreensWish = {
  readonly screens: readonly ScreenName[];
  readonly variants: readonly Variant[];
  /** Renew what the docs show. */
  readonly publish: boolean;
  /** Renew what `tests/screens.e2e.ts` compares with. */
  readonly baseline: boolean;
};

/** @throws Error naming what there is, where something is asked for that there is not */
export function readWish(args: readonly string[]): ScreensWish {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      publish: { type: 'boolean', default: false },
      baseline: { type: 'boolean', default: false },
    },
  });
  const typed = values.only?.split(',').filter(Boolean);
  const unknown = typed?.filter((one) => !screenNames.some((name) => isMeant(one, name))) ?? [];
  if (unknown.length > 0) throw new Error(`no screen ${unknown.join(', ')}; there are ${screenNames.join(', ')}`);
  return {
    screens: screenNames.filter((name) => !typed || typed.some((one) => isMeant(one, name))),
    variants: values.quick ? QUICK : fullMatrix(),
    publish: values.publish,
    baseline: values.baseline,
  };
}
