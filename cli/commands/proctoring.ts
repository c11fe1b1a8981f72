import { setTimeout } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandReply } from '../../contract/people-center/operator-api.ts';
import { ExamId, type Instant, StationId } from '../../contract/words/ids.ts';
import { RemoteAction } from '../../contract/words/proctoring.ts';
import { sayMoment } from '../../contract/words/typed-moment.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { type Operator, openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';
import { readPins } from '../secret.ts';
import { type Answered, toldReport } from '../told-report.ts';
import { time, wholeNumber } from '../values.ts';

type TellOptions = CenterOptions & {
  readonly do: RemoteAction['kind'];
  readonly exam: string;
  readonly pin?: string;
  readonly proctor?: string;
  readonly second?: string;
  readonly two?: boolean;
  readonly everybody?: boolean;
  readonly station?: string;
  readonly candidate?: string;
  readonly minutes?: number;
  readonly note?: string;
  readonly seconds: number;
};
type SessionOptions = CenterOptions & {
  readonly exam: string;
  readonly pin?: string;
  readonly proctor?: string;
  readonly from: Instant;
  readonly until: Instant;
};

const ACTIONS = RemoteAction.options.map(({ shape }) => shape.kind.value);
const ASK_EACH_MS = 1_000;
/** Stations look for commands every five seconds. */
const WAIT_MS = 15_000;

/** What a proctor does who is not at the station. */
export function addProctoring(program: Command): void {
  const ofExam = (name: string, description: string): Command =>
    atCenter(program, name, description)
      .requiredOption('--exam <id>', 'the exam')
      .option('--proctor <who>', 'whose PIN it is: name, number or id; not needed where the PIN begins with a number')
      .option('--pin <pin>', "a proctor's; without it it is asked for, or read from what is piped in");
  ofExam('tell', 'tell the stations of an exam to unlock, pause, give time or end, wherever it is sat; each answers')
    .requiredOption('--do <what>', ACTIONS.join(', '), remoteAction)
    .option('--station <id>', 'this one alone')
    .option('--candidate <number>', 'only where this candidate sits')
    .option('--minutes <number>', 'with extend', wholeNumber)
    .option('--note <text>', 'why: must be said for extend, hand-in and terminate')
    .option('--two', "ask for another proctor's PIN too, where the exam asks for two")
    .option('--second <who>', 'whose that PIN is: name, number or id')
    .option('--everybody', 'with hand-in and terminate, which else need a station or a candidate')
    .option('--seconds <number>', 'how long it may be obeyed', wholeNumber, 120)
    .action((options: TellOptions) => present(options.json, () => tell(options)));
  ofExam('session', 'open a time in which candidates unlock an exam with a code (shown this once)')
    .requiredOption('--from <time>', 'such as 2026-12-01T08:00+08:00', time)
    .requiredOption('--until <time>', 'such as 2026-12-01T18:00+08:00', time)
    .action((options: SessionOptions) => present(options.json, () => session(options)));
}

function remoteAction(text: string): string {
  if (!ACTIONS.some((one) => one === text)) throw new InvalidArgumentError(`one of ${ACTIONS.join(', ')}`);
  return text;
}

async function tell(options: TellOptions): Promise<CommandResult> {
  const { center, token, exam, two, everybody, station, candidate, seconds } = options;
  const action = actionOf(options.do, options);
  const operator = openOperator(center, token);
  const ask = [...(options.pin === undefined ? ['PIN'] : []), ...(two ? ['PIN of another proctor'] : [])];
  const [pin = '', secondPin] = [...(options.pin === undefined ? [] : [options.pin]), ...(await readPins(ask))];
  const { commands } = await operator.giveCommand({
    examId: ExamId.parse(exam),
    pin,
    ...(options.proctor === undefined ? {} : { proctor: options.proctor }),
    ...(options.second === undefined ? {} : { secondProctor: options.second }),
    ...(secondPin === undefined ? {} : { secondPin }),
    ...(everybody ? { everybody } : {}),
    ...(station ? { stationId: StationId.parse(station) } : {}),
    ...(candidate ? { number: candidate.trim().toUpperCase() } : {}),
    action,
    seconds,
  });
  return toldReport(await answersTo(operator, commands), seconds);
}

function actionOf(kind: RemoteAction['kind'], { minutes, note }: Pick<TellOptions, 'minutes' | 'note'>): RemoteAction {
  if (minutes !== undefined && kind !== 'extend') throw new Error(`--minutes is for extend, not for ${kind}`);
  const { data, error } = RemoteAction.safeParse({ kind, minutes, note });
  if (data) return data;
  const wrong = error.issues.map(({ path, message }) => `--${String(path[0])} (${message})`);
  throw new Error(`${kind} needs ${wrong.join(' and ')}`);
}

/** What the stations say, as far as they have said it after a while. */
async function answersTo(operator: Operator, commands: CommandReply['commands']): Promise<readonly Answered[]> {
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const answers = await Promise.all(
      commands.map(async (command) => ({ ...command, outcome: await operator.outcomeOf(command.id) })),
    );
    if (answers.every(({ outcome }) => outcome !== null) || performance.now() > until) return answers;
    await setTimeout(ASK_EACH_MS);
  }
}

async function session({ center, token, exam, proctor, pin, from, until }: SessionOptions): Promise<CommandResult> {
  const [own = ''] = pin === undefined ? await readPins(['PIN']) : [pin];
  const wish = {
    examId: ExamId.parse(exam),
    pin: own,
    opensAt: from,
    closesAt: until,
    ...(proctor ? { proctor } : {}),
  };
  const { id, code } = await openOperator(center, token).addSession(wish);
  const text = [
    `code ${code} unlocks ${exam} from ${sayMoment(from)} until ${sayMoment(until)}; stations know it within a minute`,
  ];
  return { exit: 0, json: { ok: true, id, code, from, until }, text };
}
