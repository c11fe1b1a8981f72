export { type BrowserHost, type HostOptions, openBrowserHost } from './browser-host.ts';
export { openShellLink, type ShellLink } from './shell-link.ts';
