import { destination, pino } from 'pino';
import { ShellMessage, type StartMessage, type StationMessage } from '../contract/kiosk-messages.ts';
import { type PortLike, portTransport } from '../contract/rpc/message-port.ts';
import type { Transport } from '../contract/rpc/transport.ts';
import { openStation, type Station } from './station.ts';

/**
 * The station inside the kiosk: the program of Electron's utility process. It knows nothing of Electron but the port to
 * its parent, so plain Node runs it too wherever somebody provides that port.
 */
type ParentPort = {
  on(event: 'message', listener: (event: { data: unknown; ports: readonly PortLike[] }) => void): unknown;
  postMessage(message: StationMessage): void;
};

const { parentPort } = process as unknown as { parentPort?: ParentPort };
if (!parentPort) throw new Error('this file runs in the utility process of the kiosk');

const log = pino({ level: process.env.EXAM_STATION_LOG ?? 'info' }, destination(2));
/** Time for a last message to leave before the process does. */
const LAST_WORDS_MS = 100;

/** Settles to nothing where the station cannot run; that has been said by then, and the process is about to end. */
let opening: Promise<Station | undefined> | undefined;
let takeSeat: ((transport: Transport) => void) | undefined;
/** The page is often there before the station is. Only the newest one counts. */
let early: Transport | undefined;

parentPort.on('message', ({ data, ports: [port] }) => {
  const message = ShellMessage.safeParse(data);
  if (!message.success) return log.warn({ reason: 'bad-message' }, 'shell');
  if (message.data.kind === 'start') opening ??= start(message.data, parentPort);
  else if (message.data.kind === 'stop') void stop();
  else if (port) welcome(portTransport(port));
});
process.on('SIGTERM', stop);

async function start({ kind: _, ...config }: StartMessage, shell: ParentPort): Promise<Station | undefined> {
  try {
    const station = await openStation({ ...config, log });
    takeSeat = oneSeat(station.terminal.attach);
    if (early) takeSeat(early);
    shell.postMessage({ kind: 'ready' });
    return station;
  } catch (error) {
    log.fatal({ error: String(error) }, 'the station cannot run');
    shell.postMessage({ kind: 'failed', detail: String(error) });
    setTimeout(() => process.exit(1), LAST_WORDS_MS);
    return undefined;
  }
}

function welcome(page: Transport): void {
  if (takeSeat) return takeSeat(page);
  early?.close();
  early = page;
}

/**
 * There is one window, so a page that comes is the one that sits there: after a reload the port of the page before may
 * not have noticed yet that its page is gone, and must not keep the new one out.
 */
function oneSeat(attach: (transport: Transport) => boolean): (transport: Transport) => void {
  let leave = (): void => undefined;
  return (page) => {
    leave();
    let left = false;
    const listeners: (() => void)[] = [];
    leave = () => {
      if (left) return;
      left = true;
      page.close();
      for (const listener of listeners) listener();
    };
    page.onClose(leave);
    attach({ ...page, onClose: (listener) => void listeners.push(listener) });
  };
}

async function stop(): Promise<void> {
  const station = await opening;
  await station?.close();
  process.exit(0);
}
