import { BrowserWindow, clipboard, Menu, powerSaveBlocker, screen } from 'electron';
import type { Step } from './lockdown/index.ts';
import { coverOtherDisplays, type DisplayLike } from './lockdown/steps/other-displays.ts';
import {
  blockKeys,
  closeTools,
  emptyClipboard,
  hideMenu,
  holdZoom,
  keepAwake,
  protectContent,
} from './lockdown/steps/program.ts';
import { holdWindow } from './lockdown/steps/window.ts';

/** What the kiosk does to itself while it is locked, in this order; undone in the other. */
export function kioskSteps(window: BrowserWindow): readonly Step[] {
  const { webContents } = window;
  const { platform } = process;
  // A display that is unplugged takes the kiosk to whichever is left.
  const own = (): Electron.Display => screen.getDisplayMatching(window.getBounds());
  return [
    keepAwake(powerSaveBlocker),
    hideMenu(Menu),
    blockKeys(webContents),
    holdZoom(webContents),
    closeTools(webContents),
    emptyClipboard(clipboard, platform),
    protectContent(window, platform),
    coverOtherDisplays(screen, own, cover),
    holdWindow(window, () => own().bounds),
  ];
}

/** A black window that nobody can use. */
function cover({ bounds }: DisplayLike): { close(): void } {
  const black = new BrowserWindow({
    ...bounds,
    ...{
      frame: false,
      focusable: false,
      skipTaskbar: true,
      movable: false,
      resizable: false,
      backgroundColor: '#000000',
    },
  });
  black.setAlwaysOnTop(true, 'screen-saver');
  return {
    close() {
      if (!black.isDestroyed()) black.destroy();
    },
  };
}
