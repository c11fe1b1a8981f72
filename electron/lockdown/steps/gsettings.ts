import { z } from 'zod';
import type { Step } from '../step.ts';
import { canRun, type Run } from './run.ts';

/** Keys of the desktop's settings, as `schema key`, and what each is while an exam is locked. */
export type DesktopSettings = Readonly<Record<string, string>>;

/** What each was; `null` where it had never been set by anybody. */
const Found = z.record(z.string(), z.string().nullable());

/**
 * Settings of GNOME and of desktops that read the same ones. Only keys that this desktop has are touched.
 * @param run starts `gsettings`, which is how these are changed without being GNOME
 */
export function desktopSettings(name: string, wanted: DesktopSettings, run: Run, env: NodeJS.ProcessEnv): Step {
  const schemas = new Set(Object.keys(wanted).map((place) => place.split(' ')[0] ?? ''));
  /** Every wanted key that there is, and its value now. */
  const valuesNow = async (backend = ''): Promise<ReadonlyMap<string, string>> => {
    const all = new Set((await run('gsettings', 'list-schemas')).split('\n'));
    const values = new Map<string, string>();
    for (const schema of schemas) {
      if (!all.has(schema)) continue;
      const list = await run('sh', '-c', `${backend} exec gsettings list-recursively ${schema}`);
      for (const line of list.split('\n')) {
        const [, place = '', value = ''] = /^(\S+ \S+) (.*)$/.exec(line) ?? [];
        if (place in wanted) values.set(place, value);
      }
    }
    return values;
  };
  const set = (place: string, value: string): Promise<string> => run('gsettings', 'set', ...place.split(' '), value);
  return {
    ...{ name, scope: 'machine' },
    async absent() {
      if (!READS_THEM.test(env.XDG_CURRENT_DESKTOP ?? '')) return 'no desktop runs here that reads such settings';
      if (!(await canRun(run, 'gsettings'))) return 'there is no gsettings';
      return (await valuesNow()).size > 0 ? undefined : 'this desktop has none of these settings';
    },
    async look() {
      const [now, usual] = [await valuesNow(), await valuesNow(NOBODYS)];
      // A default that nobody set is not made somebody's choice by putting it back.
      return Object.fromEntries([...now].map(([place, value]) => [place, value === usual.get(place) ? null : value]));
    },
    async perform() {
      for (const [place, value] of await valuesNow())
        if (plain(value) !== plain(wanted[place] ?? '')) await set(place, wanted[place] ?? '');
    },
    async verify() {
      for (const [place, value] of await valuesNow())
        if (plain(value) !== plain(wanted[place] ?? '')) return `${place} is ${value}`;
      return undefined;
    },
    async revert(found) {
      const before = Found.safeParse(found).data ?? {};
      for (const [place] of await valuesNow()) {
        const value = before[place] ?? null;
        if (value === null) await run('gsettings', 'reset', ...place.split(' '));
        else await set(place, value);
      }
      // Without a session to speak to, gsettings takes everything and changes nothing.
      const now = await valuesNow();
      for (const [place, value] of Object.entries(before))
        if (value !== null && now.get(place) !== value) throw new Error(`${place} is still ${now.get(place)}`);
    },
  };
}

/** Desktops whose own programs look into these settings; what else runs here does not care what they say. */
const READS_THEM = /gnome|unity|budgie|pantheon|cinnamon/i;

/** Reads what a system has before anybody sets anything. */
const NOBODYS = 'GSETTINGS_BACKEND=memory';

/** `@as []` and `[]`, `uint32 0` and `0` say the same. */
const plain = (value: string): string => value.replace(/^(@\w+|u?int\d+)\s+/, '');

const NOTHING = '[]';
const WINDOWS = 'org.gnome.desktop.wm.keybindings';
const MEDIA = 'org.gnome.settings-daemon.plugins.media-keys';
const SHELL = 'org.gnome.shell.keybindings';

/** Shortcuts that leave an exam. The keys of the screen reader, the magnifier and the on-screen keyboard are not among them. */
export const GNOME_KEYS: DesktopSettings = {
  ...Object.fromEntries(
    [
      'close',
      'minimize',
      'show-desktop',
      'switch-applications',
      'switch-applications-backward',
      'switch-windows',
      'switch-windows-backward',
      'switch-group',
      'cycle-windows',
      'cycle-group',
      'switch-to-workspace-left',
      'switch-to-workspace-right',
      'switch-to-workspace-up',
      'switch-to-workspace-down',
      'move-to-workspace-left',
      'move-to-workspace-right',
      'panel-main-menu',
      'panel-run-dialog',
      'activate-window-menu',
      'toggle-fullscreen',
      'unmaximize',
    ].map((key) => [`${WINDOWS} ${key}`, NOTHING]),
  ),
  ...Object.fromEntries(
    ['terminal', 'www', 'home', 'email', 'search', 'help', 'logout', 'screensaver', 'control-center'].map((key) => [
      `${MEDIA} ${key}`,
      NOTHING,
    ]),
  ),
  ...Object.fromEntries(
    ['toggle-overview', 'toggle-application-view', 'toggle-message-tray', 'show-screenshot-ui', 'screenshot'].map(
      (key) => [`${SHELL} ${key}`, NOTHING],
    ),
  ),
  'org.gnome.mutter overlay-key': "''",
};

/** Nothing pops up, goes dark or locks by itself while somebody sits an exam. */
export const GNOME_QUIET: DesktopSettings = {
  'org.gnome.desktop.notifications show-banners': 'false',
  'org.gnome.desktop.notifications show-in-lock-screen': 'false',
  'org.gnome.desktop.session idle-delay': 'uint32 0',
  'org.gnome.desktop.screensaver lock-enabled': 'false',
  'org.gnome.desktop.screensaver idle-activation-enabled': 'false',
};
