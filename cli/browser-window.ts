import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * Nothing that a browser shows gets out of this machine, by whatever it is asked: what is not here is asked of a proxy where
 * nobody is. A package of a course could reach others by a call (WebRTC), which no policy of a page forbids.
 */
export const ONLY_THIS_MACHINE: readonly string[] = [
  '--proxy-server=127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>;127.0.0.1;localhost;*.localhost',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
];

/**
 * A browser that shows one page and says nothing of its own: no offer to translate, to restore what a power cut ended, to
 * keep a password or to become the usual browser. What a switch cannot say, the profile does.
 */
export const browserSwitches = (profile: string): readonly string[] => [
  '--kiosk',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=Translate,TranslateUI,InfiniteSessionRestore,AutofillServerCommunication,MediaRouter,GlobalMediaControls',
  // A station that lost its power asks nobody whether to go on.
  '--disable-session-crashed-bubble',
  '--hide-crash-restore-bubble',
  '--noerrdialogs',
  // A key ring of the desktop would ask for its password before the page is seen.
  '--password-store=basic',
  '--disable-save-password-bubble',
  '--disable-notifications',
  '--use-fake-ui-for-media-stream',
  ...ONLY_THIS_MACHINE,
  `--user-data-dir=${profile}`,
];

const PREFERENCES = {
  credentials_enable_service: false,
  credentials_enable_autosignin: false,
  profile: { password_manager_enabled: false, exit_type: 'Normal', exited_cleanly: true },
  translate: { enabled: false },
  translate_blocked_languages: ['zh', 'zh-CN', 'en'],
  autofill: { profile_enabled: false, credit_card_enabled: false },
  browser: { check_default_browser: false, has_seen_welcome_page: true },
} as const;

const Settings = z.record(z.string(), z.unknown());
type Settings = z.infer<typeof Settings>;

/** Before each start: whatever the last one wrote, such as that it crashed, is set right. The rest stays. */
export function prepareProfile(profile: string): void {
  const folder = join(profile, 'Default');
  const file = join(folder, 'Preferences');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(merged(settingsIn(file), PREFERENCES)), { mode: 0o600 });
}

/** A file that is torn, as a cut of power leaves one, says nothing: the browser would not read it either. */
function settingsIn(file: string): Settings {
  try {
    return Settings.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

function merged(found: Settings, wanted: Readonly<Settings>): Settings {
  const changed = Object.entries(wanted).map(([name, value]) => {
    const [before, group] = [Settings.safeParse(found[name]), Settings.safeParse(value)];
    return [name, group.success ? merged(before.data ?? {}, group.data) : value];
  });
  return { ...found, ...Object.fromEntries(changed) };
}
