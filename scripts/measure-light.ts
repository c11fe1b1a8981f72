import { wilson } from '../cli/face-eval/verification.ts';
import { personOf } from '../native/face/clips.fixture.ts';
import { feedNames } from '../native/face/feeds.fixture.ts';
import { challengeByLight, openLookedFeeds, type Subject } from '../native/face/lit-feeds.fixture.ts';
import { MODELS } from '../tests/kit/face-models.ts';

/**
 * What the challenge of light says of people, and of what is held up in their place: every clip of one person, lit by a screen
 * that is simulated (`native/face/performer/relighting.ts`). `screen` is the light of a white screen on the face over that of the room.
 */
const CHEAP = { gain: 0.2, noise: 4 };
const DARK_SKIN = { reflectance: 0.3, ...CHEAP };
const ALIKE = { head: 1, body: 1, behind: 1 };
/** What a screen gives back of the light that falls on it, beside what it shines itself. */
const SHINES = { head: 0.04, body: 0.04, behind: 0.04 };
const SUBJECTS: Readonly<Record<string, Readonly<Record<string, Subject>>>> = {
  people: {
    'dim room (screen 0.6)': { screen: 0.6 },
    'lit room (0.15)': {},
    'lit room, gain and white balance follow': CHEAP,
    'bright room (0.05)': { screen: 0.05 },
    'bright window behind (0.08)': { screen: 0.08, window: 3, ...CHEAP },
    'sun on the face (0.015)': { screen: 0.015 },
    'dark skin, dim room': { screen: 0.6, ...DARK_SKIN },
    'dark skin, lit room': DARK_SKIN,
    'dark skin, bright room': { screen: 0.05, ...DARK_SKIN },
  },
  attacks: {
    'recording fed in': { lit: 'never', ...CHEAP },
    'recording of another time’s light, dim room': { lit: 'another-time', screen: 0.6 },
    'recording of another time’s light, lit room': { lit: 'another-time' },
    'paper: face and surroundings alike': { reach: ALIKE, ...CHEAP },
    'screen held up, lit room': { reach: SHINES, ...CHEAP },
    'screen held up, dim room': { screen: 0.6, reach: SHINES, ...CHEAP },
  },
};
/** `npm run -s measure:light -- [ROUNDS] [all]`: so many draws for each clip; of each person one, or all there are. */
const [ROUNDS, every] = [Number(process.argv[2] ?? 2), process.argv[3] === 'all'];
const OUTCOMES = ['answered', 'unanswered', 'cannot-tell'] as const;

const people = feedNames.filter((name) => personOf(name) !== undefined);
const names = people.filter((name, at) => every || people.findIndex((one) => personOf(one) === personOf(name)) === at);
const open = await openLookedFeeds(MODELS);
const seen = new Map<string, string[]>();
const whys = new Map<string, Record<string, number>>();
let seed = 0;
for (const name of names) {
  const feed = await open(name);
  for (const [of, subjects] of Object.entries(SUBJECTS))
    for (const [subject, how] of Object.entries(subjects))
      for (let round = 0; round < ROUNDS; round++) {
        const key = `${of}: ${subject}`;
        const { outcome, why } = challengeByLight(feed, how, ++seed * 7_919);
        seen.set(key, [...(seen.get(key) ?? []), outcome]);
        const said = whys.get(key) ?? {};
        if (why) whys.set(key, { ...said, [why]: (said[why] ?? 0) + 1 });
      }
}

const inPercent = (part: number): number => Math.round(part * 1_000) / 10;
const report = Object.fromEntries(
  [...seen].map(([key, outcomes]) => {
    const counts = OUTCOMES.map((one) => {
      const count = outcomes.filter((outcome) => outcome === one).length;
      return [one, { count, percent: wilson(count, outcomes.length).map(inPercent) }];
    });
    return [key, { tries: outcomes.length, ...Object.fromEntries(counts), why: whys.get(key) ?? {} }];
  }),
);
process.stdout.write(`${JSON.stringify({ clips: names.length, rounds: ROUNDS, report }, null, 2)}\n`);
process.exit(0);
