import { type Reader, type ReaderEvents, runReader } from './reader-loop.ts';
import { DEFAULT_BAUD_RATE, openSerialLine } from './serial-line.ts';

export type ReaderOptions = ReaderEvents & {
  /**
   * The serial device, or how to find it: asked again before each attempt, because a reader that is plugged in again may
   * come back under another name. `findReaderPort` fits.
   */
  readonly path: string | (() => Promise<string | undefined>);
  /** Bits per second; 115,200 unless told. */
  readonly baudRate?: number;
  /** Milliseconds between two polls; 300 unless told. */
  readonly pollMs?: number;
};

const POLL_MS = 300;
const RETRY_MS = 1000;

/**
 * Watches a SAM-V reader on a serial port and tells of each card laid on it, once. Never throws: a reader that is not there
 * is a state, and is tried again every second until `close`.
 */
export function openReader(options: ReaderOptions): Reader {
  const { path, baudRate = DEFAULT_BAUD_RATE, pollMs = POLL_MS, ...events } = options;
  const connect = async () => {
    const device = typeof path === 'string' ? path : await path();
    if (device === undefined) throw new Error('no card reader is plugged in');
    return openSerialLine(device, baudRate);
  };
  return runReader(connect, { pollMs, retryMs: RETRY_MS }, events);
}
