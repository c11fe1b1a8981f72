export { type BrowserHost, openBrowserHost } from './browser-host.ts';
export { openShellLink } from './shell-link.ts';
