import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import type { ShellTrouble } from '../../contract/shell-trouble.ts';
import type { Log } from '../log.ts';
import { ALIVE, CONNECT, PORT, TROUBLE } from './channels.ts';
import { isTrustedSender } from './origin.ts';

export type PageConnectionParts<P> = {
  readonly ipc: Pick<IpcMain, 'on'>;
  readonly page: Pick<WebContents, 'postMessage' | 'send' | 'isDestroyed'>;
  /** A new channel: one end for the page, the other is with the station or will be. */
  readonly openPort: () => P;
  readonly onAlive: () => void;
  readonly log: Log;
};

/** What the shell says to the page of its window, and to nobody else. */
export type PageConnection = {
  /** Why there is no station; `null` once there is one. Told again to a page that comes later. */
  trouble(trouble: ShellTrouble | null): void;
};

export function openPageConnection<P>({ ipc, page, openPort, onAlive, log }: PageConnectionParts<P>): PageConnection {
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
  return {
    trouble(trouble) {
      newest = trouble;
      tell();
    },
  };
}

function isFromPage({ sender, senderFrame }: IpcMainEvent, page: unknown): boolean {
  const frame = senderFrame ? { url: senderFrame.url, isMainFrame: senderFrame.parent === null } : undefined;
  return sender === page && isTrustedSender(frame);
}
