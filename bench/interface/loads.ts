import type { Page } from 'playwright-core';
import type { Kiosk } from '../../cli/demo/kiosk.ts';
import { installProbe, type Seen, whenUsable } from './probe.ts';
import { type Interactions, type Spread, shiftsOf, spreadOf } from './summary.ts';

/** From the start of a navigation, in ms of the page's own clock. */
export type Load = { readonly firstPaint: Spread; readonly largestPaint: Spread; readonly usable: Spread };
export type Loads = {
  /** With nothing kept from before: a browser that was just started, or an empty page with empty caches in the kiosk. */
  readonly cold: Load;
  readonly again: Load;
  /** What moved meanwhile, in all loads together. */
  readonly shifts: Interactions['shifts'];
};

/** Loads the page once with nothing kept, once again, and says what was seen of both. */
type LoadBoth = () => Promise<readonly [Seen, Seen]>;

export async function timeLoads(load: LoadBoth, rounds: number): Promise<Loads> {
  const [cold, again]: [Seen[], Seen[]] = [[], []];
  // The first is thrown away: the station reads its own files then.
  await load();
  for (let round = 0; round < rounds; round++) {
    const [first, second] = await load();
    cold.push(first);
    again.push(second);
  }
  const shifts = shiftsOf([...cold, ...again].map((seen) => ({ what: 'load', seen })));
  return { cold: loadOf(cold), again: loadOf(again), shifts };
}

function loadOf(seen: readonly Seen[]): Load {
  const of = (name: 'firstPaint' | 'largestPaint' | 'usable') => spreadOf(seen.flatMap((one) => one[name] ?? []));
  return { firstPaint: of('firstPaint'), largestPaint: of('largestPaint'), usable: of('usable') };
}

/** In a browser that was just started, with an empty profile, each time. */
export function inNewBrowsers(open: () => Promise<Kiosk>, url: string): LoadBoth {
  return async () => {
    await using kiosk = await open();
    const { page } = kiosk;
    await installProbe(page);
    await page.goto(url);
    const cold = await whenUsable(page);
    await page.reload();
    return [cold, await whenUsable(page)];
  };
}

/** In the kiosk, which has one window: a new document with emptied caches. */
export async function inTheWindow(page: Page): Promise<LoadBoth> {
  const session = await page.context().newCDPSession(page);
  await installProbe(page);
  return async () => {
    await session.send('Network.clearBrowserCache');
    await page.goto('about:blank');
    await page.goto(KIOSK_PAGE);
    const cold = await whenUsable(page);
    await page.reload();
    return [cold, await whenUsable(page)];
  };
}
const KIOSK_PAGE = 'app://station/index.html';
