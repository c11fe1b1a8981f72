import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { practicalExam } from '../../authoring/blueprints/index.ts';
import { openOperator } from '../../cli/operator.ts';
import { type Program, startProgram } from '../../cli/programs.ts';
import { handOver } from '../../contract/shell/hand-over.ts';
import { HOSTS } from '../../contract/words/hosts.ts';
import { CandidateId } from '../../contract/words/ids.ts';
import { CenterReady, FirstRun, StationReady } from '../../contract/words/programs.ts';
import { inventedNumber } from '../../native/card/index.ts';
import { root, seedBank } from '../stage.ts';

/** A center and one station after the other on one data folder, each a program of its own. */
export type TortureSite = AsyncDisposable & {
  readonly data: string;
  readonly pin: string;
  /** Numbers of people who may sit, again and again. */
  readonly numbers: readonly string[];
  startStation(): Promise<Program<StationReady>>;
};

/** With the attempts of each more sittings than any run has time for. */
const PEOPLE = 64;

/** @param eyes whether the station has its face networks; without them a proctor lets everybody in */
export async function openTortureSite(folder: string, eyes = false): Promise<TortureSite> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const quiet = true;
  const centerArgs = ['--port', '0', '--data', join(folder, 'center')];
  const center = await startProgram(CenterReady, join(root, 'center/main.ts'), centerArgs, { quiet });
  const firstRun = FirstRun.parse(JSON.parse(readFileSync(center.ready.firstRun, 'utf8')));
  const operator = openOperator(center.ready.url, firstRun.operatorToken);
  const { bank, pictures } = seedBank();
  for (const picture of pictures) await operator.putPicture(picture);
  const exam = { ...practicalExam(bank), attempts: 99, hosts: HOSTS };
  await operator.putExam({ exam, bank });
  const numbers = Array.from({ length: PEOPLE }, (_, n) => inventedNumber('19900101', n + 1));
  for (const [n, number] of numbers.entries())
    await operator.putCandidate({
      ...{ id: CandidateId.parse(`cd_torture-${n}`), name: `考生${n}`, number, examId: exam.id, photos: [] },
    });
  const data = join(folder, 'station');
  const { args, ...told } = handOver({
    ...{ data, centerUrl: center.ready.url, centerKey: firstRun.centerKey, enrolmentCode: firstRun.enrolmentCode },
    ...(eyes ? { recordedFeeds: true } : { models: join(folder, 'no-models') }),
  });
  return {
    ...{ data, numbers, pin: firstRun.proctorPin ?? '' },
    startStation: () => startProgram(StationReady, join(root, 'station/run/main.ts'), args, { quiet, ...told }),
    [Symbol.asyncDispose]: () => center.stop(),
  };
}
