import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findChromium } from '../cli/chromium.ts';
import { openKiosk } from '../cli/demo/kiosk.ts';
import { noLab, openKioskLab } from '../cli/lab/kiosk-lab.ts';
import { LINE_FRAME_BYTES, type PageLine, tapPageLine } from '../cli/lab/page-line.ts';
import { startProgram } from '../cli/programs.ts';
import { StationReady } from '../contract/words/programs.ts';
import { type CpuMs, type Part, withProcesses } from './host-processes.ts';
import { type Timing, timingOf } from './measure.ts';
import { type BarePipe, copyOnce, openBarePipe } from './peers/pipe.ts';

/** What a camera's frame and a small call cost from the page to the station, over the real thing. */
export type HostsBench = {
  readonly frameBytes: number;
  readonly frames: number;
  readonly hosts: Readonly<Record<HostName, HostCost | { readonly skipped: string }>>;
  /** The same bytes over a bare pipe between two Nodes, and copied once in memory. */
  readonly barePipe: Timing;
  readonly copy: Timing;
  /** Kiosk by browser host, and each by the bare pipe, where both were measured. */
  readonly ratios: { readonly kioskToBrowser?: number } & { readonly [name in `${HostName}ToPipe`]?: number };
};
export type HostName = 'kiosk' | 'browser';
export type HostCost = {
  readonly call: Timing;
  /** A frame and the call behind it, less what a call takes. */
  readonly frame: Timing;
  readonly cpuMsPerFrame: CpuMs;
};

type OpenHost = AsyncDisposable & { readonly line: PageLine; readonly cpu: () => CpuMs };
type Samples = { readonly calls: number[]; readonly both: number[]; readonly cpuMs: Record<Part, number> };

const root = resolve(import.meta.dirname, '..');
/** Nobody answers there. */
const NO_CENTER = 'http://127.0.0.1:9';
/** Until networks are loaded and readiness was measured: what a station does once is no cost of a frame. */
const SETTLE_MS = 8_000;
/** Turns in a row, long enough for the processor's ticks. */
const STRETCH = 25;

/** @param rounds stretches of frames, and as many of calls alone */
export async function benchHosts(rounds: number): Promise<HostsBench> {
  await using running = new AsyncDisposableStack();
  const opened: [HostName, OpenHost][] = [];
  const skipped: Partial<Record<HostName, { readonly skipped: string }>> = {};
  for (const [name, { whyNot, open }] of Object.entries(HOSTS) as [HostName, HostPlan][]) {
    const why = await whyNot();
    if (why === undefined) opened.push([name, running.use(await open())]);
    else skipped[name] = { skipped: why };
  }
  const pipe = running.use(await openBarePipe(LINE_FRAME_BYTES));
  await pause(SETTLE_MS);
  const bare = { pipe: [] as number[], copy: [] as number[] };
  const samples = opened.map(([name, host]) => ({ name, host, taken: nothingYet() }));
  for (let round = -1; round < rounds; round++) {
    for (const { host, taken } of samples) await stretch(host, round < 0 ? nothingYet() : taken, round % 2 === 0);
    await crossBare(pipe, round < 0 ? { pipe: [], copy: [] } : bare);
  }
  const hosts = Object.fromEntries(samples.map(({ name, taken }) => [name, costOf(taken)]));
  const [barePipe, copy] = [timingOf(bare.pipe), timingOf(bare.copy)];
  return {
    ...{ frameBytes: LINE_FRAME_BYTES, frames: rounds * STRETCH, barePipe, copy },
    hosts: { ...skipped, ...hosts } as HostsBench['hosts'],
    ratios: ratiosOf(hosts, barePipe),
  };
}

type HostPlan = { readonly whyNot: () => Promise<string | undefined>; readonly open: () => Promise<OpenHost> };

const HOSTS: Readonly<Record<HostName, HostPlan>> = {
  kiosk: { whyNot: async () => noLab(), open: openKioskHost },
  browser: {
    whyNot: async () => ((await findChromium()) ? undefined : 'skipped: no Chromium is on this machine'),
    open: openBrowserHost,
  },
};

/** A real kiosk in an unlocked window, with its shell between page and station. */
async function openKioskHost(): Promise<OpenHost> {
  const lab = await openKioskLab();
  const [kiosk, cpu] = await withProcesses(async () => {
    const started = await lab.launch({ unlocked: true, env: { EXAM_CENTER_URL: NO_CENTER } });
    const page = await started.app.firstWindow();
    await page.locator('[data-screen]').first().waitFor();
    return { started, line: await tapPageLine(page) };
  });
  const close = async (): Promise<void> => {
    await kiosk.started[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  };
  return { line: kiosk.line, cpu, [Symbol.asyncDispose]: close };
}

/** A station of its own, and a real Chromium before it. */
async function openBrowserHost(): Promise<OpenHost> {
  const data = mkdtempSync(join(tmpdir(), 'bench-hosts-'));
  const chromium = (await findChromium()) ?? '';
  const [{ station, browser, line }, cpu] = await withProcesses(async () => {
    const args = [`--data=${data}`, `--center=${NO_CENTER}`];
    const station = await startProgram(StationReady, join(root, 'station/run/main.ts'), args, {
      ...{ quiet: true, secrets: { enrolmentCode: 'NONE00' } },
    });
    const browser = await openKiosk(chromium, data, 'bench', undefined);
    await browser.open(station.ready.url);
    return { station, browser, line: await tapPageLine(browser.page) };
  });
  const close = async (): Promise<void> => {
    await browser[Symbol.asyncDispose]();
    await station.stop();
    rmSync(data, { recursive: true, force: true });
  };
  return { line, cpu, [Symbol.asyncDispose]: close };
}

const nothingYet = (): Samples => ({ calls: [], both: [], cpuMs: { page: 0, shell: 0, station: 0, helpers: 0 } });

/** Calls alone and calls behind frames, the one first or the other. */
async function stretch({ line, cpu }: OpenHost, { calls, both, cpuMs }: Samples, framesFirst: boolean): Promise<void> {
  for (const withFrames of framesFirst ? [true, false] : [false, true]) {
    const before = cpu();
    (withFrames ? both : calls).push(...(await line.turns(STRETCH, withFrames)));
    const after = cpu();
    const sign = withFrames ? 1 : -1;
    for (const part of Object.keys(cpuMs) as Part[]) cpuMs[part] += sign * (after[part] - before[part]);
  }
}

async function crossBare(
  pipe: BarePipe,
  { pipe: crossed, copy }: { readonly pipe: number[]; readonly copy: number[] },
) {
  const [from, to] = [new Uint8Array(LINE_FRAME_BYTES).fill(1), new Uint8Array(LINE_FRAME_BYTES).fill(2)];
  for (let n = 0; n < STRETCH; n++) {
    crossed.push(await pipe.cross());
    copy.push(copyOnce(from, to));
  }
}

function costOf({ calls, both, cpuMs }: Samples): HostCost {
  const call = timingOf(calls);
  const perFrame = (part: Part): number => cpuMs[part] / both.length;
  return {
    call,
    frame: timingOf(both.map((ms) => ms - call.medianMs)),
    cpuMsPerFrame: {
      ...{ page: perFrame('page'), shell: perFrame('shell') },
      ...{ station: perFrame('station'), helpers: perFrame('helpers') },
    },
  };
}

function ratiosOf({ kiosk, browser }: { kiosk?: HostCost; browser?: HostCost }, pipe: Timing): HostsBench['ratios'] {
  const by = (host: HostCost | undefined, bound: Timing | undefined) =>
    host && bound ? host.frame.medianMs / bound.medianMs : undefined;
  const all = {
    kioskToBrowser: by(kiosk, browser?.frame),
    kioskToPipe: by(kiosk, pipe),
    browserToPipe: by(browser, pipe),
  };
  return Object.fromEntries(Object.entries(all).filter(([, ratio]) => ratio !== undefined));
}
