import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { explain } from '../../contract/messages/index.ts';
import type { Reason } from '../../contract/reasons.ts';
import { findReaderPort } from '../../native/card/index.ts';
import { modelStatus, openFaceEngine, readCalibration } from '../../native/face/index.ts';
import { openArchive } from '../../station/archive.ts';
import { RECOVERY_FILE } from '../../station/proctors/index.ts';
import { findChromium } from '../chromium.ts';
import { closing } from '../closing.ts';
import { findElectron } from '../electron.ts';
import { type CommandResult, present } from '../output.ts';

type Check = {
  readonly name: string;
  readonly state: 'READY' | 'WARNING' | 'NOT READY';
  readonly detail: string;
  readonly reason?: Reason;
};

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('say what is ready here, what is not, and what to do')
    .option('--data <dir>', 'data folder of the station', 'data/station')
    .option('--json', 'print one JSON document')
    .action(({ data, json }: { data: string; json?: boolean }) => present(json, () => doctor(resolve(data))));
}

async function doctor(data: string): Promise<CommandResult> {
  const checks = [
    nodeCheck(),
    dataCheck(data),
    ...(await stationCheck(data)),
    ...modelFolderCheck(process.env.EXAM_STATION_MODELS),
    ...modelChecks(),
    calibrationCheck(),
    ...(await faceChecks()),
    await readerCheck(),
    keyStoreCheck(),
    await screenCheck(),
  ];
  const bad = checks.some(({ state }) => state === 'NOT READY');
  const text = checks.map(({ name, state, detail, reason }) => {
    const advice = reason ? ` ${explain(reason, 'zh')} ${explain(reason, 'en')}` : '';
    return `${state.padEnd(10)} ${name}: ${detail}${advice}`;
  });
  return { exit: bad ? 1 : 0, json: { ok: !bad, checks }, text };
}

function nodeCheck(): Check {
  const ready = Number(process.versions.node.split('.')[0]) >= 24;
  return {
    name: 'node',
    state: ready ? 'READY' : 'NOT READY',
    detail: `version ${process.versions.node}, 24 or newer is needed`,
  };
}

/** Only looks: a mistyped folder is not made. */
function dataCheck(data: string): Check {
  const name = 'data folder';
  try {
    if (existsSync(data)) {
      accessSync(data, constants.W_OK);
      return { name, state: 'READY', detail: data };
    }
    accessSync(nearestExisting(data), constants.W_OK);
    return { name, state: 'WARNING', detail: `${data} is not there yet; the first start makes it` };
  } catch (error) {
    return { name, state: 'NOT READY', detail: `${data} cannot be written: ${(error as Error).message}` };
  }
}

/** Who this station is to its center: what `package make --station` takes. */
async function stationCheck(data: string): Promise<Check[]> {
  if (!existsSync(join(data, 'station.db'))) return [];
  const enrolment = await closing(openArchive(data), (archive) => archive.enrolment);
  const detail = enrolment ? `${enrolment.stationId} of ${enrolment.tenantId}` : 'not enrolled yet';
  const code = join(data, RECOVERY_FILE);
  const lies: Check[] = existsSync(code)
    ? [
        {
          name: 'recovery code',
          state: 'WARNING',
          detail: `${code} lies open: print it, lock it away, delete the file`,
        },
      ]
    : [];
  return [{ name: 'station', state: enrolment ? 'READY' : 'WARNING', detail }, ...lies];
}

const nearestExisting = (path: string): string => (existsSync(path) ? path : nearestExisting(dirname(path)));

/** A mistyped folder would otherwise go unseen: the weights are then found elsewhere. */
const modelFolderCheck = (folder: string | undefined): Check[] =>
  folder && !existsSync(folder)
    ? [{ name: 'model folder', state: 'WARNING', detail: `EXAM_STATION_MODELS names ${folder}, which is not there` }]
    : [];

function modelChecks(): Check[] {
  return modelStatus().map(({ role, file, state, path }) => {
    if (state === 'ok') return { name: `model ${role}`, state: 'READY', detail: path ?? file };
    return {
      name: `model ${role}`,
      state: state === 'models-altered' ? 'NOT READY' : 'WARNING',
      detail: path ?? file,
      reason: state,
    };
  });
}

function calibrationCheck(): Check {
  const name = 'face thresholds';
  try {
    const { id, accept, refuseBelow, live } = readCalibration();
    return { name, state: 'READY', detail: `${id}: accept ${accept}, refuse below ${refuseBelow}, live ${live}` };
  } catch (error) {
    return { name, state: 'NOT READY', detail: String(error), reason: 'calibration-unusable' };
  }
}

/** Runs every network: what is here may still not run, and how fast it does decides what a station feels like. */
async function faceChecks(): Promise<Check[]> {
  if (modelStatus().some(({ state }) => state !== 'ok')) return [];
  const name = 'face check';
  try {
    const engine = await openFaceEngine();
    const costs = await engine.rehearse().finally(() => engine.close());
    const ms = Object.values(costs).reduce((sum, one) => sum + one, 0);
    const each = Object.entries(costs).map(([role, cost]) => `${role} ${cost.toFixed(1)}`);
    const detail = `${engine.lanes} thread(s); one run of each network, ms: ${each.join(', ')}`;
    return [{ name, state: ms > SLOW_MS ? 'WARNING' : 'READY', detail }];
  } catch (error) {
    return [{ name, state: 'NOT READY', detail: String(error), reason: 'models-failed' }];
  }
}

/** All networks together; slower, and a verdict takes longer than people are used to. */
const SLOW_MS = 300;

async function readerCheck(): Promise<Check> {
  const path = await findReaderPort(process.env.EXAM_STATION_READER);
  return path
    ? { name: 'card reader', state: 'READY', detail: path }
    : { name: 'card reader', state: 'WARNING', detail: 'none found', reason: 'reader-missing' };
}

function keyStoreCheck(): Check {
  const kiosk = findElectron() !== undefined;
  const detail = kiosk
    ? 'the kiosk asks the key store of the operating system, and its log says where there is none'
    : 'no kiosk here: the key lies in a file only this user may read, which does not protect a stolen disk';
  return { name: 'key store', state: kiosk ? 'READY' : 'WARNING', detail };
}

async function screenCheck(): Promise<Check> {
  const page = existsSync(resolve(import.meta.dirname, '../../dist/renderer/index.html'));
  if (!page) return { name: 'screen', state: 'NOT READY', detail: 'the page is not built: npm run build' };
  const electron = findElectron();
  if (electron) return { name: 'screen', state: 'READY', detail: electron };
  const chromium = await findChromium();
  if (chromium)
    return { name: 'screen', state: 'WARNING', detail: `no Electron binary; the browser host serves ${chromium}` };
  return {
    name: 'screen',
    state: 'WARNING',
    detail: 'no Electron binary and no Chromium; open the printed address in any Chromium',
  };
}
