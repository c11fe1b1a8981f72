/** One way in which somebody in front of the kiosk may try to leave the exam, as X takes it. */
export type Attempt = {
  readonly name: string;
  readonly kind: 'key' | 'mouse' | 'window' | 'desktop';
  /** Arguments of `xdotool`, one call after the other; `WINDOW` stands for the kiosk's. */
  readonly xdotool?: readonly (readonly string[])[];
  /** Arguments of `wmctrl`, which speaks to the window manager as a taskbar does. */
  readonly wmctrl?: readonly string[];
  /** Another program that somebody has got to run, which opens a window of its own. */
  readonly program?: readonly [string, ...string[]];
  /** The kiosk's own program, started once more. */
  readonly secondStart?: true;
};

/** Of Chromium, of window managers, of X and of the system, on whatever desktop: each is pressed for real. */
const KEYS = [
  'ctrl+t',
  'ctrl+n',
  'ctrl+shift+n',
  'ctrl+shift+t',
  'ctrl+w',
  'ctrl+shift+w',
  'ctrl+q',
  'ctrl+Tab',
  'ctrl+l',
  'ctrl+o',
  'ctrl+s',
  'ctrl+p',
  'ctrl+shift+p',
  'ctrl+u',
  'ctrl+r',
  'ctrl+shift+r',
  'ctrl+f',
  'ctrl+g',
  'ctrl+h',
  'ctrl+j',
  'ctrl+d',
  'ctrl+plus',
  'ctrl+minus',
  'ctrl+0',
  'ctrl+c',
  'ctrl+v',
  'ctrl+a',
  'ctrl+shift+i',
  'ctrl+shift+j',
  'ctrl+shift+c',
  'ctrl+shift+Delete',
  'ctrl+shift+Escape',
  'ctrl+Escape',
  'F1',
  'F3',
  'F5',
  'F6',
  'F7',
  'F10',
  'F11',
  'F12',
  'shift+F10',
  'Menu',
  'Escape',
  'BackSpace',
  'alt+Left',
  'alt+Right',
  'alt+Home',
  'alt+d',
  'alt+f',
  'alt+F2',
  'alt+F4',
  'alt+F10',
  'alt+Tab',
  'alt+shift+Tab',
  'alt+Escape',
  'alt+space',
  'super',
  'super+d',
  'super+e',
  'super+l',
  'super+m',
  'super+r',
  'super+Tab',
  'super+Up',
  'super+Down',
  'super+Left',
  'super+F1',
  'super+F2',
  'super+space',
  'ctrl+alt+Delete',
  'ctrl+alt+BackSpace',
  'ctrl+alt+Escape',
  'ctrl+alt+t',
  'ctrl+alt+d',
  'ctrl+alt+l',
  'ctrl+alt+Left',
  'ctrl+alt+Right',
  'ctrl+alt+Up',
  'ctrl+alt+Down',
  'ctrl+alt+F1',
  'ctrl+alt+F2',
  'ctrl+alt+F7',
  'Print',
  'alt+Print',
  'shift+Print',
  'alt+Print+b',
  'XF86PowerOff',
  'XF86Sleep',
  'XF86HomePage',
  'XF86Search',
  'XF86Calculator',
  'XF86Explorer',
  'XF86Mail',
] as const;

const move = (x: number, y: number): readonly string[] => ['mousemove', String(x), String(y)];
const click = (button: number): readonly string[] => ['click', String(button)];

const MOUSE: readonly Attempt[] = [
  { name: 'right click', kind: 'mouse', xdotool: [move(640, 400), click(3)] },
  { name: 'middle click', kind: 'mouse', xdotool: [move(640, 400), click(2)] },
  { name: 'back and forward buttons', kind: 'mouse', xdotool: [move(640, 400), click(8), click(9)] },
  {
    name: 'ctrl and wheel',
    kind: 'mouse',
    xdotool: [['keydown', 'ctrl'], click(4), click(4), click(4), ['keyup', 'ctrl']],
  },
  { name: 'shift click', kind: 'mouse', xdotool: [['keydown', 'shift'], move(100, 32), click(1), ['keyup', 'shift']] },
  { name: 'ctrl click', kind: 'mouse', xdotool: [['keydown', 'ctrl'], move(100, 32), click(1), ['keyup', 'ctrl']] },
  {
    name: 'drag out of the window',
    kind: 'mouse',
    xdotool: [move(80, 32), ['mousedown', '1'], move(600, 500), move(1279, 799), ['mouseup', '1']],
  },
  {
    name: 'alt drag, which moves windows',
    kind: 'mouse',
    xdotool: [
      ['keydown', 'alt'],
      move(640, 400),
      ['mousedown', '1'],
      move(200, 100),
      ['mouseup', '1'],
      ['keyup', 'alt'],
    ],
  },
  { name: 'every corner', kind: 'mouse', xdotool: [move(0, 0), move(1279, 0), move(1279, 799), move(0, 799)] },
  { name: 'double click on the title', kind: 'mouse', xdotool: [move(80, 32), ['click', '--repeat', '2', '1']] },
];

const WINDOWS: readonly Attempt[] = [
  { name: 'a window of another program', kind: 'window', program: ['xev'] },
  { name: 'a window that fills the screen', kind: 'window', program: ['xev', '-geometry', '1280x800+0+0'] },
  { name: 'a second start', kind: 'window', secondStart: true },
];

const DESKTOP: readonly Attempt[] = [
  { name: 'minimise', kind: 'desktop', xdotool: [['windowminimize', 'WINDOW']] },
  { name: 'ask the window to close', kind: 'desktop', wmctrl: ['-i', '-c', 'WINDOW'] },
  { name: 'make it small', kind: 'desktop', xdotool: [['windowsize', 'WINDOW', '400', '300']] },
  { name: 'move it away', kind: 'desktop', xdotool: [['windowmove', 'WINDOW', '900', '700']] },
  { name: 'another workspace', kind: 'desktop', xdotool: [['set_desktop', '1']] },
  { name: 'below all others', kind: 'desktop', wmctrl: ['-i', '-r', 'WINDOW', '-b', 'add,below'] },
];

export const keyAttempts: readonly Attempt[] = KEYS.map((key) => ({ name: key, kind: 'key', xdotool: [['key', key]] }));
export const mouseAttempts = MOUSE;
/** Only where there is a window manager that could be told so. */
export const windowAttempts = [...WINDOWS, ...DESKTOP];
