import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Refusal } from '../../contract/reasons.ts';
import { manualClock, temporaryFolder } from '../station.fixture.ts';
import { type InboxParts, openInbox } from './index.ts';

const INSTALLED = { exam: 'ex_a', candidates: 2, items: 30 };

function open(install: InboxParts['install'] = async () => INSTALLED) {
  const data = temporaryFolder();
  let busy = false;
  const parts = {
    ...{ data, clock: manualClock(), log: pino({ level: 'silent' }) },
    install: vi.fn(install),
    busy: () => busy,
    onInstalled: vi.fn(),
  };
  const inbox = openInbox(parts);
  onTestFinished(() => inbox.stop());
  const path = (name: string) => join(data, 'inbox', name);
  const put = (name: string, text: string) => writeFileSync(path(name), text);
  /** A file counts once it has stood still between two looks. */
  const lookTwice = async () => {
    await inbox.look();
    await inbox.look();
  };
  const said = () => (existsSync(join(data, 'inbox.txt')) ? readFileSync(join(data, 'inbox.txt'), 'utf8') : '');
  return { inbox, parts, path, put, lookTwice, said, sit: (down: boolean) => (busy = down) };
}

describe('an inbox', () => {
  it('installs what is put into it, says so in words, and keeps no copy', async () => {
    const { put, lookTwice, parts, path, said } = open();
    put('a.zip', 'package');
    await lookTwice();
    expect(parts.install).toHaveBeenCalledExactlyOnceWith(Buffer.from('package'));
    expect(parts.onInstalled).toHaveBeenCalledTimes(1);
    expect(existsSync(path('a.zip'))).toBe(false);
    expect(said()).toMatch(/a\.zip: ex_a, 2 名考生, 30 题/);
  });

  it('waits for a file that is still being copied', async () => {
    const { inbox, put, parts } = open();
    put('a.zip', 'pack');
    await inbox.look();
    put('a.zip', 'package');
    await inbox.look();
    expect(parts.install).not.toHaveBeenCalled();
    await inbox.look();
    expect(parts.install).toHaveBeenCalledTimes(1);
  });

  it('puts aside what is refused, with the reason in words', async () => {
    const { put, lookTwice, inbox, parts, path, said } = open(async () => {
      throw new Refusal('package-foreign', 'for another');
    });
    put('a.zip', 'package');
    await lookTwice();
    await inbox.look();
    expect(parts.install).toHaveBeenCalledTimes(1);
    expect([existsSync(path('a.zip')), existsSync(path('refused/a.zip'))]).toEqual([false, true]);
    expect(said()).toContain('package-foreign');
    expect(said().split('\n')).toHaveLength(2);
  });

  it('keeps what comes before its time until it may be opened', async () => {
    let early = true;
    const { put, lookTwice, inbox, path } = open(async () => {
      if (early) throw new Refusal('package-early');
      return INSTALLED;
    });
    put('a.zip', 'package');
    await lookTwice();
    expect(existsSync(path('a.zip'))).toBe(true);
    early = false;
    await inbox.look();
    expect(existsSync(path('a.zip'))).toBe(false);
  });

  it('disturbs nobody who sits there', async () => {
    const { put, lookTwice, parts, sit } = open();
    sit(true);
    put('a.zip', 'package');
    await lookTwice();
    expect(parts.install).not.toHaveBeenCalled();
    sit(false);
    await lookTwice();
    expect(parts.install).toHaveBeenCalledTimes(1);
  });

  it('looks at files only, and survives what cannot be read', async () => {
    const { put, lookTwice, inbox, parts, path } = open(async () => Promise.reject(new Error('out of paper')));
    mkdirSync(path('folder'));
    put('.hidden', 'x');
    put('b.zip', 'x');
    await lookTwice();
    await inbox.look();
    expect(parts.install).toHaveBeenCalledTimes(1);
    expect(readdirSync(path('refused'))).toEqual(['b.zip']);
  });
});
