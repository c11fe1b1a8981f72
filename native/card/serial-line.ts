import { access } from 'node:fs/promises';
import type { SerialPort } from 'serialport';
import type { Line } from './exchange.ts';

/** SAM-V readers talk 8N1 at this rate unless somebody reconfigured them (FACTS section 3). */
export const DEFAULT_BAUD_RATE = 115_200;
/** How often the device file is looked for, milliseconds. */
const PRESENCE_MS = 250;

/**
 * Opens a serial port as a line.
 * @throws Error where the port is not there, is in use, or the serial library cannot load on this machine
 */
export async function openSerialLine(path: string, baudRate: number = DEFAULT_BAUD_RATE): Promise<Line> {
  // Loaded late: its native part may be missing on a machine that has no reader either, and that must not stop a station.
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  return wrap(port, path);
}

function wrap(port: SerialPort, path: string): Line {
  let onLost = (): void => {};
  let over = false;
  const lost = (): void => {
    if (over) return;
    stop();
    onLost();
  };
  const watch = watchPresence(path, lost);
  const stop = (): void => {
    over = true;
    watch.stop();
  };
  // 'error' comes for a failed write and not always with 'close'; it keeps its listener for good, because one that nobody
  // hears ends the process.
  port.on('error', lost);
  port.on('close', lost);

  return {
    write: (bytes) => void port.write(Buffer.from(bytes)),
    onData: (listener) => void port.on('data', listener),
    onLost: (listener) => {
      onLost = listener;
    },
    async close() {
      stop();
      if (port.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
    },
  };
}

/**
 * Says when the device file is gone. Needed on Linux: reading a device that was pulled out yields nothing rather than an
 * error, and `serialport` 13 then reads again at once and for ever, using a whole core, until a write fails.
 */
function watchPresence(path: string, gone: () => void): { stop(): void } {
  if (!path.startsWith('/')) return { stop() {} };
  const timer = setInterval(() => void access(path).catch(gone), PRESENCE_MS);
  return { stop: () => clearInterval(timer) };
}
