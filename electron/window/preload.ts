import { contextBridge, ipcRenderer } from 'electron';
import { ALIVE, CONNECT, LEAVE, PORT, PRINT, PRINTER, TROUBLE } from './channels.ts';

/** What is used of the page's window; the shell is compiled without the DOM's types. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer?: readonly unknown[]): void;
};

/**
 * The whole bridge: the page can ask for a port to the station, with a code, to leave a kiosk that has none, and to have the slip of the result it shows printed. A port cannot cross the bridge as a value, so it comes
 * by window message; so does what the shell has to say while there is no station.
 */
contextBridge.exposeInMainWorld('examStation', {
  connect: (): void => ipcRenderer.send(CONNECT),
  leave: (code: unknown): Promise<unknown> => ipcRenderer.invoke(LEAVE, String(code)),
  printer: (): Promise<unknown> => ipcRenderer.invoke(PRINTER),
  print: (): Promise<unknown> => ipcRenderer.invoke(PRINT),
});

ipcRenderer.on(PORT, ({ ports }) => window.postMessage(PORT, window.location.origin, ports));
ipcRenderer.on(TROUBLE, (_event, trouble) => window.postMessage({ kind: TROUBLE, trouble }, window.location.origin));
ipcRenderer.on(ALIVE, () => ipcRenderer.send(ALIVE));
