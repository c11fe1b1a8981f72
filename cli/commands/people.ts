import { type Command, InvalidArgumentError } from 'commander';
import { SeatWish } from '../../contract/people-center/operator-api.ts';
import { ProctorRole } from '../../contract/station-center/center-api.ts';
import { makePin } from '../../proof/secrets/codes.ts';
import { openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';
import { proctorIdOf, wholeNumber } from '../values.ts';

type Center = { readonly center: string; readonly token: string; readonly json?: boolean };
type ProctorOptions = Center & {
  readonly name: string;
  readonly role: ProctorRole;
  readonly pin?: string;
  readonly badge?: string;
};
type SeatOptions = Center & {
  readonly exam: string;
  readonly rows: number;
  readonly columns: number;
  readonly again?: true;
};

/** Who watches, and where candidates sit: what an administrator puts into the center. */
export function addPeople(program: Command): void {
  const atCenter = (command: Command): Command =>
    command
      .requiredOption('--center <url>', 'address of the center')
      .requiredOption('--token <token>', "the operator's token")
      .option('--json', 'print one JSON document');
  atCenter(
    program
      .command('proctor')
      .description('put a proctor in, or change the one with this name: another PIN, a role, a badge'),
  )
    .requiredOption('--name <text>', 'as in the ledger')
    .option('--role <role>', 'proctor, chief or administrator; who is changed keeps theirs', role)
    .option('--pin <digits>', '4 to 12; without it one is made')
    .option('--badge <number>', 'number on a card that stands in for the PIN; `none` takes it away')
    .action((options: ProctorOptions) => present(options.json, () => proctor(options)));
  atCenter(program.command('seats').description('draw a seat at random for every candidate of an exam who has none'))
    .requiredOption('--exam <id>', 'the exam')
    .requiredOption('--rows <number>', 'of the room', wholeNumber)
    .requiredOption('--columns <number>', 'of the room', wholeNumber)
    .option('--again', 'for all: seats that were drawn before count no more')
    .action((options: SeatOptions) => present(options.json, () => seats(options)));
}

function role(text: string): ProctorRole {
  const { data } = ProctorRole.safeParse(text);
  if (!data) throw new InvalidArgumentError(`one of ${ProctorRole.options.join(', ')}`);
  return data;
}

async function proctor(options: ProctorOptions): Promise<CommandResult> {
  const { center, token, name, role: of, badge: card } = options;
  const operator = openOperator(center, token);
  const known = (await operator.overview()).proctors.find((one) => one.name === name.trim());
  // Whose role or badge is changed keeps the PIN; otherwise a new one is what is wanted.
  const keeps = known !== undefined && options.pin === undefined && (of !== undefined || card !== undefined);
  const pin = keeps ? undefined : (options.pin ?? makePin());
  const badge = card === undefined ? {} : { badge: card === 'none' ? null : card };
  const id = known?.id ?? proctorIdOf(name);
  const given = { ...(pin ? { pin } : {}), ...(of ? { role: of } : {}), ...badge };
  await operator.putProctor({ id, name: name.trim(), ...given });
  const said = [
    ...(pin ? [`PIN ${pin} (shown this once)`] : ['PIN as before']),
    ...(card === undefined ? [] : [card === 'none' ? 'no badge' : 'badge known']),
  ];
  return {
    exit: 0,
    json: { ok: true, id, role: of ?? null, pin: pin ?? null, ...badge },
    text: [`${name}${of ? `, ${of}` : ''}: ${said.join(', ')}`],
  };
}

async function seats({ center, token, exam, rows, columns, again }: SeatOptions): Promise<CommandResult> {
  const wish = SeatWish.parse({ examId: exam, rows, columns, ...(again ? { again } : {}) });
  const { drawn, seats: all } = await openOperator(center, token).drawSeats(wish);
  const text = all.map(({ name, seat }) => `${seat}\t${name}`);
  if (all.length === 0) text.push(`nobody sits ${exam}: put candidates in first`);
  else if (drawn < all.length) text.push(`${drawn} drawn now, the others before; --again draws all anew`);
  return { exit: all.length > 0 ? 0 : 1, json: { ok: all.length > 0, drawn, seats: all }, text };
}
