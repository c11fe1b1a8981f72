import { expect, test } from 'vitest';
import { windowOptions } from './window-options.ts';

const installed = windowOptions({ packaged: true, locked: true, preload: '/app/preload.cjs' });
const checkout = windowOptions({ packaged: false, locked: false, preload: '/app/preload.cjs' });

test.each([
  ['installed', installed],
  ['in a checkout', checkout],
])('the page has no Node and no way around its sandbox: %s', (_, { webPreferences }) => {
  expect(webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    backgroundThrottling: false,
    preload: '/app/preload.cjs',
  });
});

test('an installed kiosk fills the screen and has no developer tools', () => {
  expect(installed).toMatchObject({ kiosk: true, closable: false, webPreferences: { devTools: false } });
  expect(checkout).toMatchObject({ kiosk: false, closable: true, webPreferences: { devTools: true } });
});

test('nothing of the page is kept on the disk', () => {
  expect(installed.webPreferences?.partition?.startsWith('persist:')).toBe(false);
});
