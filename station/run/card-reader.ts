import type { Logger } from 'pino';
import { findReaderPort, openReader, type Reader } from '../../native/card/index.ts';
import type { Devices } from '../watch/index.ts';
import { saidBy } from './card-said.ts';
import type { Terminal } from './terminal.ts';

/** `known` settles once it is clear whether there is a reader, so that a station that says READY has looked. */
export function openCardReader(
  path: string | undefined,
  devices: Pick<Devices, 'now'>,
  terminal: Pick<Terminal, 'cardRead' | 'notice'>,
  log: Logger,
): { reader: Reader; known: Promise<void> } {
  const { promise: known, resolve } = Promise.withResolvers<void>();
  const reader = openReader({
    path: () => findReaderPort(path),
    onCard: (card) => terminal.cardRead(card.number, saidBy(card)),
    onUnreadable: () => terminal.notice('card-unreadable'),
    onState: ({ state, reason, label, detail }) => {
      if (detail) log.info({ reason, detail }, 'reader');
      const trouble = { ...(reason ? { reason } : {}), ...(label ? { label } : {}) };
      devices.now('reader', { state: state === 'ready' ? 'ready' : 'failed', ...trouble });
      resolve();
    },
  });
  return { reader, known };
}
