import { Socket } from 'node:net';
import { destination, pino } from 'pino';
import type { Transport } from '../../contract/page/rpc/transport.ts';
import type { ShellMessage, StartMessage } from '../../contract/shell/kiosk-messages.ts';
import { SETTINGS } from '../../contract/shell/settings.ts';
import { readBy, readVariables } from '../../contract/shell/variables.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { keepProcessPrivate } from '../../proof/secrets/private-process.ts';
import { openShellLink } from './hosts/index.ts';
import { openStation, type Station } from './station.ts';

/**
 * The station inside the kiosk: a program of its own on a Node of its own, started by the shell with a pipe as its third
 * extra file. It knows nothing of Electron, and ends when the pipe does.
 */
const SHELL_PIPE = 3;

keepProcessPrivate();

/** All else the shell says. */
const { log: level = SETTINGS.log.usual, ...own } = readVariables(readBy('kiosk-station'), process.env);
const log = pino({ level }, destination(2));
/** Time for a last message to leave before the process does. */
const LAST_WORDS_MS = 100;

/** Settles to nothing where the station cannot run; that has been said by then, and the process is about to end. */
let opening: Promise<Station | undefined> | undefined;
let takeSeat: ((transport: Transport) => void) | undefined;
/** The page is often there before the station is. Only the newest one counts. */
let early: Transport | undefined;

const shell = openShellLink({
  pipe: new Socket({ fd: SHELL_PIPE, readable: true, writable: true }),
  onMessage: obey,
  onPage: welcome,
  // A shell that dies must not leave a station behind that holds the data folder.
  onEnd: stop,
  log,
});
process.on('SIGTERM', stop);

function obey(message: ShellMessage): void {
  if (message.kind === 'start') opening ??= start(message);
  else if (message.kind === 'alive') shell.say(message);
  else if (message.kind === 'stop') void stop();
  else
    opening
      ?.then((station) => station && hear(station, message))
      .catch((error) => log.error({ error: String(error) }, 'what the shell saw could not be written down'));
}

type Seen = Extract<ShellMessage, { kind: 'observed' | 'lockdown' | 'readiness' | 'displays' }>;

/** What the shell sees is for the station that is open by then. */
function hear({ readiness, terminal: { surroundings }, shellSees }: Station, message: Seen): void {
  if (message.kind === 'observed') surroundings.observe(message.observation);
  else if (message.kind === 'lockdown') surroundings.lockdown(message.failed);
  else if (message.kind === 'displays') shellSees(message.displays);
  else readiness.shellSays(message.checks);
}

async function start({ kind: _, vaultKey, ...told }: StartMessage): Promise<Station | undefined> {
  try {
    const key = vaultKey ? { vaultKey: new Uint8Array(Buffer.from(vaultKey, 'base64')) } : {};
    const leaveKiosk = (): void => shell.say({ kind: 'leave' });
    // What the page was answered last leaves before this run ends.
    const restart = (): void => void setTimeout(stop, LAST_WORDS_MS);
    const station = await openStation({ ...own, ...told, ...key, leaveKiosk, restart, log });
    takeSeat = oneSeat(station.terminal.attach);
    if (early) takeSeat(early);
    shell.say({ kind: 'ready' });
    station.onSitting((running) => shell.say({ kind: 'sitting', running }));
    station.onResult((shown) => shell.say({ kind: 'result', shown }));
    return station;
  } catch (error) {
    log.fatal({ error: String(error) }, 'the station cannot run');
    const reason = error instanceof Refusal ? error.reason : 'internal';
    shell.say({ kind: 'failed', reason, detail: error instanceof Error ? error.message : String(error) });
    setTimeout(() => process.exit(1), LAST_WORDS_MS);
    return undefined;
  }
}

function welcome(page: Transport): void {
  if (takeSeat) return takeSeat(page);
  early?.close();
  early = page;
  page.onClose(() => {
    if (early === page) early = undefined;
  });
}

/**
 * There is one window, so a page that comes is the one that sits there: after a reload the page before may not have been
 * noticed to be gone yet, and must not keep the new one out.
 */
function oneSeat(attach: (transport: Transport) => boolean): (transport: Transport) => void {
  let before: Transport | undefined;
  return (page) => {
    before?.close();
    before = page;
    if (!attach(page)) log.error({ reason: 'second-window' }, 'a page was not taken');
  };
}

async function stop(): Promise<void> {
  const station = await opening;
  await station?.close();
  process.exit(0);
}
