import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { practicalExam, usualBlueprint } from '../../authoring/blueprints/index.ts';
import { handOver } from '../../contract/shell/hand-over.ts';
import type { Said } from '../../contract/shell/settings.ts';
import { asVariables } from '../../contract/shell/variables.ts';
import type { Exam, Liveness } from '../../contract/words/exam.ts';
import { HOSTS, type Host } from '../../contract/words/hosts.ts';
import { CandidateId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { CenterReady, FirstRun, StationReady } from '../../contract/words/programs.ts';
import { type Emulator, inventedNumber, residentCard, startEmulator } from '../../native/card/index.ts';
import { type Operator, openOperator } from '../operator.ts';
import { type Program, startProgram } from '../programs.ts';

const root = resolve(import.meta.dirname, '../..');

/** A whole site on this machine: center, station, emulated card reader; each a program of its own, as they are in the field. */
export type Site = AsyncDisposable & {
  /** Data folder of the station of now. */
  stationData(): string;
  /** How a kiosk that is started now becomes the station of this site: its variables. */
  readonly seat: () => Readonly<Record<string, string>>;
  readonly proctorPin: string;
  /** The center's page of results, with the operator's token. */
  readonly resultsUrl: string;
  readonly centerUrl: () => string;
  readonly operatorToken: string;
  readonly examId: Exam['id'];
  readonly reader: Emulator;
  /** Where the page is served; another one after a restart. */
  readonly url: () => string;
  /** Lays the card of this candidate on the reader and takes it away again. */
  swipe(candidate: DemoCandidate): Promise<void>;
  stopCenter(): Promise<void>;
  startCenter(): Promise<void>;
  killStation(): Promise<void>;
  startStation(): Promise<void>;
  /** A fresh station in the place of this one. */
  replaceStation(): Promise<void>;
  /** Another station beside this one, without a reader. */
  addStation(name: string): Promise<OtherStation>;
};

export type OtherStation = { readonly url: string; readonly data: string };

export type DemoCandidate = {
  readonly name: string;
  readonly number: string;
  /** A JPEG; none for somebody who never enrolled. */
  readonly photo: Uint8Array | null;
};

export type SitePlan = {
  readonly folder: string;
  readonly bank: Bank;
  /** What its items show. */
  readonly pictures: Iterable<Uint8Array>;
  readonly candidates: readonly DemoCandidate[];
  readonly quiet: boolean;
  /** Who runs the station: this site, or a kiosk that is told how ({@link Site.seat}). */
  readonly runs?: 'station' | 'kiosk';
  /** A recorded feed cannot do what it is asked: gestures are left to people unless a test wants them. */
  readonly liveness?: Liveness;
  /** Where its face networks are; the usual place, unless it is to have none. */
  readonly models?: string;
  /** Where its exam may be sat: everywhere, unless a test wants otherwise. */
  readonly hosts?: readonly Host[];
  /** Its exam takes admission slips in place of the card. */
  readonly slips?: boolean;
  /** The center takes photos as they are, and its stations find out what is wrong with them. */
  readonly photosUnseen?: boolean;
};

export async function openSite(plan: SitePlan): Promise<Site> {
  emptyOwnFolder(plan.folder);
  const running = new AsyncDisposableStack();
  try {
    return await openPrograms(plan, running);
  } catch (error) {
    // What did start must not keep whoever called waiting for ever.
    await running.disposeAsync();
    throw error;
  }
}

/** @param running closes what was started, last first */
async function openPrograms(plan: SitePlan, running: AsyncDisposableStack): Promise<Site> {
  const { folder, quiet } = plan;
  const centerData = join(folder, 'center');
  const launchCenter = (port: string) =>
    startProgram(CenterReady, join(root, 'center/main.ts'), ['--port', port, '--data', centerData], {
      quiet,
      ...(plan.photosUnseen ? { env: { EXAM_CENTER_FACES: '0' } } : {}),
    });
  let center = await launchCenter('0');
  running.defer(() => center.stop());
  const firstRun = FirstRun.parse(JSON.parse(readFileSync(center.ready.firstRun, 'utf8')));
  const operator = openOperator(center.ready.url, firstRun.operatorToken);
  const examId = await fill(operator, plan);
  let seat = { data: join(folder, 'station-1'), code: firstRun.enrolmentCode };
  let stations = 1;
  const reader = await startEmulator({ noise: true, split: true });
  running.defer(() => reader.close());
  const settingsOf = ({ data, code }: typeof seat, name: string) => ({
    ...{ data, name, centerUrl: center.ready.url, centerKey: firstRun.centerKey },
    ...{ enrolmentCode: code, recordedFeeds: true },
    ...(plan.models === undefined ? {} : { models: plan.models }),
  });
  const launch = (said: ReturnType<typeof settingsOf>, own: Said<'reader'>) => {
    const { args, ...told } = handOver({ ...said, ...own });
    return startProgram(StationReady, join(root, 'station/run/main.ts'), args, { quiet, ...told });
  };
  const launchStation = async () =>
    plan.runs === 'kiosk' ? undefined : launch(settingsOf(seat, 'demo'), { reader: reader.path });
  let station = await launchStation();
  const own = (): Program<StationReady> => {
    if (!station) throw new Error('this station runs in a kiosk');
    return station;
  };
  const others: Awaited<ReturnType<typeof launch>>[] = [];
  let takeAway: NodeJS.Timeout | undefined;
  running.defer(async () => {
    clearTimeout(takeAway);
    await Promise.all([station, ...others].map((one) => one?.stop()));
  });

  return {
    stationData: () => seat.data,
    proctorPin: firstRun.proctorPin ?? '',
    resultsUrl: `${center.ready.url}/?token=${firstRun.operatorToken}`,
    centerUrl: () => center.ready.url,
    operatorToken: firstRun.operatorToken,
    ...{ examId, reader },
    url: () => own().ready.url,
    seat: () => asVariables({ ...settingsOf(seat, 'demo'), reader: reader.path }),
    async swipe({ name, number }) {
      // Whoever comes sooner than that takes the card before them away.
      clearTimeout(takeAway);
      await reader.remove();
      await reader.present(residentCard({ name, number }));
      takeAway = setTimeout(() => void reader.remove().catch(() => undefined), 1_500);
    },
    stopCenter: () => center.stop(),
    async startCenter() {
      center = await launchCenter(new URL(center.ready.url).port);
    },
    killStation: () => own().kill(),
    async startStation() {
      station = await launchStation();
    },
    async replaceStation() {
      await station?.kill();
      stations += 1;
      seat = { data: join(folder, `station-${stations}`), code: await operator.newCode() };
      station = await launchStation();
    },
    async addStation(name) {
      stations += 1;
      const data = join(folder, `station-${stations}`);
      const other = await launch(settingsOf({ data, code: await operator.newCode() }, name), {});
      others.push(other);
      return { url: other.ready.url, data };
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Bank, exam and roster, the way an operator puts them in. The camera looks again soon, so that nobody waits long. */
async function fill(
  operator: Operator,
  { bank, pictures, candidates, liveness = 'passive', hosts = HOSTS, slips = false }: SitePlan,
): Promise<Exam['id']> {
  const usual = practicalExam(bank, usualBlueprint(bank, 3));
  const recapture = { ...usual.recapture, minSeconds: 1, maxSeconds: 2 };
  const exam: Exam = { ...usual, liveness, hosts, recapture, ...(slips ? { slips: 'allowed' } : {}) };
  for (const picture of pictures) await operator.putPicture(picture);
  await operator.putExam({ exam, bank });
  for (const [i, { name, number, photo }] of candidates.entries()) {
    const id = CandidateId.parse(`cd_sits-${i + 1}`);
    await operator.putCandidate({
      id,
      name,
      number,
      examId: exam.id,
      photos: photo ? [Buffer.from(photo).toString('base64')] : [],
    });
  }
  return exam.id;
}

export const demoCandidate = (name: string, serial: number, photo: Uint8Array | null): DemoCandidate => ({
  name,
  number: inventedNumber('19900101', serial),
  photo,
});

const MARK = '.exam-station-demo';

/**
 * Starts from nothing, but only where a demonstration worked before: a folder somebody needs is not ours to empty.
 * @throws Error naming the folder
 */
function emptyOwnFolder(folder: string): void {
  const taken = existsSync(folder) && readdirSync(folder).length > 0;
  if (taken && !existsSync(join(folder, MARK)))
    throw new Error(`${folder} is not empty and not from a demonstration; name another one`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, MARK), '');
}
