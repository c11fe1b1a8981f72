import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { renderUnicodeCompact } from 'uqr';
import type { ListedCandidate } from '../../contract/people-center/candidates.ts';
import type { HomeAccess } from '../../contract/people-center/operator-api.ts';
import { type Arrangements, Print, RegisteredArrangements } from '../../contract/words/arrangements.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { LOCALES, type Locale } from '../../contract/words/localized.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';
import { candidateIdOf, wholeNumber } from '../values.ts';

type PutOptions = CenterOptions & {
  readonly name: string;
  readonly number: string;
  readonly exam: string;
  readonly photo?: readonly string[];
  readonly extraMinutes?: number;
  readonly post?: string;
  readonly sector?: string;
  readonly category?: string;
  readonly rename?: true;
};
type CorrectOptions = CenterOptions & {
  readonly to: string;
  readonly reason: string;
  readonly photo?: readonly string[];
  readonly samePhotos?: true;
};
type ArrangeOptions = CenterOptions & {
  readonly extraMinutes?: number;
  readonly print?: Print;
  readonly readAloud?: true;
  /** False where `--no-gestures` was said. */
  readonly gestures: boolean;
  /** Likewise. */
  readonly light: boolean;
  readonly language?: Locale;
};

type LeaveOptions = CenterOptions & { readonly on: string; readonly reason: string; readonly to?: string };

type HomeOptions = CenterOptions & { readonly end?: true };

const AS_ON_DOCUMENT =
  'as on the document; with its kind before it where a number can be of several, as passport:E12345678';
const OF_CANDIDATE = 'number of the candidate, as on the document (passport:…, staff:…, hong-kong-macau:…, taiwan:…)';

/** Who sits, and what is registered for whom. */
export function addCandidate(program: Command): void {
  const group = program.command('candidate').description('who is on the roster, and what is registered for them');
  atCenter(
    group,
    'put',
    'put somebody on the roster, or change whoever has this number: what is not named stays; `put` need not be typed',
    { isDefault: true },
  )
    .requiredOption('--name <text>', 'as on the card')
    .requiredOption('--number <text>', AS_ON_DOCUMENT)
    .requiredOption('--exam <id>', 'the exam; a candidate has one at a time')
    .option('--photo <file...>', 'up to five JPEGs, in place of those before: `face check` says whether they will do')
    .option('--extra-minutes <number>', 'more time than the exam gives, for who needs it; 0 takes it back', wholeNumber)
    .option('--post <text>', 'what they do: whom courses are meant for')
    .option('--sector <text>', 'in which sector')
    .option('--category <text>', 'which category of personnel they are')
    .option('--rename', 'whoever has this number was called otherwise so far')
    .action((options: PutOptions) => present(options.json, () => put(options)));
  atCenter(group, 'correct-number', 'somebody on the roster was there under a wrong number; what they sat stays theirs')
    .argument('<number>', 'that they are there under')
    .requiredOption('--to <number>', `theirs, ${AS_ON_DOCUMENT}`)
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .addOption(new Option('--photo <file...>', 'photos of whoever has the new number').conflicts('samePhotos'))
    .option('--same-photos', 'those that are there were looked at, and are of whoever has the new number')
    .action((number: string, options: CorrectOptions) => present(options.json, () => correct(number, options)));
  atCenter(group, 'leave', 'take somebody off the roster: photos are erased, what they sat stays')
    .argument('<number>', OF_CANDIDATE)
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .option('--on <day>', 'their last day, such as 2026-12-01; today at the latest', today())
    .option('--to <firm>', 'where they go')
    .action((number: string, options: LeaveOptions) => present(options.json, () => leave(number, options)));
  atCenter(group, 'history', 'who came when, and who left, and why').action((options: CenterOptions) =>
    present(options.json, () => history(options)),
  );
  atCenter(
    group,
    'arrange',
    'register what somebody needs, in place of all that was registered before; nothing takes all back',
  )
    .argument('<number>', OF_CANDIDATE)
    .option('--extra-minutes <number>', 'more time than the exam gives', wholeNumber)
    .addOption(new Option('--print <size>', 'how large the screen begins').choices(Print.options))
    .option('--read-aloud', 'questions are read aloud, where the station has a voice')
    .option('--no-gestures', 'the face check asks for none, and looks for longer instead')
    .option('--no-light', 'the screen shows no changing colours at the face check')
    .addOption(new Option('--language <language>', 'of the screen').choices(LOCALES))
    .action((number: string, options: ArrangeOptions) => present(options.json, () => arrange(number, options)));
  atCenter(
    group,
    'home',
    'let somebody learn at home: a personal invitation, as a QR code and an address; it works once',
  )
    .argument('[number]', `${OF_CANDIDATE}; without it, whoever is invited or signed in`)
    .option('--end', 'sign them out everywhere instead, and take their invitation back')
    .action((number: string | undefined, options: HomeOptions) => present(options.json, () => home(number, options)));
  atCenter(group, 'list', 'everybody on the roster').action((options: CenterOptions) =>
    present(options.json, () => list(options)),
  );
}

async function put(options: PutOptions): Promise<CommandResult> {
  const { center, token, name, number, exam, photo, extraMinutes, post, sector, category, rename } = options;
  const id = candidateIdOf(number);
  const photos = photo && readPhotos(photo);
  const given = {
    ...(photos ? { photos } : {}),
    ...(extraMinutes === undefined ? {} : { extraMinutes }),
    ...{ post, sector, category, idFromNumber: true, ...(rename ? { rename } : {}) },
  };
  const { id: known = id, notLookedAt } = await openOperator(center, token).putCandidate({
    id,
    name,
    number,
    examId: ExamId.parse(exam),
    ...given,
  });
  const text = [
    `${name} sits ${exam}${photos ? `, with ${photos.length} photos` : ''}`,
    ...(notLookedAt ? [`the center has nothing to look at photos with: ${notLookedAt} were taken as they are`] : []),
  ];
  return {
    exit: 0,
    json: { ok: true, id: known, number, photos: photos?.length ?? null, notLookedAt: notLookedAt ?? 0 },
    text,
  };
}

const readPhotos = (files: readonly string[]): readonly string[] =>
  files.map((file) => readFileSync(file).toString('base64'));

async function correct(typed: string, options: CorrectOptions): Promise<CommandResult> {
  const { center, token, to, reason, photo, samePhotos } = options;
  if (!photo && !samePhotos) throw new Refusal('photo-missing', 'say --same-photos, or give others with --photo');
  const [number, theirs] = [typed.trim().toUpperCase(), to.trim().toUpperCase()];
  const photos = photo ? readPhotos(photo) : 'same';
  const id = await openOperator(center, token).correctNumber({ number, to: theirs, reason, photos });
  return { exit: 0, json: { ok: true, id, number: theirs }, text: [`${theirs}, who was ${number} so far`] };
}

const today = (): string => new Date().toISOString().slice(0, 10);

async function leave(typed: string, options: LeaveOptions): Promise<CommandResult> {
  const { center, token, on, reason, to } = options;
  const number = typed.trim().toUpperCase();
  await openOperator(center, token).leave({ number, on, reason, ...(to ? { to } : {}) });
  return {
    exit: 0,
    json: { ok: true, number, on },
    text: [`${number} is on the roster no more; stations will hear of it`],
  };
}

async function history({ center, token }: CenterOptions): Promise<CommandResult> {
  const memberships = await openOperator(center, token).memberships();
  const text = memberships.map(({ number, name, joined, left }) =>
    [
      ...[number, name],
      ...(joined ? [`from ${joined.on}`, ...(joined.from ? [`of ${joined.from}`] : []), joined.why] : ['long since']),
      ...(left ? [`until ${left.on}`, ...(left.to ? [`to ${left.to}`] : []), left.why] : []),
    ].join('\t'),
  );
  return { exit: 0, json: { ok: true, memberships }, text: text.length > 0 ? text : ['nobody'] };
}

async function arrange(typed: string, options: ArrangeOptions): Promise<CommandResult> {
  const { center, token, extraMinutes, print, readAloud, gestures, light, language } = options;
  const number = typed.trim().toUpperCase();
  const arrangements = RegisteredArrangements.parse({
    ...(extraMinutes ? { extraMinutes } : {}),
    ...(print ? { print } : {}),
    ...(readAloud ? { readAloud } : {}),
    ...(gestures ? {} : { noGestures: true }),
    ...(light ? {} : { noLight: true }),
    ...(language ? { language } : {}),
  });
  await openOperator(center, token).arrangeCandidate({ number, arrangements });
  return { exit: 0, json: { ok: true, number, arrangements }, text: [`${number}: ${inWords(arrangements)}`] };
}

async function home(typed: string | undefined, { center, token, end }: HomeOptions): Promise<CommandResult> {
  const operator = openOperator(center, token);
  if (typed === undefined) {
    const people = await operator.listHome();
    return { exit: 0, json: { ok: true, people }, text: people.length > 0 ? people.map(atHomeInALine) : ['nobody'] };
  }
  const number = typed.trim().toUpperCase();
  if (end) {
    await operator.endHome(number);
    return { exit: 0, json: { ok: true, number }, text: [`${number} is signed out at home everywhere`] };
  }
  const { name, path, expiresAt } = await operator.inviteHome(number);
  const address = new URL(path, center).href;
  const text = [renderUnicodeCompact(address, { border: 2 }), address, `for ${name}; works once, until ${expiresAt}`];
  return { exit: 0, json: { ok: true, number, name, address, expiresAt }, text };
}

const atHomeInALine = ({ number, name, devices, invitedUntil, seenAt }: HomeAccess): string =>
  [
    ...[number, name, `${devices} ${devices === 1 ? 'device' : 'devices'}`],
    ...(seenAt ? [`last there ${seenAt}`] : []),
    ...(invitedUntil ? [`invited until ${invitedUntil}`] : []),
  ].join('\t');

async function list({ center, token }: CenterOptions): Promise<CommandResult> {
  const candidates = await openOperator(center, token).listCandidates();
  return {
    exit: 0,
    json: { ok: true, candidates },
    text: candidates.length > 0 ? candidates.map(inALine) : ['nobody'],
  };
}

function inALine({ number, name, examId, seat, photos, arrangements }: ListedCandidate): string {
  const pictured = `${photos} ${photos === 1 ? 'photo' : 'photos'}`;
  return [number, name, examId, seat ?? 'no seat', pictured, inWords(arrangements ?? {})].join('\t');
}

function inWords({ extraMinutes, print, readAloud, noGestures, noLight, language }: Arrangements): string {
  const said = [
    ...(extraMinutes ? [`${extraMinutes} more minutes`] : []),
    ...(print ? [`${print} print`] : []),
    ...(readAloud ? ['read aloud'] : []),
    ...(noGestures ? ['no gestures'] : []),
    ...(noLight ? ['no changing colours'] : []),
    ...(language ? [`screen in ${language}`] : []),
  ];
  return said.length > 0 ? said.join(', ') : 'nothing registered';
}
