import type { WebContents } from 'electron';
import type { Log } from '../log.ts';
import { mayNavigate } from './origin.ts';

/** Keeps a page where it is: no navigation, no window, no web view, no menu of its own. For every page there ever is. */
export function guardContents(contents: WebContents, log: Log): void {
  const keepHere = (event: { preventDefault(): void; readonly url: string; readonly isMainFrame: boolean }): void => {
    if (mayNavigate(event)) return;
    log('warn', 'a navigation was denied', { url: event.url });
    event.preventDefault();
  };
  contents.on('will-frame-navigate', keepHere);
  contents.on('will-redirect', keepHere);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('context-menu', (event) => event.preventDefault());
  // By the session's proxy or not at all.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(({ url }) => {
    log('warn', 'a window was denied', { url });
    return { action: 'deny' };
  });
}
