import { setTimeout as pause } from 'node:timers/promises';

/** Something that lets one person through. */
export type Door = {
  /** Closes the relay's contact for a moment. @throws Error where the relay is not there, or does not take what it is told */
  open(): Promise<void>;
};

/**
 * What the usual USB relays (LCUS-1 and its kin, behind a CH340) understand: start, channel, state, sum of the three. They
 * answer nothing.
 */
const frame = (state: 0 | 1): Buffer => Buffer.from([0xa0, 0x01, state, 0xa1 + state]);
const BAUD_RATE = 9_600;
const PULSE_MS = 3_000;

/**
 * @param path the relay's serial device; opened for each pulse, so that one that was plugged in again works
 * @param pulseMs how long the contact stays closed
 */
export function openRelay(path: string, pulseMs = PULSE_MS): Door {
  return {
    async open() {
      // Loaded late: few stations have a door.
      const { SerialPort } = await import('serialport');
      const port = new SerialPort({ path, baudRate: BAUD_RATE, autoOpen: false });
      // An error that nobody hears ends the process.
      port.on('error', () => undefined);
      const settled = (act: (done: (error?: Error | null) => void) => void): Promise<void> =>
        new Promise((resolve, reject) => act((error) => (error ? reject(error) : resolve())));
      await settled((done) => port.open(done));
      try {
        await settled((done) => port.write(frame(1), done));
        await settled((done) => port.drain(done));
        await pause(pulseMs);
      } finally {
        // Whatever went wrong: no door stays open.
        await settled((done) => port.write(frame(0), done)).catch(() => undefined);
        await settled((done) => port.drain(done)).catch(() => undefined);
        await settled((done) => port.close(done)).catch(() => undefined);
      }
    },
  };
}
