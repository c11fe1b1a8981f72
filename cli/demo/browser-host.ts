import { Refusal } from '../../contract/words/reasons.ts';
import { findChromium } from '../chromium.ts';
import { openKiosk } from './kiosk.ts';
import type { Host } from './terminal.ts';

/** The browser host: a station of the site's, and a plain Chromium. @throws Refusal where there is none */
export async function openBrowserHost(): Promise<Host> {
  const chromium = await findChromium();
  if (!chromium) throw new Refusal('internal', 'no Chromium here; `npm test` installs one');
  return {
    ...{ name: 'browser', runs: 'station' },
    async openTerminal(site, folder, name, story) {
      const kiosk = await openKiosk(chromium, folder, name, story);
      await kiosk.open(site.url());
      return {
        kiosk,
        crashes: [
          {
            name: 'killed',
            async happen() {
              await site.killStation();
              await site.startStation();
              await kiosk.open(site.url());
            },
          },
        ],
        [Symbol.asyncDispose]: () => kiosk[Symbol.asyncDispose](),
      };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
