import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../tests/kit/folders.ts';
import { browserSwitches, prepareProfile } from './browser-window.ts';

const read = (profile: string) => JSON.parse(readFileSync(join(profile, 'Default/Preferences'), 'utf8'));
function profileWith(text?: string): string {
  const profile = temporaryFolder();
  if (text === undefined) return profile;
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default/Preferences'), text);
  return profile;
}

describe('a browser that shows one page', () => {
  it('is told to ask nothing, and keeps to a profile of its own', () => {
    const switches = browserSwitches('/p');
    expect(switches).toEqual(
      expect.arrayContaining([
        ...['--kiosk', '--no-first-run', '--no-default-browser-check', '--disable-session-crashed-bubble'],
        ...['--hide-crash-restore-bubble', '--password-store=basic', '--user-data-dir=/p'],
        expect.stringMatching(/^--disable-features=Translate,/),
      ]),
    );
    // Of a switch that is said twice the browser hears only the last.
    const names = switches.map((one) => one.split('=')[0]);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ['new', undefined],
    ['torn by a cut of power', '{"profile":{"exit_ty'],
    ['no object', '[1]'],
    ['one that crashed', '{"profile":{"exit_type":"Crashed","exited_cleanly":false},"translate":{"enabled":true}}'],
  ])('begins with a profile that ended well, where it is %s', (_, text) => {
    const profile = profileWith(text);
    prepareProfile(profile);
    expect(read(profile)).toMatchObject({
      credentials_enable_service: false,
      translate: { enabled: false },
      profile: { exit_type: 'Normal', exited_cleanly: true, password_manager_enabled: false },
    });
  });

  it('keeps what else stands in it', () => {
    const profile = profileWith('{"profile":{"name":"one","exit_type":"Crashed"},"zoom":2}');
    prepareProfile(profile);
    expect(read(profile)).toMatchObject({ zoom: 2, profile: { name: 'one', exit_type: 'Normal' } });
  });
});
