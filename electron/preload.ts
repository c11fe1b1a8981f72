import { contextBridge, ipcRenderer } from 'electron';
import { CONNECT, PORT } from './channels.ts';

/** What is used of the page's window; the shell is compiled without the DOM's types. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void;
};

/**
 * The whole bridge: the page can ask for a port to the station. A port cannot cross the bridge as a value, so it comes
 * by window message.
 */
contextBridge.exposeInMainWorld('examStation', { connect: (): void => ipcRenderer.send(CONNECT) });

ipcRenderer.on(PORT, ({ ports }) => window.postMessage(PORT, window.location.origin, ports));
