import type { WebContents } from 'electron';
import type { Log } from '../log.ts';

/** Prints the slip of a result on the one printer that is written down. No dialog, which would be a way out of the kiosk. */
export type SlipPrinter = {
  /** Whether there is a printer, and a result to print. */
  ready(): Promise<boolean>;
  /** @returns whether it was printed */
  print(): Promise<boolean>;
  /** Whether the station shows a result now; nothing is printed of anything else. */
  showsResult(shown: boolean): void;
};

/** One for the candidate, one for the file, one for when the paper was jammed. */
const MOST_SLIPS = 3;
/** As the setting calls whichever the system prints on. */
const SYSTEMS_OWN = 'default';

/**
 * @param meant the setting; none where nothing is printed here
 */
export function openSlipPrinter(
  page: Pick<WebContents, 'getPrintersAsync' | 'print'>,
  meant: () => string | undefined,
  log: Log,
): SlipPrinter {
  let left = 0;
  const found = async (): Promise<string | undefined> => {
    const name = meant();
    if (left <= 0 || name === undefined) return undefined;
    const printers = await page.getPrintersAsync();
    if (name === SYSTEMS_OWN) return printers.length > 0 ? '' : undefined;
    return printers.find((one) => one.name === name || one.displayName === name)?.name;
  };
  return {
    ready: async () => (await found()) !== undefined,
    async print() {
      const deviceName = await found();
      if (deviceName === undefined || left <= 0) return false;
      left -= 1;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      page.print({ silent: true, deviceName, color: false }, (printed, why) => {
        if (!printed) log('warn', 'a slip was not printed', { deviceName, why });
        resolve(printed);
      });
      return promise;
    },
    showsResult(shown) {
      left = shown ? MOST_SLIPS : 0;
    },
  };
}
