import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { openBrowserHost } from '../../station/run/hosts/index.ts';
import { openStation } from '../../station/run/station.ts';

/** A station that asks what it is, as in a kiosk nobody has set up, shown to a browser. */
export type NewTerminal = AsyncDisposable & { readonly url: string };

/**
 * It runs in this process, as only a kiosk's shell starts one that may be set up. What is saved is written, and no other
 * run begins.
 * @param data an empty folder, or one that holds a `terminal.json`
 */
export async function openNewTerminal(data: string): Promise<NewTerminal> {
  const log = pino({ level: 'silent' });
  const station = await openStation({ data, host: 'kiosk', restart: () => undefined, log });
  const host = await openBrowserHost({
    page: resolve(import.meta.dirname, '../../dist/renderer'),
    port: 0,
    attach: station.terminal.attach,
    media: station.mediaFolder,
    log,
  });
  return {
    url: host.url,
    async [Symbol.asyncDispose]() {
      await host.close();
      await station.close();
    },
  };
}

/** Its folder in a place to work in. */
export const terminalFolder = (work: string, name: string): string => join(work, name, 'station');
