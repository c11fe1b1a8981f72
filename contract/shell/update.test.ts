import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { Instant } from '../words/ids.ts';
import { type Here, isNewer, mustFit, Release, Update } from './update.ts';

const release = (text: string): Release => Release.parse(text);
const at = (day: number): Instant => Instant.parse(`2026-12-0${day}T08:00:00.000Z`);
const plain = {
  ...{ format: 'exam-station/update@1', version: '1.10.0', platform: 'linux', arch: 'x64' },
  ...{ name: 'exam-station_1.10.0_amd64.deb', sha256: 'a'.repeat(64), bytes: 1 },
} as const;
const here: Here = { platform: 'linux', arch: 'x64', installed: release('1.9.3'), now: at(2) };

const outcome = (changes: object, machine: Partial<Here> = {}, downgrade = false): string =>
  reasonOf(() => mustFit(Update.parse({ ...plain, ...changes }), { ...here, ...machine }, downgrade));

describe('an update', () => {
  it.each<[string, object, Partial<Here>, string]>([
    ['that is newer', {}, {}, 'ok'],
    ['where nothing is installed', { follows: '1.0.0' }, { installed: undefined }, 'ok'],
    ['for another system', { platform: 'win32', name: 'Exam Station Setup 1.10.0.exe' }, {}, 'update-foreign'],
    ['for another processor', {}, { arch: 'arm64' }, 'update-foreign'],
    ['before its time', { notBefore: at(3) }, {}, 'update-early'],
    ['in its time', { notBefore: at(2) }, {}, 'ok'],
    ['that is installed already', {}, { installed: release('1.10.0') }, 'update-older'],
    ['that is older', {}, { installed: release('2.0.0') }, 'update-older'],
    ['that follows what is installed', { follows: '1.9.3' }, {}, 'ok'],
    ['that follows something newer', { follows: '1.9.4' }, {}, 'update-skips'],
  ])('%s', (_, changes, machine, reason) => {
    expect(outcome(changes, machine)).toBe(reason);
  });

  it('that is older is taken by whoever asks for it, but never before its time or on another system', () => {
    const installed = release('2.0.0');
    expect(outcome({}, { installed }, true)).toBe('ok');
    expect(outcome({ notBefore: at(3) }, { installed }, true)).toBe('update-early');
    expect(outcome({}, { installed, platform: 'win32' }, true)).toBe('update-foreign');
  });

  it.each(['../x.deb', 'a/b.deb', '.deb', 'x.exe', 'x.deb\n', ''])('names no package by %j', (name) => {
    expect(Update.safeParse({ ...plain, name }).success).toBe(false);
  });
});

describe('a version', () => {
  it.each(['1.0', '01.0.0', '1.0.0-beta', 'v1.0.0', '1.0.0.0', '1.0.1234567'])('is not %s', (text) => {
    expect(Release.safeParse(text).success).toBe(false);
  });

  it('is newer by its first number that differs', () => {
    const any = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20));
    fc.assert(
      fc.property(any, any, (one, other) => {
        const weight = ([a, b, c]: readonly number[]) => Number(a) * 10_000 + Number(b) * 100 + Number(c);
        expect(isNewer(release(one.join('.')), release(other.join('.')))).toBe(weight(one) > weight(other));
      }),
    );
  });
});
