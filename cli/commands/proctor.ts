import { type Command, InvalidArgumentError } from 'commander';
import type { Invitation } from '../../contract/people-center/operator-api.ts';
import { ProctorRole } from '../../contract/station-center/center-api.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { openOperator, setPinAt } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';
import { readPins } from '../secret.ts';
import { proctorIdOf } from '../values.ts';

type PutOptions = CenterOptions & {
  readonly name: string;
  readonly role?: ProctorRole;
  readonly pin?: string;
  readonly badge?: string;
};
type SetPinOptions = { readonly center: string; readonly name: string; readonly badge?: true; readonly json?: boolean };

/** Who watches. An operator puts them in; what they are known by is theirs. */
export function addProctor(program: Command): void {
  const group = program.command('proctor').description('who watches over exams, and how they are known');
  const named = (command: Command): Command => command.requiredOption('--name <text>', 'as in the ledger');
  named(
    atCenter(
      group,
      'put',
      'put a proctor in, which prints a code with which they set their PIN, or change who has this name; `put` need not be typed',
      { isDefault: true },
    ),
  )
    .option('--role <role>', 'proctor, chief or administrator; who is changed keeps theirs', role)
    .option('--pin <digits>', 'of before: proctors set their own PIN now')
    .option('--badge <none>', '`none` takes their badge away; they register one themselves')
    .action((options: PutOptions) => present(options.json, () => put(options)));
  named(
    atCenter(
      group,
      'reset',
      'take a PIN and a badge away at once, and print a code for another; it stays known that this was done',
    ),
  ).action((options: CenterOptions & { readonly name: string }) => present(options.json, () => reset(options)));
  // A proctor has no token.
  group
    .command('set-pin')
    .description('set your own PIN as a proctor: the code and the PIN are asked for, or read from what is piped in')
    .requiredOption('--center <url>', 'address of the center')
    .option('--json', 'print one JSON document')
    .requiredOption('--name <text>', 'your name or your number')
    .option('--badge', 'ask for the number of a badge too')
    .action((options: SetPinOptions) => present(options.json, () => setPin(options)));
}

function role(text: string): ProctorRole {
  const { data } = ProctorRole.safeParse(text);
  if (!data) throw new InvalidArgumentError(`one of ${ProctorRole.options.join(', ')}`);
  return data;
}

async function put({ center, token, name, role: of, pin, badge: card }: PutOptions): Promise<CommandResult> {
  if (pin !== undefined) throw new Refusal('pin-by-proctor', 'leave --pin out; the proctor types `proctor set-pin`');
  if (card !== undefined && card !== 'none')
    throw new Refusal('badge-by-proctor', 'only --badge none is for operators');
  const operator = openOperator(center, token);
  const known = (await operator.overview()).proctors.find((one) => one.name === name.trim());
  const id = known?.id ?? proctorIdOf(name);
  const badge = card === undefined ? {} : { badge: null };
  const { invitation } = await operator.putProctor({ id, name: name.trim(), ...(of ? { role: of } : {}), ...badge });
  const said = [of ?? [], card ? 'no badge' : [], invitation ? [] : 'PIN as before'].flat();
  return {
    exit: 0,
    json: { ok: true, id, role: of ?? null, ...badge, invitation: invitation ?? null },
    text: [`${name}: ${said.join(', ') || 'put in'}`, ...(invitation ? invited(invitation, center) : [])],
  };
}

async function reset({ center, token, name }: CenterOptions & { readonly name: string }): Promise<CommandResult> {
  const operator = openOperator(center, token);
  const known = (await operator.overview()).proctors.find((one) => one.name === name.trim());
  if (!known) throw new Refusal('proctor-unknown', name);
  const invitation = await operator.inviteProctor(known.id);
  return {
    exit: 0,
    json: { ok: true, invitation },
    text: [`${name}: the old PIN is dead`, ...invited(invitation, center)],
  };
}

const invited = ({ number, code, expiresAt }: Invitation, center: string): readonly string[] => [
  `number ${number}, code ${code} (shown this once, works once, until ${expiresAt})`,
  `for the proctor alone: ${new URL('/pin', center).href}, or exam-station proctor set-pin`,
];

async function setPin({ center, name, badge: asked }: SetPinOptions): Promise<CommandResult> {
  const ask = ['code', 'digits of your choice, 4 to 8', 'the same again', ...(asked ? ['number of the badge'] : [])];
  const [code = '', pin = '', again, badge] = await readPins(ask);
  if (pin !== again) throw new Error('the two are not the same');
  const { number } = await setPinAt(center, { proctor: name, code, pin, ...(badge ? { badge } : {}) });
  return {
    exit: 0,
    json: { ok: true, number },
    text: [`set; at a station type your number ${number} and then the digits you chose`],
  };
}
