/**
 * Switches with which somebody who can start the installed kiosk could look into it, steer it, or show it another camera.
 * Fuses hold Node's own; Chromium's are read by Chromium before any program of ours runs, so a locked kiosk that finds one
 * does not open at all.
 */
const FORBIDDEN: readonly string[] = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'auto-open-devtools-for-tabs',
  'no-sandbox',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-running-insecure-content',
  'ignore-certificate-errors',
  'unsafely-treat-insecure-origin-as-secure',
  'load-extension',
  'js-flags',
  'proxy-server',
  'host-rules',
  'host-resolver-rules',
  'use-fake-ui-for-media-stream',
  'use-fake-device-for-media-stream',
  'use-file-for-fake-video-capture',
];

/** Those of them that are on the command line. */
export const forbiddenSwitches = (has: (name: string) => boolean): readonly string[] => FORBIDDEN.filter(has);
