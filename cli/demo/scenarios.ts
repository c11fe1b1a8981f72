import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openArchive } from '../../station/offline/index.ts';
import { closing } from '../closing.ts';
import { type Cast, tellStory } from './clips.ts';
import type { Keys } from './keys.ts';
import type { Kiosk } from './kiosk.ts';
import { factsOf, type ScenarioReport } from './report.ts';
import type { DemoCandidate, Site } from './site.ts';
import type { Host, Terminal } from './terminal.ts';

export type Stage = {
  readonly site: Site;
  readonly cast: Cast;
  readonly keys: Keys;
  readonly host: Host;
  readonly folder: string;
};

/** Marks the end of a step. */
type Step = (name: string) => void;
type Facts = ReturnType<typeof factsOf>;

export type Scenario = {
  readonly name: string;
  /** What the camera sees. */
  readonly story: (cast: Cast) => Uint8Array;
  readonly play: (
    stage: Stage,
    terminal: Terminal,
    who: DemoCandidate,
    step: Step,
  ) => Promise<Record<string, unknown> | undefined>;
  /** Whether it came out as it must. */
  readonly holds: (facts: Facts, notes: Record<string, unknown>) => boolean;
};

/** Long enough to check in, unlock and begin; then the feed changes. */
const BEFORE_CHANGE_S = 8;
const AFTER_CHANGE_S = 16;
/** As long as the feed shows what it changed to; then the sitting is ended without, and does not hold. */
const INCIDENT_WITHIN_MS = AFTER_CHANGE_S * 1_000;

const raised = (facts: Facts, reason: string): boolean =>
  facts.incidents.some((incident) => incident.reason === reason);
const proven = (facts: Facts): boolean => facts.outcome === 'recorded' && facts.receipt === 'verified';

const genuineFeed: Scenario['story'] = ({ candidate }) =>
  tellStory([{ clip: candidate, seconds: candidate.jpegs.length / 15 }]);

const change =
  (pick: (cast: Cast) => Cast['empty']): Scenario['story'] =>
  (cast) =>
    tellStory([
      { clip: cast.candidate, seconds: BEFORE_CHANGE_S },
      { clip: pick(cast), seconds: AFTER_CHANGE_S },
    ]);

async function checkIn({ site }: Stage, { kiosk }: Terminal, who: DemoCandidate, step: Step): Promise<void> {
  await kiosk.screen('idle');
  step('page');
  await site.swipe(who);
  await kiosk.screen('consenting');
  step('card');
  await kiosk.tap('consent');
}

async function begin(stage: Stage, terminal: Terminal, who: DemoCandidate, step: Step): Promise<void> {
  const { kiosk } = terminal;
  await checkIn(stage, terminal, who, step);
  await kiosk.screen('awaiting-unlock');
  step('verified');
  await kiosk.proctor('unlock', stage.site.proctorPin);
  await kiosk.screen('exam');
  step('unlocked');
}

async function finish(kiosk: Kiosk, step: Step): Promise<void> {
  await kiosk.handIn();
  await kiosk.screen('result');
  step('handed-in');
  await receipt(kiosk, step);
}

async function receipt(kiosk: Kiosk, step: Step): Promise<void> {
  await kiosk.page.locator('[data-receipt="verified"]').waitFor();
  step('receipt');
  await kiosk.tap('done');
  await kiosk.screen('idle');
}

/** Something else may be told first: a hand that looks like a phone is no stranger in the seat. */
const told = (site: Site, { page }: Kiosk, reason: string): Promise<void> =>
  closing(openArchive(site.stationData()), async (archive) => {
    const until = performance.now() + INCIDENT_WITHIN_MS;
    const isTold = () =>
      archive
        .sittings()
        .slice(-1)
        .some((sitting) => raised(factsOf(archive, sitting), reason));
    while (!isTold() && performance.now() < until) await page.waitForTimeout(250);
  });

/** Waits for the incident, lets the proctor decide where the clock stands, and ends the sitting. */
async function incident({ site }: Stage, kiosk: Kiosk, reason: string, step: Step): Promise<void> {
  await kiosk.page.locator('[data-action="incidents"]:not([data-incidents="0"])').waitFor();
  await told(site, kiosk, reason);
  step('incident');
  const paused = await kiosk.page.locator('[data-screen="paused"]').isVisible();
  await kiosk.proctor('terminate', site.proctorPin);
  await kiosk.screen('result');
  step(paused ? 'terminated-while-paused' : 'terminated');
  await receipt(kiosk, step);
}

const changing = (name: string, reason: string, pick: (cast: Cast) => Cast['empty']): Scenario => ({
  name,
  story: change(pick),
  async play(stage, terminal, who, step) {
    await begin(stage, terminal, who, step);
    await terminal.kiosk.answer(stage.keys, 0, 2);
    await incident(stage, terminal.kiosk, reason, step);
    return undefined;
  },
  holds: (facts) => raised(facts, reason) && proven(facts),
});

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'genuine',
    story: genuineFeed,
    async play(stage, terminal, who, step) {
      const { kiosk } = terminal;
      await begin(stage, terminal, who, step);
      const answered = await kiosk.answer(stage.keys, 0, Number.POSITIVE_INFINITY);
      step('answered');
      // Long enough for the camera to look again at least once.
      await kiosk.page.waitForTimeout(2_500);
      await finish(kiosk, step);
      return { answered };
    },
    holds: (facts) => proven(facts) && facts.mark?.passed === true && facts.incidents.length === 0,
  },
  {
    name: 'impostor',
    story: ({ stranger }) => tellStory([{ clip: stranger, seconds: stranger.jpegs.length / 15 }]),
    async play(stage, terminal, who, step) {
      const { kiosk } = terminal;
      await checkIn(stage, terminal, who, step);
      await kiosk.screen('refused');
      step('refused');
      await kiosk.proctor('send-away', stage.site.proctorPin);
      await kiosk.screen('idle');
      return undefined;
    },
    holds: (facts) => facts.outcome === 'refused' && facts.reason === 'mismatch',
  },
  changing('empty-seat', 'no-face', ({ empty }) => empty),
  changing('second-person', 'several-faces', ({ twoPeople }) => twoPeople),
  changing('swap', 'mismatch', ({ stranger }) => stranger),
  {
    name: 'offline',
    story: genuineFeed,
    async play(stage, terminal, who, step) {
      const { kiosk } = terminal;
      await begin(stage, terminal, who, step);
      await stage.site.stopCenter();
      step('center-down');
      await kiosk.answer(stage.keys, 0, Number.POSITIVE_INFINITY);
      await kiosk.handIn();
      await kiosk.screen('result');
      step('handed-in');
      const before = await kiosk.page.locator('[data-receipt]').getAttribute('data-receipt');
      await stage.site.startCenter();
      step('center-up');
      await receipt(kiosk, step);
      return { receiptWhileDown: before };
    },
    holds: (facts, notes) => proven(facts) && notes.receiptWhileDown === 'waiting',
  },
  {
    name: 'crash',
    story: genuineFeed,
    async play(stage, terminal, who, step) {
      await begin(stage, terminal, who, step);
      await terminal.kiosk.answer(stage.keys, 0, 5);
      const before = await terminal.kiosk.chosen();
      let lost = 0;
      for (const crash of terminal.crashes) {
        await crash.happen();
        step(crash.name);
        await terminal.kiosk.screen('exam');
        step(`resumed-after-${crash.name}`);
        const after = await terminal.kiosk.chosen();
        lost += [...before].filter(
          ([item, options]) => JSON.stringify(after.get(item)) !== JSON.stringify(options),
        ).length;
      }
      await terminal.kiosk.answer(stage.keys, 5, Number.POSITIVE_INFINITY);
      await finish(terminal.kiosk, step);
      return { acknowledged: [...before.values()].filter((options) => options.length > 0).length, lost };
    },
    holds: (facts, notes) =>
      proven(facts) && notes.lost === 0 && raised(facts, 'station-restarted') && facts.mark?.passed === true,
  },
];

/** Plays one scenario and reads from the ledger what it came to. A scenario that breaks is a report too. */
export async function playScenario(scenario: Scenario, stage: Stage, who: DemoCandidate): Promise<ScenarioReport> {
  const { name } = scenario;
  const known = await sittingsOf(stage);
  const start = performance.now();
  const steps: Record<string, number> = {};
  const step: Step = (reached) => {
    steps[reached] = Math.round(performance.now() - start);
  };
  const terminal = await stage.host.openTerminal(stage.site, stage.folder, name, scenario.story(stage.cast));
  const notes = await closing(terminal, () => play(scenario, stage, terminal, who, step));
  step('end');
  return closing(openArchive(stage.site.stationData()), (archive) => {
    const sitting = archive.sittings()[known];
    if (!sitting) throw new Error(`${name}: no sitting was opened: ${JSON.stringify(notes)}`);
    const facts = factsOf(archive, sitting);
    const ok = !('broke' in notes) && scenario.holds(facts, notes);
    return { name, ok, ...facts, steps, ...(Object.keys(notes).length > 0 ? { notes } : {}) };
  });
}

type Play = (scenario: Scenario, ...scene: Parameters<Scenario['play']>) => Promise<Record<string, unknown>>;

const play: Play = async (scenario, stage, terminal, who, step) => {
  try {
    return (await scenario.play(stage, terminal, who, step)) ?? {};
  } catch (error) {
    const picture = `${stage.folder}/${scenario.name}-broke.png`;
    await terminal.kiosk.page.screenshot({ path: picture }).catch(() => undefined);
    return { broke: said(error), shown: await shownOn(terminal.kiosk), picture };
  }
};

/** What was waited for stands below what happened. */
const said = (error: unknown): string =>
  String(error)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 4)
    .join(' ');

/** Screens and reasons on the page when it broke. */
const shownOn = ({ page }: Kiosk): Promise<string> =>
  page
    .locator('[data-screen], [data-reason], [role="dialog"], [role="alert"]')
    .evaluateAll((all) =>
      all.map((one) => `${one.getAttribute('data-screen') ?? one.textContent}`.slice(0, 200)).join(' | '),
    )
    .catch(() => 'nothing');

/** None before a kiosk's station has started for the first time. */
const sittingsOf = async ({ site }: Stage): Promise<number> =>
  existsSync(join(site.stationData(), 'station.db'))
    ? closing(openArchive(site.stationData()), (archive) => archive.sittings().length)
    : 0;
