import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findChromium } from '../../cli/chromium.ts';
import { openKiosk } from '../../cli/demo/kiosk.ts';
import { type DemoCandidate, demoCandidate, openSite, type Site } from '../../cli/demo/site.ts';
import { seedBank } from '../../tests/stage.ts';
import type { Skipped } from '../peers/peer.ts';
import { type Faces, readFaces } from './faces.ts';
import { type Hands, plainHands } from './hands.ts';
import { countSeen, installProbe } from './probe.ts';
import { comeForExam, type Deed, guessPin, handIn, proctorDoes, screen, tap, typeNumber } from './ways.ts';

/** What people have to do with their hands, counted by the page as they did it, and how long it takes hands that never think. */
export type TapsBench = {
  /** To the first item. */
  readonly ways: Readonly<Record<string, Way>> | Skipped;
  /** What a proctor does, with a PIN, by touch alone. */
  readonly deeds: Readonly<Record<Deed, Counted>>;
};
export type Counted = { readonly taps: number; readonly keys: number; readonly seconds: number };
export type Way = {
  /** Up to where the exam waits for a proctor; in practice, to the first item. */
  readonly candidate: Counted;
  readonly proctor?: Counted;
};

const folder = resolve(import.meta.dirname, '../../data/bench-taps');

/** @throws Error in words where there is no Chromium */
export async function benchTaps(): Promise<TapsBench> {
  const chromium = await findChromium();
  if (!chromium) throw new Error('no Chromium is on this machine');
  const faces = await readFaces();
  const photo = 'photo' in faces ? faces.photo : null;
  const candidates = ['李文静', '陈建国', '赵小燕', '周志强'].map((name, i) => demoCandidate(name, i + 1, photo));
  mkdirSync(folder, { recursive: true });
  await using site = await openSite({ folder: join(folder, 'site'), ...seedBank(), candidates, quiet: true });
  const [proctored, ...sitters] = candidates as [DemoCandidate, DemoCandidate, DemoCandidate, DemoCandidate];
  return {
    ways: 'skipped' in faces ? faces : await countWays(chromium, site, sitters, faces),
    deeds: await countDeeds(chromium, site, proctored),
  };
}

async function countWays(chromium: string, site: Site, sitters: readonly DemoCandidate[], { story }: Faces) {
  await using kiosk = await openKiosk(chromium, folder, 'ways', story);
  await installProbe(kiosk.page);
  await kiosk.open(site.url());
  const hands = plainHands(kiosk.page);
  const [first, second, third] = sitters as [DemoCandidate, DemoCandidate, DemoCandidate];
  const card = async (): Promise<void> => {
    await site.swipe(first);
    await comeForExam(hands);
  };
  const ways: Record<string, Way> = {
    card: await countWay(hands, site.proctorPin, card),
    'number by touch': await countWay(hands, site.proctorPin, () => typeNumber(hands, second.number, 'keypad')),
    'number by keyboard': await countWay(hands, site.proctorPin, () => typeNumber(hands, third.number, 'keyboard')),
  };
  return { ...ways, visitor: await countVisitor(hands) };
}

async function countWay(hands: Hands, pin: string, saysWho: () => Promise<void>): Promise<Way> {
  await screen(hands, 'idle');
  const candidate = await count(hands, async () => {
    await saysWho();
    await tap(hands, 'consent');
    await screen(hands, 'awaiting-unlock');
  });
  const proctor = await count(hands, () => unlock(hands, pin));
  await handIn(hands);
  return { candidate, proctor };
}

async function countVisitor(hands: Hands): Promise<Way> {
  const candidate = await count(hands, async () => {
    await tap(hands, 'visitor');
    await screen(hands, 'enrolling');
    await tap(hands, 'consent');
    await screen(hands, 'awaiting-unlock');
    await tap(hands, 'begin');
    await screen(hands, 'exam');
  });
  await handIn(hands);
  return { candidate };
}

/** Of somebody whom no camera watches, so that nothing happens but what the proctor does. */
async function countDeeds(chromium: string, site: Site, who: DemoCandidate): Promise<TapsBench['deeds']> {
  await using kiosk = await openKiosk(chromium, folder, 'deeds', undefined);
  await installProbe(kiosk.page);
  await kiosk.open(site.url());
  const [hands, pin] = [plainHands(kiosk.page), site.proctorPin];
  const done = (deed: Deed, after: string) =>
    count(hands, async () => {
      await proctorDoes(hands, deed, pin);
      await screen(hands, after);
    });
  await typeNumber(hands, who.number, 'keyboard');
  await screen(hands, 'refused');
  const override = await done('override', 'awaiting-unlock');
  const unlocked = await done('unlock', 'exam');
  const pause = await done('pause', 'paused');
  const resume = await done('resume', 'exam');
  const extend = await done('extend', 'exam');
  await guessPin(hands);
  const dismissed = await done('dismissed', 'exam');
  const handedIn = await done('hand-in', 'result');
  await tap(hands, 'done');
  return { override, unlock: unlocked, pause, resume, extend, dismissed, 'hand-in': handedIn };
}

async function unlock(hands: Hands, pin: string): Promise<void> {
  await proctorDoes(hands, 'unlock', pin);
  await screen(hands, 'exam');
}

async function count(hands: Hands, work: () => Promise<void>): Promise<Counted> {
  const before = await countSeen(hands.page);
  await work();
  const { taps, keys, now } = await countSeen(hands.page);
  return { taps: taps - before.taps, keys: keys - before.keys, seconds: (now - before.now) / 1000 };
}

export function tapsInWords({ ways, deeds }: TapsBench): string {
  const line = (name: string, { taps, keys, seconds }: Counted): string =>
    `${name.padEnd(34)} ${String(taps).padStart(5)} ${String(keys).padStart(5)} ${seconds.toFixed(1).padStart(8)}`;
  const rows =
    'skipped' in ways
      ? [`to the first item: ${ways.skipped}`]
      : Object.entries(ways as Readonly<Record<string, Way>>).flatMap(([name, { candidate, proctor }]) => [
          line(name, candidate),
          ...(proctor ? [line('  and the proctor', proctor)] : []),
        ]);
  const head = `${'to the first item'.padEnd(34)} ${'taps'.padStart(5)} ${'keys'.padStart(5)} ${'seconds'.padStart(8)}`;
  const proctors = Object.entries(deeds).map(([deed, counted]) => line(deed, counted));
  return `${[head, ...rows, '', 'what a proctor does, with a PIN, by touch', ...proctors].join('\n')}\n`;
}
