import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Refusal } from '../../../contract/words/reasons.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { manualClock } from '../../station.fixture.ts';
import { type InboxParts, openInbox } from './index.ts';

const INSTALLED = { zh: 'ex_a, 2 名考生, 30 题', en: '2 candidates, 30 items' };

function open(install: InboxParts['install'] = async () => INSTALLED) {
  const data = temporaryFolder();
  let busy = false;
  const parts = {
    ...{ data, clock: manualClock(), log: pino({ level: 'silent' }) },
    install: vi.fn(install),
    busy: () => busy,
    urgent: (bytes: Uint8Array) => Buffer.from(bytes).toString() === 'exam',
    onTried: vi.fn(),
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
    expect(parts.onTried.mock.calls).toEqual([[undefined]]);
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
    expect(parts.onTried.mock.calls).toEqual([['package-foreign']]);
    expect(said()).toContain('package-foreign');
    expect(said().split('\n')).toHaveLength(2);
  });

  it('lets packages wait while somebody sits here, but no exam that comes from another station', async () => {
    const { put, lookTwice, parts, path, sit } = open();
    sit(true);
    put('a.zip', 'package');
    put('b.rescue', 'package');
    put('exam (1)', 'exam');
    await lookTwice();
    await lookTwice();
    expect(parts.install).toHaveBeenCalledExactlyOnceWith(Buffer.from('exam'));
    expect([existsSync(path('a.zip')), existsSync(path('exam (1)'))]).toEqual([true, false]);
    sit(false);
    await lookTwice();
    expect(parts.install).toHaveBeenCalledTimes(3);
  });

  it('keeps what comes before its time until it may be opened', async () => {
    let early = true;
    const { put, lookTwice, inbox, path, parts, said } = open(async () => {
      if (early) throw new Refusal('package-early');
      return INSTALLED;
    });
    put('a.zip', 'package');
    await lookTwice();
    expect(existsSync(path('a.zip'))).toBe(true);
    expect(said()).toContain('package-early');
    early = false;
    await inbox.look();
    expect(parts.install).toHaveBeenCalledTimes(1);
    expect(parts.onTried.mock.calls).toEqual([['package-early']]);
    parts.clock.advance(60_000);
    await inbox.look();
    expect(existsSync(path('a.zip'))).toBe(false);
  });

  it('takes what was put in, and not what takes its name meanwhile', async () => {
    const installed: string[] = [];
    const bench = open(async (bytes) => {
      installed.push(Buffer.from(bytes).toString());
      if (installed.length === 1) bench.put('a.zip', 'the second');
      return INSTALLED;
    });
    bench.put('a.zip', 'the first');
    await bench.lookTwice();
    await bench.lookTwice();
    expect(installed).toEqual(['the first', 'the second']);
    expect(readdirSync(bench.path('.'))).toEqual(['refused', 'taking']);
  });

  it('takes packages in the order in which they came, and no bad one keeps a good one out', async () => {
    const installed: string[] = [];
    const { put, lookTwice, path } = open(async (bytes) => {
      const name = Buffer.from(bytes).toString();
      installed.push(name);
      if (name === 'bad') throw new Refusal('package-invalid');
      return INSTALLED;
    });
    for (const [name, text, at] of [
      ['b.zip', 'bad', 1],
      ['c.zip', 'older', 2],
      ['a.zip', 'newer', 3],
    ] as const) {
      put(name, text);
      utimesSync(path(name), at, at);
    }
    await lookTwice();
    expect(installed).toEqual(['bad', 'older', 'newer']);
  });

  it('writes over no refused package with another of that name', async () => {
    const { put, lookTwice, path } = open(async () => Promise.reject(new Refusal('package-invalid')));
    for (const text of ['one', 'two']) {
      put('a.zip', text);
      await lookTwice();
    }
    expect(readdirSync(path('refused'))).toEqual(['2 a.zip', 'a.zip']);
  });

  it('that is stopped takes no further package, and what was under way at a power cut is there again', async () => {
    const bench = open(async () => {
      void bench.inbox.stop();
      return INSTALLED;
    });
    bench.put('a.zip', '1');
    bench.put('b.zip', '2');
    await bench.lookTwice();
    expect(bench.parts.install).toHaveBeenCalledTimes(1);
    writeFileSync(bench.path('taking/c.zip'), '3');
    await openInbox(bench.parts).stop();
    expect(existsSync(bench.path('c.zip'))).toBe(true);
  });

  it('puts aside what was found half taken twice: it takes the station down', async () => {
    const bench = open();
    for (const start of [1, 2]) {
      writeFileSync(bench.path('taking/c.zip'), 'bomb');
      await openInbox(bench.parts).stop();
      expect(existsSync(bench.path('c.zip'))).toBe(start === 1);
      if (start === 1) rmSync(bench.path('c.zip'));
    }
    expect(existsSync(bench.path('refused/c.zip'))).toBe(true);
    expect(bench.said()).toContain('c.zip: 读取时考站两次中断');
  });

  it('does not hold against a file what happened to another of its name, which was taken since', async () => {
    const bench = open();
    const cutOff = async (text: string) => {
      writeFileSync(bench.path('taking/c.zip'), text);
      const inbox = openInbox(bench.parts);
      onTestFinished(() => inbox.stop());
      return inbox;
    };
    const inbox = await cutOff('of today');
    for (let n = 0; n < 2; n++) await inbox.look();
    expect(bench.parts.install).toHaveBeenCalledExactlyOnceWith(Buffer.from('of today'));
    await inbox.stop();
    const next = await cutOff('of tomorrow');
    expect([existsSync(bench.path('c.zip')), existsSync(bench.path('refused/c.zip'))]).toEqual([true, false]);
    await next.stop();
    await cutOff('of tomorrow');
    expect(existsSync(bench.path('refused/c.zip'))).toBe(true);
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
