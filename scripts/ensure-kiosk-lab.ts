import { noLab } from '../cli/lab/kiosk-lab.ts';
import { installPackages, isInstalled } from './debian.ts';

/** Programs with which a kiosk is tried, and Debian's packages that bring them. */
const NEEDED: Readonly<Record<string, string>> = {
  Xvfb: 'xvfb',
  openbox: 'openbox',
  xdotool: 'xdotool',
  wmctrl: 'wmctrl',
  import: 'imagemagick',
  xrandr: 'x11-xserver-utils',
  xprop: 'x11-utils',
  setxkbmap: 'x11-xkb-utils',
  gsettings: 'libglib2.0-bin gsettings-desktop-schemas',
  setpriv: 'util-linux',
  ip: 'iproute2',
  cage: 'cage',
  Xwayland: 'xwayland',
  debootstrap: 'debootstrap',
};
/** What Electron's own binary is linked against, where no Chromium of Debian's brought it along. */
const LIBRARIES = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'fonts-noto-cjk'];

/**
 * Makes sure that kiosks can be tried here: installs what is missing as root on Debian, says so elsewhere.
 * @returns why they cannot, in plain words; nothing where they can
 */
export function ensureKioskLab(say: (line: string) => void): string | undefined {
  const why = noLab();
  if (why) return why;
  const missing = Object.keys(NEEDED).filter((program) => !isInstalled(program));
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.flatMap((program) => NEEDED[program]?.split(' ') ?? [])), ...LIBRARIES];
  say(`To try the kiosk, installing ${packages.join(', ')}.`);
  if (installPackages(packages)) return undefined;
  return `not tried: ${missing.join(', ')} missing, and only root on Debian can install them here: ${packages.join(' ')}`;
}
