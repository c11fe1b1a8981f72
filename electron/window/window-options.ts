import type { BrowserWindowConstructorOptions } from 'electron';

/** The page's session lives in memory: no cache, cookie or stored value of a candidate survives on the disk. */
export const PARTITION = 'station';

export type WindowPlan = {
  readonly packaged: boolean;
  readonly locked: boolean;
  readonly preload: string;
  /** Where the display begins that it fills. */
  readonly corner?: { readonly x: number; readonly y: number } | undefined;
};

/** How the one window is made. What Electron already defaults to is said again where a change would be a hole. */
export function windowOptions({ packaged, locked, preload, corner }: WindowPlan): BrowserWindowConstructorOptions {
  return {
    title: 'Exam Station',
    ...(corner ? { x: corner.x, y: corner.y } : {}),
    width: 1280,
    height: 800,
    backgroundColor: '#ffffff',
    // Shown once there is something to see: a white flash looks like a crash.
    show: false,
    autoHideMenuBar: true,
    kiosk: locked,
    closable: !locked,
    minimizable: !locked,
    webPreferences: {
      preload,
      partition: PARTITION,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !packaged,
      // The camera and the exam clock go on when another window covers this one.
      backgroundThrottling: false,
    },
  };
}
