import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import type { LeaveAnswer, ShellTrouble } from '../../contract/page/shell-trouble.ts';
import type { Log } from '../log.ts';
import { ALIVE, CONNECT, LEAVE, PORT, PRINT, PRINTER, TROUBLE } from './channels.ts';
import { isTrustedSender } from './origin.ts';
import type { SlipPrinter } from './slip-printer.ts';

export type PageConnectionParts<P> = {
  readonly ipc: Pick<IpcMain, 'on' | 'handle'>;
  readonly page: Pick<WebContents, 'postMessage' | 'send' | 'isDestroyed'>;
  /** A new channel: one end for the page, the other is with the station or will be. */
  readonly openPort: () => P;
  readonly onAlive: () => void;
  /** Somebody wants to leave a kiosk that has no station. */
  readonly onLeave: (code: string) => LeaveAnswer;
  readonly printer: Pick<SlipPrinter, 'ready' | 'print'>;
  readonly log: Log;
};

/** What the shell says to the page of its window, and to nobody else. */
export type PageConnection = {
  /** Why there is no station; `null` once there is one. Told again to a page that comes later. */
  trouble(trouble: ShellTrouble | null): void;
};

const LONGEST_CODE = 64;

export function openPageConnection<P>({
  ipc,
  page,
  openPort,
  onAlive,
  onLeave,
  printer,
  log,
}: PageConnectionParts<P>): PageConnection {
  let newest: ShellTrouble | null = null;
  const tell = (): void => {
    if (!page.isDestroyed()) page.send(TROUBLE, newest);
  };
  ipc.on(CONNECT, (event) => {
    if (!isFromPage(event, page)) return log('warn', 'a stranger asked for the station', { reason: 'origin-refused' });
    page.postMessage(PORT, null, [openPort() as never]);
    if (newest) tell();
  });
  ipc.on(ALIVE, (event) => {
    if (isFromPage(event, page)) onAlive();
  });
  ipc.handle(LEAVE, (event, code: unknown): LeaveAnswer => {
    if (isFromPage(event, page)) return onLeave(String(code).slice(0, LONGEST_CODE));
    log('warn', 'a stranger wanted to leave the kiosk', { reason: 'origin-refused' });
    return { reason: 'origin-refused', waitMs: 0 };
  });
  ipc.handle(PRINTER, (event) => isFromPage(event, page) && printer.ready());
  ipc.handle(PRINT, (event) => isFromPage(event, page) && printer.print());
  return {
    trouble(trouble) {
      newest = trouble;
      tell();
    },
  };
}

function isFromPage({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent, page: unknown): boolean {
  const frame = senderFrame ? { url: senderFrame.url, isMainFrame: senderFrame.parent === null } : undefined;
  return sender === page && isTrustedSender(frame);
}
